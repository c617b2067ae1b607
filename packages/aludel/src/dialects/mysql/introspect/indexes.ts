// The primary key, the uniques and the indexes of a table, without those that only serve a foreign key.

import { sameData } from '../../../schema/canonical.ts'
import type { ForeignKey, Index, IndexPart, PrimaryKey, Unique } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { unescaped } from './checks.ts'
import { grouped } from './group.ts'
import type { IndexRow } from './queries.ts'

interface Keys {
  readonly primaryKey: PrimaryKey | null
  readonly uniques: readonly Unique[]
  readonly indexes: readonly Index[]
}

export function keysOf(rows: readonly IndexRow[], foreignKeys: readonly ForeignKey[]): Keys {
  const groups = [...grouped(rows, (row) => row.name)]
  const own = groups.filter(([name, parts]) => name !== 'PRIMARY' && !isImplicit(name, parts, foreignKeys))
  const primary = groups.find(([name]) => name === 'PRIMARY')?.[1]
  return {
    // The engine calls every primary key PRIMARY, whatever name it was given.
    primaryKey:
      primary === undefined
        ? null
        : { name: null, columns: primary.map((part) => part.column_name ?? ''), postgres: null },
    uniques: own.filter(([, parts]) => isConstraint(parts)).map(([name, parts]) => uniqueOf(name, parts)),
    indexes: own.filter(([, parts]) => !isConstraint(parts)).map(([name, parts]) => indexOf(name, parts)),
  }
}

/** An index that has the name and the columns of a foreign key was made by the engine for it. */
function isImplicit(name: string, parts: readonly IndexRow[], foreignKeys: readonly ForeignKey[]): boolean {
  const columns = parts.map((part) => part.column_name)
  return !isUnique(parts) && foreignKeys.some((key) => key.name === name && sameData(key.columns, columns))
}

function isUnique([first]: readonly IndexRow[]): boolean {
  return Number(first?.non_unique) === 0
}

function isConstraint(parts: readonly IndexRow[]): boolean {
  return (
    isUnique(parts) &&
    parts.every((part) => part.column_name !== null && part.length === null && part.direction !== 'D')
  )
}

function uniqueOf(name: string, parts: readonly IndexRow[]): Unique {
  return { name, columns: parts.map((part) => part.column_name ?? ''), deferrable: null, postgres: null }
}

function indexOf(name: string, parts: readonly IndexRow[]): Index {
  const kind = parts[0]?.kind ?? ''
  const prefix = kind === 'FULLTEXT' || kind === 'SPATIAL' ? kind : null
  const lengths = parts.flatMap((part) =>
    part.column_name === null || part.length === null ? [] : [[part.column_name, Number(part.length)] as const],
  )
  // A spatial index reports the length of its boxes, which nobody chose.
  const length = prefix === null ? Object.fromEntries(lengths) : {}
  const mysql = prefix === null && lengths.length === 0 ? null : { length, prefix }
  return { name, parts: parts.map(partOf), unique: isUnique(parts), where: null, postgres: null, mysql }
}

function partOf(row: IndexRow): IndexPart {
  const of =
    row.expression === null ? { column: row.column_name ?? '' } : { expression: rawSql(unescaped(row.expression)) }
  return { of, descending: row.direction === 'D', nulls: null }
}
