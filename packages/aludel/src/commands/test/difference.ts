// Two schemas as lines that a person reads: only what differs, expected beside actual.

import type { Dialect } from '../../dialects/dialect.ts'
import { typeTitle } from '../../diff/renames/likeness.ts'
import { exclusionsOf } from '../../ops/exclusions.ts'
import type { Op } from '../../ops/operations.ts'
import { definitionOf } from '../../ops/registry.ts'
import { canonicalJson, compareText } from '../../schema/canonical.ts'
import type { Column, ForeignKey, Index, Schema, Table, TableName } from '../../schema/model.ts'
import { objectKey } from '../../schema/object-ref.ts'
import { type Sql, sqlText } from '../../schema/sql.ts'
import type { Difference } from './result.ts'

export interface DifferenceRequest {
  readonly expected: Schema
  readonly actual: Schema
  /** What would make the second the first: told where the lines show nothing. */
  readonly ops: readonly Op[]
  readonly dialect: Pick<Dialect, 'literal'>
}

export function schemaDifference({ expected, actual, ops, dialect }: DifferenceRequest): readonly Difference[] {
  const [wanted, found] = [linesOf(expected, dialect), linesOf(actual, dialect)]
  const differing = [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => wanted.get(key) !== found.get(key))
    .sort(compareText)
  const isWithinMissing = (key: string) =>
    differing.some((other) => key.startsWith(`${other} `) && (!wanted.has(other) || !found.has(other)))
  const lines = differing
    .filter((key) => !isWithinMissing(key))
    .map((key) => ({ expected: wanted.get(key) ?? null, actual: found.get(key) ?? null }))
  if (lines.length > 0) return lines
  return ops.map((op) => ({ expected: `(to be as expected: ${definitionOf(op).describe(op)})`, actual: null }))
}

type Writer = Pick<Dialect, 'literal'>

/** By keys of which a part's begins with that of its whole. */
function linesOf(schema: Schema, dialect: Writer): ReadonlyMap<string, string> {
  const lines = new Map<string, string>()
  for (const name of schema.namespaces) lines.set(`namespace ${name}`, `namespace ${name}`)
  for (const type of schema.enums) {
    lines.set(`enum ${titleOf(type)}`, `enum ${titleOf(type)}: ${type.values.map((value) => `'${value}'`).join(', ')}`)
  }
  for (const table of schema.tables) tableLines(table, dialect, lines)
  for (const object of schema.objects) {
    const { kind, namespace, name, ...rest } = object
    lines.set(
      `object ${objectKey(object)}`,
      `${kind} ${titleOf({ namespace, name })} ${restText(rest, dialect)}`.trim(),
    )
  }
  return lines
}

function tableLines(table: Table, dialect: Writer, lines: Map<string, string>): void {
  const title = titleOf(table)
  const own = `table ${title}`
  const settings = restText(
    { comment: table.comment, mysql: table.mysql, sqlite: table.sqlite, ...postgresOf(table) },
    dialect,
  )
  lines.set(own, `${own} ${settings}`.trim())
  const put = (kind: string, name: string | null, text: string) => {
    lines.set(`${own} ${kind} ${name ?? text}`, `${kind} ${name ?? '(unnamed)'} of ${title}: ${text}`)
  }
  for (const column of table.columns) {
    lines.set(`${own} column ${column.name}`, `column ${title}.${column.name}: ${columnText(column, dialect)}`)
  }
  const { primaryKey: key } = table
  if (key !== null)
    put('primary key', key.name, restText({ columns: key.columns, mysql: key.mysql, postgres: key.postgres }, dialect))
  for (const { name, ...rest } of table.uniques) put('unique', name, restText(rest, dialect))
  for (const one of table.foreignKeys) put('foreign key', one.name, foreignKeyText(one, dialect))
  for (const { name, condition, ...rest } of table.checks) {
    put('check', name, `${textOf(condition, dialect)} ${restText(rest, dialect)}`.trim())
  }
  for (const { name, ...rest } of exclusionsOf(table)) put('exclusion', name, restText(rest, dialect))
  for (const one of table.indexes) put('index', one.name, indexText(one, dialect))
}

function postgresOf({ postgres }: Table): Readonly<Record<string, unknown>> {
  if (postgres === null) return {}
  const { exclusions: _, ...rest } = postgres
  return { postgres: rest }
}

function columnText({ type, nullable, ...column }: Column, dialect: Writer): string {
  const { default: value, identity, generated, collation, comment, postgres } = column
  const values =
    type.kind === 'enumeration' && type.name !== '' ? ` of ${type.values.map((one) => `'${one}'`).join(', ')}` : ''
  return [
    `${typeTitle(type)}${values}`,
    nullable ? 'null' : 'not null',
    ...(value === null
      ? []
      : [
          `default ${value.kind === 'now' ? 'now' : value.kind === 'value' ? dialect.literal(value.value) : textOf(value.sql, dialect)}`,
        ]),
    ...(generated === null
      ? []
      : [`generated as ${textOf(generated.expression, dialect)}${generated.stored ? ' stored' : ''}`]),
    restText({ identity, collation, comment, postgres }, dialect),
  ]
    .join(' ')
    .trim()
}

function foreignKeyText(
  { name: _, columns, referent, referentColumns, onDelete, onUpdate, ...rest }: ForeignKey,
  dialect: Writer,
): string {
  const { match, ...others } = rest
  return [
    `(${columns.join(', ')}) references ${titleOf(referent)} (${referentColumns.join(', ')})`,
    `on delete ${onDelete} on update ${onUpdate}`,
    ...(match === 'simple' ? [] : [`match ${match}`]),
    restText(others, dialect),
  ]
    .join(' ')
    .trim()
}

function indexText({ name: _, parts, unique, where, ...rest }: Index, dialect: Writer): string {
  const list = parts.map((part) => {
    const of = 'column' in part.of ? part.of.column : `(${textOf(part.of.expression, dialect)})`
    return `${of}${part.descending ? ' desc' : ''}${part.nulls === null ? '' : ` nulls ${part.nulls}`}`
  })
  return [
    `${unique ? 'unique ' : ''}on (${list.join(', ')})`,
    ...(where === null ? [] : [`where ${textOf(where, dialect)}`]),
    restText(rest, dialect),
  ]
    .join(' ')
    .trim()
}

/** What is there of the rest, without what is not. */
function restText(rest: Readonly<Record<string, unknown>>, dialect: Writer): string {
  return Object.entries(rest)
    .filter(([, value]) => value !== null && value !== false)
    .map(([key, value]) => `${key} ${valueText(value, dialect)}`)
    .join(' ')
}

function valueText(value: unknown, dialect: Writer): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return `(${value.join(', ')})`
  if (typeof value === 'object' && value !== null && 'all' in value) return textOf((value as { all: Sql }).all, dialect)
  return typeof value === 'bigint' ? String(value) : canonicalJson(value)
}

function textOf(fragment: Sql, { literal }: Writer): string {
  return sqlText(fragment, { quote: (name) => name, literal })
}

export function titleOf({ namespace, name }: TableName): string {
  return namespace === null ? name : `${namespace}.${name}`
}
