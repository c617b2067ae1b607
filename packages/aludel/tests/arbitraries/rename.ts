// Random operations that name what is there: another name for an index or a constraint, and its validation.

import type { Op } from '../../src/ops/operations.ts'
import { constraintsOf } from '../../src/ops/parts.ts'
import type { Table, TableName } from '../../src/schema/model.ts'
import type { Maker } from './maker.ts'

function placeOf({ namespace, name }: Table): TableName {
  return { namespace, name }
}

export function renameIndex(maker: Maker, table: Table): Op | null {
  if (table.indexes.length === 0) return null
  const index = maker.oneOf(table.indexes).name
  return { kind: 'renameIndex', table: placeOf(table), index, name: maker.object('renamed index ') }
}

export function renameConstraint(maker: Maker, table: Table): Op | null {
  // Compared with models, another name is another key, and a column that numbers itself is nothing between the two.
  const isNumbered = table.columns.some(({ identity }) => identity !== null)
  const named = constraintsOf(table).filter(
    ({ type, value }) => value.name !== null && !(type === 'primaryKey' && isNumbered),
  )
  if (named.length === 0) return null
  const { type, value } = maker.oneOf(named)
  const constraint = value.name ?? ''
  return { kind: 'renameConstraint', table: placeOf(table), constraint, name: maker.object('renamed '), type }
}

export function validateConstraint(maker: Maker, table: Table): Op | null {
  const named = [...table.foreignKeys, ...table.checks].flatMap(({ name }) => name ?? [])
  if (named.length === 0) return null
  return { kind: 'validateConstraint', table: placeOf(table), constraint: maker.oneOf(named) }
}
