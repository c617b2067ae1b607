// The primary key, the uniques and the indexes of a table, without those that only serve a foreign key.

import { sameData } from '../../../schema/canonical.ts'
import type { ForeignKey, Index, IndexPart, PrimaryKey, Unique } from '../../../schema/model.ts'
import { type MysqlIndex, plainMysqlIndex } from '../../../schema/mysql-model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { unescaped } from './checks.ts'
import { grouped } from './group.ts'
import type { IndexRow } from './queries.ts'
import { type KeyFacts, withFacts } from './table-text.ts'

interface Keys {
  readonly primaryKey: PrimaryKey | null
  readonly uniques: readonly Unique[]
  readonly indexes: readonly Index[]
}

/** `facts` is what the table's text tells of its keys; null where there is no such text. */
export function keysOf(
  rows: readonly IndexRow[],
  foreignKeys: readonly ForeignKey[],
  facts: ReadonlyMap<string, KeyFacts> | null,
): Keys {
  const groups = [...grouped(rows, (row) => row.name)].map(([name, parts]): Key => {
    return { name, parts, mysql: mysqlOf(parts, facts === null ? rowFacts(parts) : withFacts(facts.get(name))) }
  })
  const own = groups.filter((key) => key.name !== 'PRIMARY' && !isImplicit(key, foreignKeys))
  const primary = groups.find(({ name }) => name === 'PRIMARY')
  return {
    primaryKey: primary === undefined ? null : primaryKeyOf(primary),
    uniques: own.filter(isConstraint).map(uniqueOf),
    indexes: own.filter((key) => !isConstraint(key)).map(indexOf),
  }
}

interface Key {
  readonly name: string
  readonly parts: readonly IndexRow[]
  readonly mysql: MysqlIndex | null
}

// MySQL tells of a key's comment and visibility, and no more:
// https://dev.mysql.com/doc/refman/8.4/en/information-schema-statistics-table.html. Not run.
function rowFacts([first]: readonly IndexRow[]): KeyFacts {
  const comment = first?.comment ? first.comment : null
  return { ...withFacts(undefined), comment, ignored: first?.visible === 'NO' }
}

/** Null where everything is what a key has anyway. */
function mysqlOf(parts: readonly IndexRow[], facts: KeyFacts): MysqlIndex | null {
  const kind = parts[0]?.kind ?? ''
  const prefix = kind === 'FULLTEXT' || kind === 'SPATIAL' ? kind : null
  const lengths = parts.flatMap((part) =>
    part.column_name === null || part.length === null ? [] : [[part.column_name, Number(part.length)] as const],
  )
  // A spatial index reports the length of its boxes, which nobody chose.
  const found = { ...facts, prefix, length: prefix === null ? Object.fromEntries(lengths) : {} }
  return sameData(found, plainMysqlIndex) ? null : found
}

/** The engine calls every primary key PRIMARY, whatever name it was given. */
function primaryKeyOf({ parts, mysql }: Key): PrimaryKey {
  const { length, using, comment, options } = mysql ?? plainMysqlIndex
  const columns = parts.map((part) => part.column_name ?? '')
  return { name: null, columns, mysql: mysql === null ? null : { length, using, comment, options }, postgres: null }
}

/** An index that has the name and the columns of a foreign key was made by the engine for it. */
function isImplicit({ name, parts, mysql }: Key, foreignKeys: readonly ForeignKey[]): boolean {
  const columns = parts.map((part) => part.column_name)
  return (
    mysql === null && !isUnique(parts) && foreignKeys.some((key) => key.name === name && sameData(key.columns, columns))
  )
}

function isUnique([first]: readonly IndexRow[]): boolean {
  return Number(first?.non_unique) === 0
}

function isConstraint({ parts, mysql }: Key): boolean {
  return mysql === null && isUnique(parts) && parts.every((part) => part.column_name !== null && part.direction !== 'D')
}

function uniqueOf({ name, parts }: Key): Unique {
  return { name, columns: parts.map((part) => part.column_name ?? ''), deferrable: null, postgres: null }
}

function indexOf({ name, parts, mysql }: Key): Index {
  return { name, parts: parts.map(partOf), unique: isUnique(parts), where: null, postgres: null, mysql }
}

function partOf(row: IndexRow): IndexPart {
  const of =
    row.expression === null ? { column: row.column_name ?? '' } : { expression: rawSql(unescaped(row.expression)) }
  return { of, descending: row.direction === 'D', nulls: null }
}
