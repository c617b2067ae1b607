// One kind of object, what is gone and what has come: which are one under two names, as far as that was said, and what is to be asked.

import type { Op } from '../../ops/operations.ts'
import { type Answers, choices, objectWords, type RenamedObject, type RenameQuestion } from '../questions.ts'
import { bestPairs } from './assignment.ts'

/** An object by the name that questions give it, and by others under which it is found. */
export interface Named {
  readonly title: string
  readonly others: readonly string[]
}

export interface Likeness {
  readonly score: number
  readonly why: readonly string[]
}

/** One thing under two names. */
export interface Rename {
  readonly from: number
  readonly to: number
  readonly question: RenameQuestion
  readonly op: Op
  /** The text that said it; null where it is asked. */
  readonly said: string | null
}

export interface Pairing {
  readonly object: RenamedObject
  readonly gone: readonly Named[]
  readonly come: readonly Named[]
  readonly answers: Answers
  /** The question that must be answered with yes before; null where there is none. */
  readonly needs: string | null
  /** Below this nothing is asked. */
  readonly threshold: number
  /** How much one is like the other; null where it cannot be that. */
  likeness(from: number, to: number): Likeness | null
  /** The operation that renames; null where it cannot be done. */
  op(from: number, to: number): Op | null
}

export function renamesOf(pairing: Pairing): readonly Rename[] {
  const { gone, come, answers } = pairing
  if (gone.length === 0 || come.length === 0) return []
  const said = saidPairs(pairing)
  const [froms, tos] = [new Set(said.map(({ from }) => from)), new Set(said.map(({ to }) => to))]
  const free = answers.noRenames ? [] : candidatesOf(pairing, froms, tos)
  return [
    ...said.flatMap((place) => renameOf(pairing, place) ?? []),
    ...bestPairs(free).flatMap(({ from, to }) => renameOf(pairing, { from, to, said: null }) ?? []),
  ]
}

interface Place {
  readonly from: number
  readonly to: number
}

interface Said extends Place {
  readonly said: string | null
}

function saidPairs({ object, gone, come, answers }: Pairing): readonly Said[] {
  const prefix = idOf(object, '')
  const yes = Object.entries(answers.byId).flatMap(([id, answer]) =>
    answer === 'yes' && id.startsWith(prefix) ? [id.slice(prefix.length)] : [],
  )
  const found: Said[] = []
  for (const text of [...answers.renames, ...yes]) {
    const place = placeOf(text, gone, come)
    if (place === null || found.some(({ from, to }) => from === place.from || to === place.to)) continue
    found.push({ ...place, said: text })
  }
  return found
}

/** Where the two names of `from=to` stand; null where one of them is not there. */
function placeOf(text: string, gone: readonly Named[], come: readonly Named[]): Place | null {
  for (let at = text.indexOf('='); at !== -1; at = text.indexOf('=', at + 1)) {
    const [from, to] = [find(gone, text.slice(0, at)), find(come, text.slice(at + 1))]
    if (from !== -1 && to !== -1) return { from, to }
  }
  return null
}

function find(list: readonly Named[], name: string): number {
  const at = list.findIndex(({ title }) => title === name)
  return at !== -1 ? at : list.findIndex(({ others }) => others.includes(name))
}

function candidatesOf(pairing: Pairing, froms: ReadonlySet<number>, tos: ReadonlySet<number>) {
  const { gone, come, answers, threshold } = pairing
  return gone.flatMap(({ title }, from) =>
    froms.has(from)
      ? []
      : come.flatMap((other, to) => {
          if (tos.has(to)) return []
          const found = pairing.likeness(from, to)
          if (found === null || found.score < threshold) return []
          if (answers.byId[idOf(pairing.object, `${title}=${other.title}`)] === 'no') return []
          return pairing.op(from, to) === null ? [] : [{ from, to, score: found.score }]
        }),
  )
}

function renameOf(pairing: Pairing, { from, to, said }: Said): Rename | null {
  const { object, needs } = pairing
  const op = pairing.op(from, to)
  if (op === null) return null
  const [old, name] = [pairing.gone[from]?.title ?? '', pairing.come[to]?.title ?? '']
  const { score, why } = pairing.likeness(from, to) ?? { score: 0, why: [] }
  const question: RenameQuestion = {
    kind: 'rename',
    id: idOf(object, `${old}=${name}`),
    object,
    from: old,
    to: name,
    score: Math.round(score * 100) / 100,
    text: `Is ${objectWords[object]} ${name} what was ${old}?`,
    why,
    choices,
    needs,
  }
  return { from, to, question, op, said }
}

function idOf(object: RenamedObject, pair: string): string {
  return `rename:${object}:${pair}`
}
