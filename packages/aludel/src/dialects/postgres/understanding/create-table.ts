// CREATE TABLE, and the tables that are not made of columns alone: those are not understood.

import type { Constraint, CreateStmt } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import { applyAll } from '../../../ops/registry.ts'
import { postgresTable } from '../../../schema/keys.ts'
import { findTable, putTable } from '../../../schema/lookup.ts'
import { emptyTable, type Schema, type Table } from '../../../schema/model.ts'
import { givenColumn } from './column.ts'
import { constraintOps } from './constraint.ts'
import { relationName, relationNames } from './names.ts'
import { known, type Reading, type Source, unclear, without } from './source.ts'

export function createTable(statement: CreateStmt, { source, before }: Reading): readonly Op[] {
  const { relation, partspec, partbound, inhRelations, ofTypename, accessMethod } = statement
  without(partspec, partbound, inhRelations, ofTypename, accessMethod, statement.oncommit !== 'ONCOMMIT_NOOP')
  const at = relationName(relation)
  const ifNotExists = statement.if_not_exists ?? false
  if (relationNames(before, at.namespace).has(at.name)) {
    return ifNotExists && findTable(before, at) !== null ? [] : unclear()
  }
  const unlogged = relation?.relpersistence === 'u'
  const table = tableOf(statement, { ...emptyTable(at), postgres: postgresTable({ unlogged }) }, source, before)
  return [{ kind: 'createTable', table, ifNotExists }]
}

interface Given {
  readonly constraint: Constraint
  readonly column: string | null
}

/** The table with its columns, and each constraint added in turn, as the names depend on what there is already. */
function tableOf({ tableElts }: CreateStmt, bare: Table, source: Source, before: Schema): Table {
  const at = { namespace: bare.namespace, name: bare.name }
  const given: Given[] = []
  const columns: Table['columns'][number][] = []
  for (const node of tableElts ?? []) {
    if ('Constraint' in node) given.push({ constraint: node.Constraint, column: null })
    else if ('ColumnDef' in node) {
      const { column, constraints } = givenColumn(node.ColumnDef, at, source, before)
      columns.push(column)
      given.push(...constraints.map((constraint) => ({ constraint, column: column.name })))
    } else unclear()
  }
  let schema = putTable(before, { ...bare, columns })
  for (const { constraint, column } of given) {
    schema = applyAll(schema, constraintOps(constraint, { table: at, column, source, before: schema }))
  }
  return known(findTable(schema, at))
}
