// Column types both ways: the neutral type as PostgreSQL's text, and the text that it reports as the neutral type.

import type { ColumnType } from '../../schema/model.ts'
import { qualified } from './literal.ts'
import { tokens } from './tokens.ts'

export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
      return type.length === null ? 'varchar' : `varchar(${type.length})`
    case 'numeric':
      if (type.precision === null) return 'numeric'
      return `numeric(${type.precision}, ${type.scale ?? 0})`
    case 'float':
      return 'real'
    case 'double':
      return 'double precision'
    case 'timestamp':
      return type.timezone ? 'timestamptz' : 'timestamp'
    case 'json':
      return type.text ? 'json' : 'jsonb'
    case 'binary':
      return 'bytea'
    case 'enumeration':
      return qualified(type)
    case 'raw':
      return type.sql
    default:
      return type.kind
  }
}

/** Other spellings that the server understands, by the one that it reports. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  integer: ['int', 'int4'],
  bigint: ['int8'],
  smallint: ['int2'],
  boolean: ['bool'],
  real: ['float4'],
  'double precision': ['float', 'float8'],
  numeric: ['decimal', 'dec'],
  'character varying': ['varchar', 'char varying', 'national character varying', 'nchar varying'],
  character: ['char', 'nchar', 'national character'],
  'bit varying': ['varbit'],
  'timestamp without time zone': ['timestamp'],
  'timestamp with time zone': ['timestamptz'],
  'time without time zone': ['time'],
  'time with time zone': ['timetz'],
}

const reported: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([name, others]) => others.map((other) => [other, name] as const)),
)

const plainTypes: ReadonlyMap<string, ColumnType> = new Map([
  ['integer', { kind: 'integer' }],
  ['bigint', { kind: 'bigint' }],
  ['smallint', { kind: 'smallint' }],
  ['text', { kind: 'text' }],
  ['character varying', { kind: 'string', length: null }],
  ['boolean', { kind: 'boolean' }],
  ['numeric', { kind: 'numeric', precision: null, scale: null }],
  ['real', { kind: 'float' }],
  ['double precision', { kind: 'double' }],
  ['date', { kind: 'date' }],
  ['time without time zone', { kind: 'time' }],
  ['timestamp without time zone', { kind: 'timestamp', timezone: false }],
  ['timestamp with time zone', { kind: 'timestamp', timezone: true }],
  ['json', { kind: 'json', text: true }],
  ['jsonb', { kind: 'json', text: false }],
  ['uuid', { kind: 'uuid' }],
  ['bytea', { kind: 'binary' }],
])

/** The neutral type of a text, in whatever spelling; what only PostgreSQL knows stays raw, spelled as it is reported. */
export function parseType(text: string): ColumnType {
  const spelled = canonicalText(text)
  const plain = plainTypes.get(spelled)
  if (plain !== undefined) return plain
  const length = /^character varying\((\d+)\)$/.exec(spelled)?.[1]
  if (length !== undefined) return { kind: 'string', length: Number(length) }
  const numeric = /^numeric\((\d+),(-?\d+)\)$/.exec(spelled)
  if (numeric !== null) return { kind: 'numeric', precision: Number(numeric[1]), scale: Number(numeric[2]) }
  return { kind: 'raw', sql: spelled }
}

/** The text as `format_type` would print it. */
function canonicalText(text: string): string {
  const lower = lowerCase(text)
  const array = /^(.*?)(?: ?(?:\[\d*\] ?)+| array(?:\[\d*\])?)$/.exec(lower)?.[1]
  if (array !== undefined) return `${canonicalText(array)}[]`
  const [, before = lower, modifier = null, behind = ''] = /^([^(]*?) ?\(([^)]*)\)(.*)$/.exec(lower) ?? []
  const name = reported.get(`${before}${behind}`) ?? `${before}${behind}`
  return withModifier(name, modifier === null ? null : modifier.replaceAll(' ', ''))
}

function withModifier(name: string, modifier: string | null): string {
  if (modifier === null) return name === 'character' || name === 'bit' ? `${name}(1)` : name
  if (name === 'double precision') return Number(modifier) <= 24 ? 'real' : name
  if (name === 'numeric' && !modifier.includes(',')) return `numeric(${modifier},0)`
  const zone = /^(timestamp|time)( with(?:out)? time zone)$/.exec(name)
  return zone === null ? `${name}(${modifier})` : `${zone[1]}(${modifier})${zone[2]}`
}

/** Quoted names keep their case, everything else is written small with single spaces. */
function lowerCase(text: string): string {
  let lower = ''
  for (const { kind, start, end } of tokens(text.trim())) {
    const piece = text.trim().slice(start, end)
    lower += kind === 'space' ? ' ' : kind === 'name' || kind === 'string' ? piece : piece.toLowerCase()
  }
  return lower
}

const serials: Readonly<Record<string, 'integer' | 'bigint' | 'smallint'>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
}

/** What a serial type is short for; null for every other type. */
export function serialKind(type: ColumnType): 'integer' | 'bigint' | 'smallint' | null {
  return type.kind === 'raw' ? (serials[type.sql.trim().toLowerCase()] ?? null) : null
}

const defaultClasses: Readonly<Partial<Record<ColumnType['kind'], readonly string[]>>> = {
  integer: ['int4_ops'],
  bigint: ['int8_ops'],
  smallint: ['int2_ops'],
  string: ['text_ops', 'varchar_ops'],
  text: ['text_ops', 'varchar_ops'],
  boolean: ['bool_ops'],
  numeric: ['numeric_ops'],
  float: ['float4_ops'],
  double: ['float8_ops'],
  date: ['date_ops'],
  time: ['time_ops'],
  uuid: ['uuid_ops'],
  binary: ['bytea_ops'],
  json: ['jsonb_ops'],
  enumeration: ['enum_ops'],
}

/** True where an index has this operator class anyway. */
export function isDefaultClass(type: ColumnType, operatorClass: string): boolean {
  if (type.kind === 'timestamp') return operatorClass === (type.timezone ? 'timestamptz_ops' : 'timestamp_ops')
  return defaultClasses[type.kind]?.includes(operatorClass) ?? false
}
