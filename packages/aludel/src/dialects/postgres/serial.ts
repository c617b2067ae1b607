// Serial columns: a number from a sequence that belongs to the column, spelled as a default.

import type { Column, Default, TableName } from '../../schema/model.ts'
import { rawSql } from '../../schema/sql.ts'
import { literal, quote, withoutParentheses, written } from './literal.ts'

/** The default that a serial type gives its column. */
export function sequenceDefault(table: TableName, column: string): Default {
  const sequence = `${table.name}_${column}_seq`
  const path = table.namespace === null ? [sequence] : [table.namespace, sequence]
  return { kind: 'sql', sql: rawSql(`nextval(${literal(path.map(plainly).join('.'))}::regclass)`) }
}

// regclass prints a name as people write it, quoted only where it must be; words that are reserved cannot end in _seq.
function plainly(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quote(name)
}

/** The serial type of a column whose default is its own sequence; made again, the sequence is made with it. */
export function serialText(table: TableName, column: Column): string | null {
  if (column.nullable || column.default?.kind !== 'sql') return null
  const own = sequenceDefault(table, column.name)
  const given = withoutParentheses(written(column.default.sql))
  if (own.kind !== 'sql' || given !== written(own.sql)) return null
  switch (column.type.kind) {
    case 'integer':
      return 'serial'
    case 'bigint':
      return 'bigserial'
    case 'smallint':
      return 'smallserial'
    default:
      return null
  }
}
