// Serial columns: a number from a sequence that belongs to the column, spelled as a default.

import type { Column, Default, Schema, TableName } from '../../schema/model.ts'
import type { Sequence } from '../../schema/object-model.ts'
import { findObject } from '../../schema/objects.ts'
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

/** True of a sequence that is as a serial type makes it for its column. */
export function isSerial(sequence: Sequence, table: TableName, column: Column): boolean {
  const { type, start, increment, minValue, maxValue, cache, cycle } = sequence
  const usual = start === 1 && increment === 1 && minValue === null && maxValue === null && cache === null && !cycle
  const isOwn = sequence.namespace === table.namespace && sequence.name === `${table.name}_${column.name}_seq`
  return usual && isOwn && serialText(table, column) !== null && (type ?? 'bigint') === column.type.kind
}

/** The serial type that makes a column with its sequence; null where the sequence is there already. */
export function serialWord(table: TableName, column: Column, schema: Schema): string | null {
  const own = { namespace: table.namespace, name: `${table.name}_${column.name}_seq` }
  return findObject(schema, 'sequence', own) === null ? serialText(table, column) : null
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
