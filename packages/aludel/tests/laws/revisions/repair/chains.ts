// Chains written down in a line, and random ones with any number of faults.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { ChainFile } from '../../../../src/revisions/repair/chain.ts'
import { emptyFile } from '../../../../src/revisions/repair/chain.ts'
import type { BodyTouches, ChainFacts, GitKnowledge } from '../../../../src/revisions/repair/facts.ts'

export interface Details extends Partial<ChainFile> {}

/** `file('b<a')`, `file('c<a,b', { dependsOn: ['x'] })`; the path is the identifier's unless it is given. */
export function file(text: string, details: Details = {}): ChainFile {
  const [id = '', parents] = text.split('<')
  const downRevisions = parents === undefined || parents === '' ? [] : parents.split(',')
  return { ...emptyFile, body: 'written', path: `versions/${id}.ts`, id, downRevisions, ...details }
}

export function chain(...texts: readonly string[]): readonly ChainFile[] {
  return texts.map((text) => file(text))
}

export interface Known {
  readonly bodies?: Readonly<Record<string, Partial<Record<'requires' | 'provides' | 'removes', readonly string[]>>>>
  readonly git?: GitKnowledge
  readonly same?: readonly string[]
}

/** Facts without a disk: bodies by path as lists of tables; what is not told does nothing. */
export function factsOf({ bodies = {}, git, same = [] }: Known = {}): ChainFacts {
  const use = (names: readonly string[] = []) =>
    names.map((name) => ({ key: name, title: `table "${name}"`, owner: name }))
  return {
    git: git ?? null,
    sameContent: (one, other) => same.includes(one.path) && same.includes(other.path),
    recorded: (path): BodyTouches => {
      const body = bodies[path] ?? {}
      return { requires: use(body.requires), provides: use(body.provides), removes: use(body.removes), unknown: false }
    },
    identifier: (seed) => createHash('sha256').update(seed).digest('hex').slice(0, 12),
    place: ({ id, beside }) => `${beside.split('/').slice(0, -1).join('/')}/${id}.ts`,
  }
}

/** Chains with faults of every kind: names that lead nowhere, circles, copies, labels, several ends and beginnings. */
export const brokenChains: fc.Arbitrary<readonly ChainFile[]> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
      fault: fc.nat({ max: 60 }),
      target: fc.nat(),
      place: fc.nat({ max: 99 }),
      day: fc.nat({ max: 27 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drafts) =>
    drafts.map((draft, index): ChainFile => {
      const below =
        index === 0 ? [] : draft.parents.map((distance) => `r${Math.max(0, index - 1 - (distance % index))}`)
      const other = `r${draft.target % drafts.length}`
      const base = {
        ...emptyFile,
        body: 'written' as const,
        path: `versions/${String(draft.place).padStart(2, '0')}_${index}.ts`,
        id: `r${index}`,
        downRevisions: below,
        createdAt: draft.fault % 5 === 0 ? null : `2026-01-${String(draft.day + 1).padStart(2, '0')}T00:00:00Z`,
      }
      switch (draft.fault) {
        case 0:
          return { ...base, downRevisions: ['lost'] }
        case 1:
          return { ...base, downRevisions: [other] }
        case 2:
          return { ...base, id: other }
        case 3:
          return { ...base, dependsOn: [other] }
        case 4:
          return { ...base, branchLabels: ['forum'] }
        case 5:
          return { ...base, id: `r-${index}` }
        case 6:
          return { ...base, downRevisions: ['None'] }
        case 7:
          return { ...base, downRevisions: [...below, ...below] }
        case 8:
          return { ...base, dependsOn: ['lost'] }
        case 9:
          return { ...base, branchLabels: [other] }
        case 10:
          return { ...base, downRevisions: [] }
        default:
          return base
      }
    }),
  )
