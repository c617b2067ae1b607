// From a schema to the `Database` type of Kysely: one model serves queries and migrations.

import type { ColumnType } from 'kysely'
import type { Value } from '../database/types.ts'
import type { ColumnBuilder } from '../schema/column.ts'
import type { AnyTable, DefinedSchema } from '../schema/define.ts'
import type { ColumnMap, NameOf, TableDefinition } from '../schema/table.ts'

/**
 * The `Database` type of a schema: its tables by name (with a namespace `'app.user'`), their columns by the name that
 * they have in the database.
 *
 * Values are those of `Connection.query`, alike on every engine: a bigint column is a `bigint`, a timestamp a `Date`, a
 * date, time, uuid or numeric a `string`, bytes a `Uint8Array`, an enumeration the union of its values, JSON its text
 * (see {@link JsonText}). Columns that may be null or that the database fills may be left out of an INSERT.
 *
 * What a type cannot see: columns of a key given apart, by `primaryKey(t.a, t.b)`, are never null in the database, but
 * are typed as their builders say; write `notNull()` there.
 *
 * @example
 * export const schema = defineSchema([user, team])
 * export type Database = KyselyDatabase<typeof schema>
 */
export type KyselyDatabase<Schema> =
  Schema extends DefinedSchema<infer Tables> ? { [T in Tables[number] as KeyOf<T>]: RowOf<T> } : never

type KeyOf<T extends AnyTable> =
  T extends TableDefinition<infer Name, infer _Columns, infer Namespace>
    ? Namespace extends string
      ? `${Namespace}.${Name}`
      : Name
    : never

type RowOf<T extends AnyTable> =
  T extends TableDefinition<infer _Name, infer Columns, infer _Namespace> ? ColumnsOf<Columns> : never

type ColumnsOf<Columns extends ColumnMap> = {
  [Key in keyof Columns & string as NameOf<Key, Columns[Key]>]: ColumnOf<Columns[Key]>
}

type ColumnOf<Builder> =
  Builder extends ColumnBuilder<infer T, infer Null, infer Filled, infer _Name>
    ? ColumnType<
        Selected<T> | NullIf<Null>,
        Given<T> | NullIf<Null> | (true extends Null | Filled ? undefined : never),
        Given<T> | NullIf<Null>
      >
    : never

type NullIf<Null extends boolean> = true extends Null ? null : never

// A type of the engine that nobody described, `sqlType('inet')`, stays unknown; `.as<string>()` describes it.
type IsUnknown<T> = [unknown] extends [T] ? true : false
type IsValue<T> = [T] extends [Value] ? true : false

type Selected<T> = IsUnknown<T> extends true ? unknown : IsValue<T> extends true ? T : JsonText<T>

type Given<T> =
  IsUnknown<T> extends true
    ? unknown
    : IsValue<T> extends true
      ? GivenValue<T>
      : Exclude<T, string | number | boolean | null> | string

type GivenValue<T> = [T] extends [Date] ? Date | string : [T] extends [bigint] ? bigint | number : T

declare const described: unique symbol

/**
 * The text of a JSON column, whose engines spell it differently (PostgreSQL's jsonb orders keys). {@link readJson} gives
 * the value; `json().as<Settings>()` in the model says which type that has.
 *
 * On the way in an object or an array becomes JSON; a string is taken for JSON text, as it is.
 */
export type JsonText<T = unknown> = string & { readonly [described]?: T }

/**
 * The value of a JSON column.
 *
 * @throws SyntaxError where the text is not JSON, which only SQLite lets a column hold.
 * @example readJson(row.settings).colour
 */
export function readJson<T>(text: JsonText<T>): T
export function readJson<T>(text: JsonText<T> | null): T | null
export function readJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
