// What stands beside tables and belongs to them: their types, sequences and partitions.

import type { Connection } from '../../../database/types.ts'
import type { Column, EnumType, TableName } from '../../../schema/model.ts'
import type { SchemaObject, Sequence } from '../../../schema/object-model.ts'
import type { IdentityNumbers } from '../../../schema/postgres-model.ts'
import type { Scope } from '../../dialect.ts'
import { isSerial } from '../serial.ts'
import type { ColumnPlace } from './columns.ts'
import { type ParentRow, partitionsIn, readParents } from './partitions.ts'
import { identityNumbers, readSequences, sequenceOf } from './sequences.ts'
import type { TableRow } from './tables.ts'
import { readTypes } from './types.ts'

export interface TableSurroundings {
  readonly parents: readonly ParentRow[]
  /** By table and column number. */
  readonly numbers: ReadonlyMap<string, IdentityNumbers>
  readonly objects: readonly SchemaObject[]
  /** The sequences that their serial columns make and take with them. */
  readonly serials: readonly Sequence[]
}

interface Request {
  readonly scope: Scope
  readonly tables: Promise<readonly TableRow[]>
  readonly columns: Promise<readonly ColumnPlace[]>
  readonly enums: Promise<ReadonlyMap<number, EnumType>>
}

export async function readSurroundings(db: Connection, request: Request): Promise<TableSurroundings> {
  const { scope, enums } = request
  const [parents, rows, types, tables, columns] = await Promise.all([
    readParents(db),
    readSequences(db),
    scope === 'all' ? readTypes(db, enums) : [],
    request.tables,
    request.columns,
  ])
  const owners = rows.some(({ ownership }) => ownership !== 'i') ? ownersOf(tables, columns) : noOwners
  const sequences = rows
    .filter((row) => row.ownership !== 'i' && (scope === 'all' || owners.has(`${row.ownerTable} ${row.ownerColumn}`)))
    .map((row) => {
      const owner = owners.get(`${row.ownerTable} ${row.ownerColumn}`) ?? null
      const sequence = sequenceOf(row, owner)
      return { sequence, serial: owner !== null && isSerial(sequence, owner.table, owner.column) }
    })
  const of = (isSerialOne: boolean) => sequences.flatMap((one) => (one.serial === isSerialOne ? [one.sequence] : []))
  return {
    parents,
    numbers: identityNumbers(rows),
    objects: scope === 'all' ? [...of(false), ...types, ...partitionsIn(parents)] : of(false),
    serials: of(true),
  }
}

type Owners = ReadonlyMap<string, { readonly table: TableName; readonly column: Column }>

const noOwners: Owners = new Map()

function ownersOf(tables: readonly TableRow[], columns: readonly ColumnPlace[]): Owners {
  const names = new Map(tables.map(({ oid, namespace, name }): [number, TableName] => [oid, { namespace, name }]))
  const owners = new Map<string, { readonly table: TableName; readonly column: Column }>()
  for (const { table, number, column } of columns) {
    const at = names.get(table)
    if (at !== undefined) owners.set(`${table} ${number}`, { table: at, column })
  }
  return owners
}

/** The columns with how their numbers go on. */
export function withNumbers(
  columns: readonly ColumnPlace[],
  numbers: TableSurroundings['numbers'],
): readonly ColumnPlace[] {
  if (numbers.size === 0) return columns
  return columns.map((place) => {
    const own = numbers.get(`${place.table} ${place.number}`)
    const { identity } = place.column
    if (own === undefined || identity === null) return place
    return { ...place, column: { ...place.column, identity: { ...identity, numbers: own } } }
  })
}
