// How the values of a column are kept and looked at: what PostgreSQL alone knows of columns.

import { sameData } from '../../../schema/canonical.ts'
import type { TableName } from '../../../schema/model.ts'
import { type PostgresColumn, plainPostgresColumn } from '../../../schema/postgres-model.ts'
import { literal, quote } from '../literal.ts'
import { alterColumns, type Piece } from './piece.ts'

export function columnSettings(
  table: TableName,
  column: string,
  before: PostgresColumn | null,
  after: PostgresColumn | null,
): readonly Piece[] {
  const [old, wanted] = [before ?? plainPostgresColumn, after ?? plainPostgresColumn]
  const changes = [
    ...(old.storage === wanted.storage ? [] : [`SET STORAGE ${wanted.storage?.toUpperCase() ?? 'DEFAULT'}`]),
    ...(old.compression === wanted.compression ? [] : [`SET COMPRESSION ${wanted.compression ?? 'default'}`]),
    ...(old.statistics === wanted.statistics ? [] : [`SET STATISTICS ${wanted.statistics ?? -1}`]),
    ...optionChanges(old.options, wanted.options),
  ]
  if (changes.length === 0) return []
  return [
    alterColumns(
      table,
      [column],
      changes.map((change) => `ALTER COLUMN ${quote(column)} ${change}`),
    ),
  ]
}

type Options = Readonly<Record<string, string>>

/** SET for what is other than it was, RESET for what is no more. */
export function optionChanges(
  old: Options,
  wanted: Options,
  named: (key: string) => string = quote,
): readonly string[] {
  const set = Object.entries(wanted).filter(([key, value]) => !sameData(old[key], value))
  const gone = Object.keys(old).filter((key) => !(key in wanted))
  return [
    ...(set.length === 0 ? [] : [`SET (${set.map(([key, value]) => `${named(key)} = ${literal(value)}`).join(', ')})`]),
    ...(gone.length === 0 ? [] : [`RESET (${gone.map(named).join(', ')})`]),
  ]
}
