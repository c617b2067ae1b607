// Operations with their values written into the text, for scripts and for texts that hold a whole step.

import type { Value } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { executeTexts } from '../ops/execute-sql.ts'
import type { ExecuteSql, Op } from '../ops/operations.ts'
import { rawSql, type Sql } from '../schema/sql.ts'

/** The operation without a single parameter; the same operation where it has none. */
export function inlined(op: Op, dialect: Dialect): Op {
  if (op.kind === 'execute') {
    const texts = executeTexts(op.sql, dialect.name)
    return texts === null || !texts.some(hasValue) ? op : { ...op, sql: withoutValues(texts, dialect) }
  }
  if (op.kind !== 'bulkInsert') return op
  return {
    kind: 'execute',
    sql: { all: insertTexts(op, dialect) },
    effects: [],
    touches: null,
    undo: null,
    transactional: true,
  }
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

const rowsPerStatement = 500

/** Rows with the same columns share a statement, so that a column left out keeps its default. */
function insertTexts({ table, rows }: Op<'bulkInsert'>, dialect: Dialect): readonly Sql[] {
  const at = [...(table.namespace === null ? [] : [table.namespace]), table.name]
    .map((step) => dialect.quote(step))
    .join('.')
  const texts: Sql[] = []
  let group: (readonly Value[])[] = []
  let columns: readonly string[] = []
  const flush = () => {
    if (group.length === 0) return
    const list = columns.map((column) => dialect.quote(column)).join(', ')
    const values = group.map((row) => `(${row.map((value) => dialect.literal(value)).join(', ')})`).join(',\n  ')
    texts.push(rawSql(`INSERT INTO ${at} (${list}) VALUES\n  ${values}`))
    group = []
  }
  for (const row of rows) {
    const own = Object.keys(row)
    if (
      own.length !== columns.length ||
      own.some((column, position) => column !== columns[position]) ||
      group.length >= rowsPerStatement
    ) {
      flush()
      columns = own
    }
    group.push(Object.values(row))
  }
  flush()
  return texts
}
