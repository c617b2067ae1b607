// What every repair plan keeps, whatever was broken.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from '../../../../src/revisions/graph.ts'
import { heads } from '../../../../src/revisions/relations.ts'
import { hiddenRevisions } from '../../../../src/revisions/repair/hidden.ts'
import { inspectChain, planRepair } from '../../../../src/revisions/repair/repair.ts'
import type { RevisionInput } from '../../../../src/revisions/revision.ts'
import { required, revisions } from '../graphs.ts'
import { brokenChains, chain, factsOf, file } from './chains.ts'

const facts = factsOf()

test('a chain without faults is left alone', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), (length) => {
      const plan = planRepair(chain('r0', ...Array.from({ length }, (_, index) => `r${index + 1}<r${index}`)), facts, {
        reparent: true,
      })
      expect([plan.faults, plan.edits, plan.created, plan.removed]).toEqual([[], [], [], []])
    }),
  )
})

test('what a plan leaves has no fault that the plan could have mended', () => {
  fc.assert(
    fc.property(brokenChains, fc.boolean(), (files, reparent) => {
      const { after, remaining } = planRepair(files, facts, { reparent })
      const again = planRepair(after.files, facts, { reparent })
      expect([again.edits, again.created, again.removed]).toEqual([[], [], []])
      expect(again.faults.map(({ code }) => code).sort()).toEqual(remaining.map(({ code }) => code).sort())
    }),
    { numRuns: 2000 },
  )
})

test('a name that was left out of the dependencies is left out of the parents, too, once a repair makes it redundant', () => {
  const drafts = ['r0<lost', 'r1<r0', 'r2', 'r3<r0', 'r4<r5', 'r5<r0', 'r6<r0', 'r7', 'r8<r6,r7', 'r0', 'r-10']
  const dependsOn: Readonly<Record<number, readonly string[]>> = { 2: ['r0'], 8: ['r7'] }
  const files = drafts.map((text, at) => {
    const createdAt = [0, 10].includes(at) ? null : '2026-01-01T00:00:00Z'
    return file(text, { path: `versions/00_${at}.ts`, createdAt, dependsOn: dependsOn[at] ?? [] })
  })
  const { after } = planRepair(files, facts, { reparent: true })
  expect(after.files.find(({ id }) => id === 'r8')?.downRevisions).toEqual(['r6'])
  expect(planRepair(after.files, facts, { reparent: true }).edits).toEqual([])
})

test('a chain is legal when nothing illegal remains, and has one head where it has no labels', () => {
  fc.assert(
    fc.property(brokenChains, fc.boolean(), (files, reparent) => {
      const { after, remaining } = planRepair(files, facts, { reparent })
      const illegal = remaining.filter(({ severity }) => severity === 'error')
      expect(after.graph.problems.length > 0).toBe(illegal.length > 0)
      if (remaining.length > 0 || files.some(({ branchLabels }) => branchLabels.length > 0)) return
      expect(heads(after.graph)).toHaveLength(1)
    }),
    { numRuns: 2000 },
  )
})

test('without permission a repair hides nothing from a database that could be there', () => {
  fc.assert(
    fc.property(brokenChains, (files) => {
      expect(planRepair(files, facts, { reparent: false }).stamps).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('no revision is lost, and none that had a place of its own gets another identifier', () => {
  fc.assert(
    fc.property(brokenChains, fc.boolean(), (files, reparent) => {
      const { after, removed } = planRepair(files, facts, { reparent })
      expect(removed).toEqual([])
      const ids = files.map(({ id }) => id)
      for (const { path, id } of files) {
        const legal = id !== null && /^\w+$/.test(id) && ids.indexOf(id) === ids.lastIndexOf(id)
        if (legal) expect(after.byPath.get(path)?.id).toBe(id)
      }
    }),
    { numRuns: 1000 },
  )
})

test('what is hidden is exactly the new ancestors that were none before', () => {
  fc.assert(
    fc.property(revisions, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }), (before, moves) => {
      const after = before.map((one) => ({ ...one })) as { -readonly [K in keyof RevisionInput]: RevisionInput[K] }[]
      for (const [from, to] of moves) {
        const moved = after[from % after.length]
        const target = before[to % before.length]
        if (moved === undefined || target === undefined) continue
        const former = moved.downRevisions
        moved.downRevisions = [target.id]
        if (buildGraph(after).problems.length > 0) moved.downRevisions = former
      }
      const old = buildGraph(before)
      const now = buildGraph(after)
      const expected = before.flatMap(({ id }) => {
        const known = required(old, [id])
        const gained = after.map((one) => one.id).filter((one) => required(now, [id]).has(one) && !known.has(one))
        return gained.length === 0 ? [] : [{ stamp: id, revisions: gained }]
      })
      expect(hiddenRevisions(before, after)).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
})

test('the same files give the same plan in whatever order they are read', () => {
  fc.assert(
    fc.property(brokenChains, fc.boolean(), (files, reparent) => {
      fc.pre(new Set(files.map(({ path }) => path)).size === files.length)
      const one = planRepair(files, facts, { reparent })
      const other = planRepair(files.toReversed(), facts, { reparent })
      expect([other.edits, other.created, other.faults]).toEqual([one.edits, one.created, one.faults])
      expect(inspectChain(other.after, facts, { reparent })).toEqual(one.remaining)
    }),
    { numRuns: 500 },
  )
})
