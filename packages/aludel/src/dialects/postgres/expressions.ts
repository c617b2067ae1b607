// Whether two expressions mean the same: the server prints both, put side by side on tables that have no storage, and
// everything is rolled back. What exists is never touched.

import type { Connection } from '../../database/types.ts'
import type { ExpressionPair } from '../dialect.ts'
import type { Probe } from './benches.ts'
import { sameConstant } from './defaults.ts'
import { explain } from './explain.ts'
import { withoutParentheses, written } from './literal.ts'
import { print } from './probes.ts'
import { roughly } from './rough.ts'
import { parseType, typeText } from './types.ts'

export async function sameExpressions(db: Connection, pairs: readonly ExpressionPair[]): Promise<readonly boolean[]> {
  const compared = pairs.map((pair) => ({
    pair,
    actual: new Set([withoutParentheses(written(pair.actual))]),
    wanted: new Set([withoutParentheses(written(pair.wanted))]),
  }))
  for (const sides of passes) {
    const open = compared.filter(isUndecided)
    if (open.length === 0) break
    const texts = open.flatMap((both) => sides.map((side) => ({ pair: both.pair, texts: both[side] })))
    const printed = await printedBy(
      db,
      texts.map(({ pair, texts }) => probeOf(pair, lastOf(texts))),
    )
    if (printed === null)
      return compared.map(({ pair }) => roughly(written(pair.actual)) === roughly(written(pair.wanted)))
    texts.forEach(({ texts }, position) => {
      add(texts, printed[position])
    })
  }
  return compared.map((both) => !isUndecided(both))
}

// What is there was printed by the server, so nearly always the first print of what is wanted decides. But printing is
// not idempotent: `a IN ('x')` is printed in one way, and what is printed in another. So it goes on twice more.
const passes = [['wanted'], ['actual', 'wanted'], ['actual', 'wanted']] as const

interface Compared {
  readonly pair: ExpressionPair
  readonly actual: Set<string>
  readonly wanted: Set<string>
}

/** Every text of a set means the same, so one that both have decides. */
function isUndecided({ pair, actual, wanted }: Compared): boolean {
  const { place, type } = pair
  if (place === 'default' && type !== null && sameConstant(lastOf(actual), lastOf(wanted), type)) return false
  return ![...actual].some((text) => wanted.has(text))
}

function lastOf(texts: ReadonlySet<string>): string {
  return [...texts].at(-1) ?? ''
}

// A text that does not compile on the tables that are there cannot be what is there: it stays as it is, a difference.
function add(texts: Set<string>, printed: string | null | undefined): void {
  if (typeof printed === 'string') texts.add(withoutParentheses(printed))
}

function probeOf({ place, table, column, type }: ExpressionPair, text: string): Probe {
  const typed = place === 'default' || place === 'generated' || place === 'domain'
  const of = typed && type !== null ? typeText(type.kind === 'raw' ? parseType(type.sql) : type) : null
  return { place, table, column, type: of, text }
}

/** Null where the server does not let anything be made: no right to temporary tables, or a standby that only reads. */
async function printedBy(db: Connection, probes: readonly Probe[]): Promise<readonly (string | null)[] | null> {
  try {
    return await print(db, probes)
  } catch (error) {
    const { kind } = explain(error)
    if (kind === 'permission' || kind === 'read-only') return null
    throw error
  }
}
