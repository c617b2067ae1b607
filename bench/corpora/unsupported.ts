// The pairs that are told as not supported, in a list that is only ever to become shorter.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pair } from './corpus.ts'
import type { Outcome } from './pair.ts'
import type { Tried } from './report.ts'

const file = join(import.meta.dirname, 'unsupported.json')

/** The kinds of each pair, by its title. */
export type Unsupported = Readonly<Record<string, readonly string[]>>

export const titleOf = ({ file: of, id }: Pair): string => `${of} ${id}`

export function readUnsupported(): Unsupported {
  return JSON.parse(readFileSync(file, 'utf8'))
}

export function writeUnsupported(tried: readonly Tried[]): void {
  const list = tried.flatMap(({ pair, outcome }) =>
    outcome.kind === 'unsupported'
      ? [`  ${JSON.stringify(titleOf(pair))}: [${outcome.kinds.map((kind) => JSON.stringify(kind)).join(', ')}]`]
      : [],
  )
  writeFileSync(file, `{\n${list.join(',\n')}\n}\n`)
}

/** Where an outcome is not the one on the list, a sentence; '' where it is. */
export function againstList(pair: Pair, outcome: Outcome, list: Unsupported): string {
  const [known, title] = [list[titleOf(pair)], titleOf(pair)]
  if (outcome.kind === 'failed') return `${title}: ${outcome.step}: ${outcome.reason}`
  if (outcome.kind === 'passed') {
    return known === undefined ? '' : `${title} passes now: take it off bench/corpora/unsupported.json.`
  }
  const more = outcome.kinds.filter((kind) => !(known ?? []).includes(kind))
  return more.length === 0 ? '' : `${title} is not supported any more: ${more.join(', ')}.`
}
