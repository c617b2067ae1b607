// What a repair plan keeps of what git shows to be published, whatever the work tree has made of it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainFile } from '../../../../src/revisions/repair/chain.ts'
import type { GitKnowledge } from '../../../../src/revisions/repair/facts.ts'
import { planRepair } from '../../../../src/revisions/repair/repair.ts'
import { factsOf, file } from './chains.ts'

interface Work {
  readonly published: readonly ChainFile[]
  readonly present: readonly ChainFile[]
}

/** A legal chain on the main branch, and a work tree in which some of it is broken and some is new. */
const works: fc.Arbitrary<Work> = fc
  .record({
    length: fc.integer({ min: 1, max: 8 }),
    added: fc.nat({ max: 3 }),
    seeds: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ length, added, seeds }) => {
    const draw = (place: number, limit: number) => (seeds[place % seeds.length] ?? 0) % limit
    const published = Array.from({ length }, (_, at) =>
      file(at === 0 ? 'r0' : `r${at}<r${at - 1 - draw(at, Math.min(at, 2))}`),
    )
    const present = published.flatMap((one, at) => broken(one, `r${draw(at + 10, length)}`, draw(at + 20, 24)))
    const fresh = Array.from({ length: added }, (_, at) => {
      const parent = `r${draw(at + 30, length)}`
      return file(draw(at + 35, 4) === 0 ? `n${at}` : `n${at}<${parent}`, {
        id: draw(at + 37, 5) === 0 ? parent : `n${at}`,
      })
    })
    return { published, present: [...present, ...fresh] }
  })

/** Mostly the file as it was; else with one fault. */
function broken(one: ChainFile, other: string, fault: number): readonly ChainFile[] {
  switch (fault) {
    case 0:
      return []
    case 1:
      return [{ ...one, downRevisions: ['lost'] }]
    case 2:
      return [{ ...one, downRevisions: [other] }]
    case 3:
      return [{ ...one, id: other }]
    case 4:
      return [{ ...one, id: `${one.id}-x` }]
    case 5:
      return [{ ...one, downRevisions: [] }]
    case 6:
      return [{ ...one, dependsOn: [other] }]
    default:
      return [one]
  }
}

function factsFor({ published }: Work) {
  const byPath = new Map(published.map((one) => [one.path, one]))
  const inputs = published.map((one) => ({
    ...one,
    id: one.id ?? '',
    downRevisions: one.downRevisions ?? [],
    phase: null,
  }))
  const git: GitKnowledge = {
    isPublished: (path) => byPath.has(path),
    addedAt: (path) => (byPath.has(path) ? 0 : null),
    lost: (id) => {
      const found = published.find((one) => one.id === id)
      return found === undefined ? null : { file: found, text: '' }
    },
    former: (path) => {
      const was = byPath.get(path)
      return was === undefined ? [] : [{ id: was.id, downRevisions: was.downRevisions, shared: true }]
    },
    firstPublished: inputs,
    published: inputs,
  }
  return factsOf({ git })
}

test('a published header that the work tree has as it was published stays so without permission', () => {
  fc.assert(
    fc.property(works, (work) => {
      const { after } = planRepair(work.present, factsFor(work), { reparent: false })
      for (const was of work.published) {
        const is = work.present.find(({ path }) => path === was.path)
        if (is?.id !== was.id || is.downRevisions?.join() !== was.downRevisions?.join()) continue
        expect(after.byPath.get(was.path)).toMatchObject({ id: was.id, downRevisions: was.downRevisions })
      }
    }),
    { numRuns: 1000 },
  )
})

test('without permission nothing is hidden from a database that could be there, whatever git knows', () => {
  fc.assert(
    fc.property(works, (work) => {
      const { stamps } = planRepair(work.present, factsFor(work), { reparent: false })
      expect(stamps.filter(({ impossible }) => impossible === null)).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('a plan made with git leaves nothing for a second one', () => {
  fc.assert(
    fc.property(works, fc.boolean(), (work, reparent) => {
      const facts = factsFor(work)
      const { after } = planRepair(work.present, facts, { reparent })
      const again = planRepair(after.files, facts, { reparent })
      expect([again.edits, again.created, again.removed]).toEqual([[], [], []])
    }),
    { numRuns: 1000 },
  )
})
