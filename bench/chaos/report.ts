// What came of the cases: a line for each that is not as it should be, and a table of all.

import type { Case, Outcome } from './case.ts'
import type { EngineName } from './engine.ts'

export interface Tried {
  readonly engine: EngineName
  readonly case: Case
  readonly outcome: Outcome
}

export interface Report {
  readonly text: string
  /** The counts, in Markdown. */
  readonly table: string
  /** True where every case ended as a run that nobody hurt, and the blows came down where they were meant to. */
  readonly good: boolean
}

/** Blows at a random moment: at least half of them must come down in the middle of a statement. */
const timed = ['killed inside', 'connection cut', 'session ended', 'server killed']

export function report(tried: readonly Tried[]): Report {
  const bad = tried.filter(({ outcome }) => outcome.kind !== 'the same')
  const meant = tried.filter((one) => timed.includes(one.case.blow.kind))
  const inside = meant.filter(({ outcome }) => outcome.landed === 'in a statement')
  const text = [
    ...bad.map((one) => `${title(one)}: ${one.outcome.kind}\n  ${one.outcome.why.join('\n  ')}`),
    `${inside.length} of ${meant.length} blows at random moments came down in the middle of a statement.`,
  ].join('\n')
  return { text, table: tableOf(tried), good: bad.length === 0 && inside.length * 2 >= meant.length }
}

export function title({ engine, case: { course, blow } }: Pick<Tried, 'engine' | 'case'>): string {
  const where = `${course.direction} ${course.from ?? 'base'} to ${course.to}`
  const what =
    blow.kind === 'killed at a statement'
      ? `killed ${blow.kill.when} statement ${blow.kill.statement}`
      : blow.kind === 'disk full'
        ? `disk full but for ${blow.left} bytes`
        : `${blow.kind}, ${blow.moment.after} ms into statement ${blow.moment.statement}`
  return `${engine} ${where}, ${what}`
}

function kindOf(blow: Case['blow']): string {
  return blow.kind === 'killed at a statement' ? `killed ${blow.kill.when} sending a statement` : blow.kind
}

function tableOf(tried: readonly Tried[]): string {
  const rows = new Map<string, Tried[]>()
  for (const one of tried) {
    const key = `${one.engine} | ${kindOf(one.case.blow)}`
    rows.set(key, [...(rows.get(key) ?? []), one])
  }
  const row = (name: string, list: readonly Tried[]) => {
    const count = (holds: (outcome: Outcome) => boolean) => list.filter(({ outcome }) => holds(outcome)).length
    const kinds = (['the same', 'undecided', 'different'] as const).map((kind) => count((one) => one.kind === kind))
    const inside = count(({ landed }) => landed === 'in a statement')
    const down = list.filter((one) => one.case.course.direction === 'downgrade').length
    return `| ${name} | ${list.length} | ${down} | ${inside} | ${kinds.join(' | ')} |`
  }
  const engines = [...new Set(tried.map(({ engine }) => engine))]
  return [
    '| engine | the run was | cases | of them downgrades | in the middle of a statement | ended as undisturbed | stopped and said why | different |',
    '|---|---|---|---|---|---|---|---|',
    ...[...rows].map(([name, list]) => row(name, list)),
    ...engines.map((engine) =>
      row(
        `${engine} | hurt in any way`,
        tried.filter((one) => one.engine === engine),
      ),
    ),
  ].join('\n')
}
