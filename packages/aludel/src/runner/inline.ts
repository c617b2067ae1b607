// Operations with their values written into the text, for scripts and for texts that hold a whole step.

import type { Dialect } from '../dialects/dialect.ts'
import { executeTexts } from '../ops/execute-sql.ts'
import type { ExecuteSql, Op } from '../ops/operations.ts'
import type { Sql } from '../schema/sql.ts'

/** The operation without a single parameter; the same operation where it has none. Every other kind renders literals. */
export function inlined(op: Op, dialect: Dialect): Op {
  if (op.kind !== 'execute') return op
  const texts = executeTexts(op.sql, dialect.name)
  return texts === null || !texts.some(hasValue) ? op : { ...op, sql: withoutValues(texts, dialect) }
}

function hasValue(fragment: Sql): boolean {
  return fragment.parts.some((part) => typeof part !== 'string' && 'value' in part)
}

function withoutValues(texts: readonly Sql[], dialect: Dialect): ExecuteSql {
  const written = (fragment: Sql): Sql => ({
    parts: fragment.parts.map((part) =>
      typeof part !== 'string' && 'value' in part ? dialect.literal(part.value) : part,
    ),
  })
  return { all: texts.map(written) }
}
