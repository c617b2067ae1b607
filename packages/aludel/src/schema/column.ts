// The column builders of models and revision files: `string(120).notNull().default('active')`.

import type { Value } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import {
  type Action,
  type Column,
  type ColumnType,
  type Default,
  type Deferral,
  type Identity,
  plainColumn,
} from './model.ts'
import {
  type IdentityNumbers,
  type PostgresColumn,
  plainNumbers,
  plainPostgresColumn,
  unlessPlain,
} from './postgres-model.ts'
import { isSql, type Sql } from './sql.ts'

/** The portable current time, for `default(now())`. */
export interface Now {
  readonly kind: 'now'
}

/** The current time as the engine tells it. */
export function now(): Now {
  return { kind: 'now' }
}

export interface ReferenceOptions {
  readonly name?: string
  readonly onDelete?: Action
  readonly onUpdate?: Action
  readonly deferrable?: boolean
  readonly initially?: Deferral
  readonly match?: 'simple' | 'full'
  /** On PostgreSQL, rows that are there already are not looked at. */
  readonly notValid?: boolean
  /** The columns that `onDelete` sets on PostgreSQL; all where it is left out. */
  readonly setColumns?: readonly string[]
}

/** Where the numbers of a column begin and how they go on; more than `always` only on PostgreSQL. */
export interface IdentityOptions extends Partial<IdentityNumbers> {
  readonly always?: boolean
}

/** A column of a table that a builder made: what `user.columns.id` and `t.email` are. */
export interface ColumnReference<Name extends string = string, T = unknown> {
  readonly table: { readonly namespace: string | null; readonly name: string }
  readonly column: Name
  /** Only for the type checker; there is no such value. */
  readonly valueType?: T
}

export interface ColumnReferenceSpec {
  readonly target: () => ColumnReference
  readonly options: ReferenceOptions
}

/** What a builder has gathered. The name is '' until a table gives it. */
export interface ColumnSpec {
  readonly column: Column
  readonly primaryKey: { readonly name: string | null } | null
  readonly unique: { readonly name: string | null } | null
  readonly references: ColumnReferenceSpec | null
}

/**
 * A column in the making. `T` is its value in TypeScript, `Null` whether it may be null, `Filled` whether the database
 * fills it when an INSERT leaves it out, `Name` its name where it was given.
 */
export interface ColumnBuilder<
  T = unknown,
  Null extends boolean = boolean,
  Filled extends boolean = boolean,
  Name extends string | null = string | null,
> {
  readonly spec: ColumnSpec
  readonly types?: { readonly value: T; readonly null: Null; readonly filled: Filled; readonly name: Name }
  notNull(): ColumnBuilder<T, false, Filled, Name>
  nullable(): ColumnBuilder<T, true, Filled, Name>
  /** A value is a literal, `sql` an expression of the engine, `now()` the current time on every engine. */
  default(value: Value | Sql | Now | JsonValue): ColumnBuilder<T, Null, true, Name>
  /** Numbers given by the database. */
  identity(options?: IdentityOptions): ColumnBuilder<T, false, true, Name>
  primaryKey(name?: string): ColumnBuilder<T, false, Filled, Name>
  unique(name?: string): ColumnBuilder<T, Null, Filled, Name>
  references(target: () => ColumnReference, options?: ReferenceOptions): ColumnBuilder<T, Null, Filled, Name>
  generated(expression: Sql, options?: { readonly stored?: boolean }): ColumnBuilder<T, Null, true, Name>
  collate(collation: string): ColumnBuilder<T, Null, Filled, Name>
  comment(text: string): ColumnBuilder<T, Null, Filled, Name>
  /** What PostgreSQL alone knows of a column: `postgres({ storage: 'external', statistics: 500 })`. */
  postgres(options: Partial<PostgresColumn>): ColumnBuilder<T, Null, Filled, Name>
  /** The same column with another type for TypeScript, for `json` and `sqlType`. */
  as<Other>(): ColumnBuilder<Other, Null, Filled, Name>
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export type AnyColumn = ColumnBuilder<unknown, boolean, boolean, string | null>

type New<T, Name extends string | undefined> = ColumnBuilder<T, true, false, Name extends string ? Name : null>

/** 32-bit whole number. */
export const integer = plain<number>({ kind: 'integer' })
/** 64-bit whole number; a `bigint` in TypeScript. */
export const bigint = plain<bigint>({ kind: 'bigint' })
/** 16-bit whole number. */
export const smallint = plain<number>({ kind: 'smallint' })
/** Text without a limit. */
export const text = plain<string>({ kind: 'text' })
export const boolean = plain<boolean>({ kind: 'boolean' })
/** 32-bit floating point. */
export const float = plain<number>({ kind: 'float' })
/** 64-bit floating point. */
export const double = plain<number>({ kind: 'double' })
/** A day, as 'YYYY-MM-DD'. */
export const date = plain<string>({ kind: 'date' })
/** A time of day, as 'HH:MM:SS.ffffff'. */
export const time = plain<string>({ kind: 'time' })
/** A date and time without a zone. */
export const timestamp = plain<Date>({ kind: 'timestamp', timezone: false })
/** A moment: a date and time with its zone. */
export const timestamptz = plain<Date>({ kind: 'timestamp', timezone: true })
export const uuid = plain<string>({ kind: 'uuid' })
/** Bytes. */
export const binary = plain<Uint8Array>({ kind: 'binary' })

/** Text of at most `length` characters: `string(120)` or `string('column_name', 120)`; without a number, no limit is told. */
export function string(length?: number): New<string, undefined>
export function string<const Name extends string>(name: Name, length?: number): New<string, Name>
export function string(first?: string | number, second?: number): AnyColumn {
  const length = typeof first === 'number' ? first : second
  if (length !== undefined && !(Number.isInteger(length) && length > 0)) {
    throw new AludelError('invalid-type', `A string's length is a whole number above zero, not ${length}.`)
  }
  return start({ kind: 'string', length: length ?? null }, typeof first === 'string' ? first : undefined)
}

/** Exact decimal of `precision` digits, `scale` of them after the point; a string in TypeScript, so that nothing is rounded. */
export function numeric(precision?: number, scale?: number): New<string, undefined>
export function numeric<const Name extends string>(name: Name, precision?: number, scale?: number): New<string, Name>
export function numeric(...given: readonly (string | number | undefined)[]): AnyColumn {
  const [name, precision, scale] = typeof given[0] === 'string' ? given : [undefined, ...given]
  const digits = typeof precision === 'number' ? precision : null
  const places = typeof scale === 'number' ? scale : digits === null ? null : 0
  return start({ kind: 'numeric', precision: digits, scale: places }, typeof name === 'string' ? name : undefined)
}

/** JSON; `{ text: true }` keeps the text as it was written (PostgreSQL's json instead of jsonb). */
export function json(options?: { readonly text?: boolean }): New<JsonValue, undefined>
export function json<const Name extends string>(name: Name, options?: { readonly text?: boolean }): New<JsonValue, Name>
export function json(first?: string | { readonly text?: boolean }, second?: { readonly text?: boolean }): AnyColumn {
  const options = typeof first === 'object' ? first : second
  return start({ kind: 'json', text: options?.text ?? false }, typeof first === 'string' ? first : undefined)
}

/** One of a fixed set of texts. On PostgreSQL the name is that of the type. */
export function enumeration<const Values extends readonly string[]>(
  name: string,
  values: Values,
  options?: { readonly namespace?: string; readonly column?: never },
): ColumnBuilder<Values[number], true, false, null>
export function enumeration<const Values extends readonly string[], const Name extends string>(
  name: string,
  values: Values,
  options: { readonly namespace?: string; readonly column: Name },
): ColumnBuilder<Values[number], true, false, Name>
export function enumeration(
  name: string,
  values: readonly string[],
  options?: { readonly namespace?: string; readonly column?: string },
): AnyColumn {
  const type: ColumnType = { kind: 'enumeration', namespace: options?.namespace ?? null, name, values: [...values] }
  return start(type, options?.column)
}

/** A type of the engine, literally: `sqlType('inet')`. */
export function sqlType<T = unknown>(sql: string): ColumnBuilder<T, true, false, null>
export function sqlType<T, const Name extends string>(sql: string, column: Name): ColumnBuilder<T, true, false, Name>
export function sqlType<T>(sql: string, column: string): ColumnBuilder<T, true, false, null>
export function sqlType(sql: string, column?: string): AnyColumn {
  return start({ kind: 'raw', sql }, column)
}

/** The default as data, from what a builder or an operation was given. */
export function toDefault(value: unknown, type: ColumnType | null): Default | null {
  if (value === null || value === undefined) return null
  if (isSql(value)) return { kind: 'sql', sql: value }
  if (typeof value === 'object' && (value as Partial<Now>).kind === 'now' && Object.keys(value).length === 1) {
    return { kind: 'now' }
  }
  if (type?.kind === 'json' && typeof value !== 'string') return { kind: 'value', value: JSON.stringify(value) }
  if (value instanceof Date || value instanceof Uint8Array) return { kind: 'value', value }
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
    throw new AludelError('invalid-default', `A default is a value, sql\`...\` or now(), not ${typeof value}.`)
  }
  return { kind: 'value', value: value as Value }
}

export function toIdentity({ always = false, ...numbers }: IdentityOptions = {}): Identity {
  return { always, numbers: unlessPlain({ ...plainNumbers, ...numbers }, plainNumbers) }
}

export function toPostgresColumn(options: Partial<PostgresColumn>): PostgresColumn | null {
  return unlessPlain({ ...plainPostgresColumn, ...options }, plainPostgresColumn)
}

/** Two signatures, because a name that is left out would be taken from where the column stands: any text. */
interface PlainColumn<T> {
  (): New<T, undefined>
  <const Name extends string>(name: Name): New<T, Name>
}

function plain<T>(type: ColumnType): PlainColumn<T> {
  return (name?: string) => start(type, name) as New<T, undefined>
}

function start(type: ColumnType, name: string | undefined): AnyColumn {
  return builder({ column: plainColumn(name ?? '', type), primaryKey: null, unique: null, references: null })
}

/** A builder over a gathered column, also for one that was read from a database. */
export function builder(spec: ColumnSpec): AnyColumn {
  // Methods of its own for each of ten thousand columns would be most of what models need.
  return Object.assign(Object.create(methods), { spec }) as AnyColumn
}

interface Made {
  readonly spec: ColumnSpec
}

function changed({ spec }: Made, change: Partial<Column>, rest: Partial<ColumnSpec> = {}): AnyColumn {
  return builder({ ...spec, ...rest, column: { ...spec.column, ...change } })
}

const methods = {
  notNull(this: Made) {
    return changed(this, { nullable: false })
  },
  nullable(this: Made) {
    return changed(this, { nullable: true })
  },
  default(this: Made, value: unknown) {
    return changed(this, { default: toDefault(value, this.spec.column.type) })
  },
  identity(this: Made, options?: IdentityOptions) {
    return changed(this, { identity: toIdentity(options), nullable: false })
  },
  primaryKey(this: Made, name?: string) {
    return changed(this, { nullable: false }, { primaryKey: { name: name ?? null } })
  },
  unique(this: Made, name?: string) {
    return changed(this, {}, { unique: { name: name ?? null } })
  },
  references(this: Made, target: () => ColumnReference, options?: ReferenceOptions) {
    return changed(this, {}, { references: { target, options: options ?? {} } })
  },
  generated(this: Made, expression: Sql, options?: { readonly stored?: boolean }) {
    return changed(this, { generated: { expression, stored: options?.stored ?? true } })
  },
  collate(this: Made, collation: string) {
    return changed(this, { collation })
  },
  comment(this: Made, comment: string) {
    return changed(this, { comment })
  },
  postgres(this: Made, options: Partial<PostgresColumn>) {
    return changed(this, { postgres: toPostgresColumn(options) })
  },
  as(this: Made) {
    return builder(this.spec)
  },
}
