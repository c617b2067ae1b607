// How the values of a column are kept and looked at: what PostgreSQL alone knows of columns.

import { sameData } from '../../../schema/canonical.ts'
import type { Column, ColumnType, TableName } from '../../../schema/model.ts'
import { type PostgresColumn, plainPostgresColumn } from '../../../schema/postgres-model.ts'
import type { VersionFeatures } from '../features.ts'
import { literal, quote } from '../literal.ts'
import { alterColumns, type Piece } from './piece.ts'

interface SettingsRequest {
  readonly table: TableName
  readonly column: Pick<Column, 'name' | 'type'>
  readonly before: PostgresColumn | null
  readonly after: PostgresColumn | null
  readonly can: VersionFeatures
}

export function columnSettings({
  table,
  column: { name: column, type },
  before,
  after,
  can,
}: SettingsRequest): readonly Piece[] {
  const [old, wanted] = [before ?? plainPostgresColumn, after ?? plainPostgresColumn]
  const changes = [
    ...(old.storage === wanted.storage
      ? []
      : [`SET STORAGE ${wanted.storage?.toUpperCase() ?? usualStorage(type, can)}`]),
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

/** Before 16 there was no word for what the type has by itself; only some types let anything be chosen. */
function usualStorage(type: ColumnType, can: VersionFeatures): string {
  if (can.defaultStorage) return 'DEFAULT'
  return type.kind === 'numeric' ? 'MAIN' : 'EXTENDED'
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
