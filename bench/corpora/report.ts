// What came of the pairs: a line for each that failed, and a table of all.

import type { Pair } from './corpus.ts'
import type { Outcome } from './pair.ts'

export interface Tried {
  readonly pair: Pair
  readonly outcome: Outcome
}

export interface Report {
  /** A line for each failure, by file. */
  readonly text: string
  /** The counts, in Markdown. */
  readonly table: string
}

export function report(tried: readonly Tried[]): Report {
  const failed = tried.flatMap(({ pair, outcome }) =>
    outcome.kind === 'failed' ? [`${pair.file} ${pair.id}: ${outcome.step}: ${outcome.reason}`] : [],
  )
  const empty = tried.filter(({ outcome }) => outcome.kind === 'passed' && !outcome.rows).length
  const told =
    empty === 0 ? [] : [`${empty} passed on empty tables only: generated rows stood in the way of what is new`]
  return { text: [...failed, '', ...stepLines(tried), ...told].join('\n'), table: tableOf(tried) }
}

/** How many failed at which of the claims. */
function stepLines(tried: readonly Tried[]): readonly string[] {
  const steps = counted(tried.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.step] : [])))
  return steps.map(([step, count]) => `${count} failed at: ${step}`)
}

function tableOf(tried: readonly Tried[]): string {
  const files = [...new Set(tried.map(({ pair }) => pair.file))]
  const row = (title: string, list: readonly Tried[]) => {
    const count = (kind: Outcome['kind']) => list.filter(({ outcome }) => outcome.kind === kind).length
    const kinds = counted(list.flatMap(({ outcome }) => (outcome.kind === 'unsupported' ? outcome.kinds : [])))
    const told = kinds.map(([kind, times]) => `${kind} ${times}`).join(', ')
    return `| ${title} | ${list.length} | ${count('passed')} | ${count('unsupported')} | ${count('failed')} | ${told} |`
  }
  return [
    '| | pairs | passed | unsupported | failed | unsupported kinds |',
    '|---|---|---|---|---|---|',
    ...files.map((file) =>
      row(
        file,
        tried.filter(({ pair }) => pair.file === file),
      ),
    ),
    row('all', tried),
  ].join('\n')
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
}
