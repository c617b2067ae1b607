// Columns of the catalogue in the words of the house.

import type { Column, ColumnType, Default, Generated } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { defaultOf } from '../defaults.ts'
import type { Abilities } from '../features.ts'
import { withoutDatabase } from '../own-database.ts'
import { typedValue } from '../typed.ts'
import { canonicalType, parseType } from '../types.ts'
import { catalogueText } from './checks.ts'
import type { ColumnRow } from './queries.ts'

export function columnOf(
  row: ColumnRow,
  table: { readonly collation: string | null; readonly database: string },
  hasJsonCheck: boolean,
  abilities: Abilities,
): Column {
  const type = typeOf(row, hasJsonCheck, abilities)
  const generated = generatedOf(row, abilities)
  return {
    name: row.name,
    type,
    nullable: row.nullable === 'YES',
    default: generated === null ? defaultIn(row, type, table.database, abilities) : null,
    identity: /\bauto_increment\b/i.test(row.extra) ? { always: false, numbers: null } : null,
    generated,
    collation: hasOwnCollation(type) && row.collation !== table.collation ? row.collation : null,
    comment: row.comment === '' ? null : row.comment,
    postgres: null,
  }
}

function typeOf(row: ColumnRow, hasJsonCheck: boolean, { jsonIsText, uuidType }: Abilities): ColumnType {
  const attributes = attributesOf(row.extra)
  if (attributes !== '') return { kind: 'raw', sql: canonicalType(`${row.type}${attributes}`) }
  if (jsonIsText && hasJsonCheck && row.type === 'longtext' && /^utf8mb4_bin$/.test(row.collation ?? ''))
    return { kind: 'json', text: false }
  if (!uuidType && row.type === 'char(36)' && /^ascii_/.test(row.collation ?? '')) return { kind: 'uuid' }
  return parseType(row.type)
}

/** What the model has no field for stays with the type, so that restating the column does not lose it. */
function attributesOf(extra: string): string {
  const [update = ''] = /\bon update [a-z_]+(?:\(\d*\))?/i.exec(extra) ?? []
  const invisible = /\binvisible\b/i.test(extra) ? ' INVISIBLE' : ''
  return `${update === '' ? '' : ` ${update}`}${invisible}`
}

function hasOwnCollation(type: ColumnType): boolean {
  return type.kind !== 'json' && type.kind !== 'uuid'
}

function generatedOf({ extra, expression }: ColumnRow, abilities: Abilities): Generated | null {
  if (expression === null || expression === '') return null
  return { expression: rawSql(catalogueText(expression, abilities)), stored: /\b(?:stored|persistent)\b/i.test(extra) }
}

function defaultIn(row: ColumnRow, type: ColumnType, database: string, abilities: Abilities): Default | null {
  if (row.default_text === null) return null
  if (abilities.product === 'MariaDB') return defaultOf(withoutDatabase(row.default_text, database), type, abilities)
  // MySQL writes literals without quotes and marks expressions:
  // https://dev.mysql.com/doc/refman/8.4/en/information-schema-columns-table.html. Not run.
  if (/\bDEFAULT_GENERATED\b/i.test(row.extra))
    return defaultOf(catalogueText(row.default_text, abilities), type, abilities)
  if (/^b'[01]*'$/.test(row.default_text)) return { kind: 'sql', sql: rawSql(row.default_text) }
  if (/^0x[\da-f]*$/i.test(row.default_text) && isBytes(type)) {
    return { kind: 'value', value: Buffer.from(row.default_text.slice(2), 'hex') }
  }
  return { kind: 'value', value: typedValue(row.default_text, type) }
}

function isBytes(type: ColumnType): boolean {
  return type.kind === 'binary' || (type.kind === 'raw' && /^(?:var)?binary\b/.test(type.sql))
}
