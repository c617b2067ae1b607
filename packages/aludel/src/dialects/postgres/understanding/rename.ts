// What has another name or another namespace afterwards.

import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import { constraintsOf, findConstraint } from '../../../ops/parts.ts'
import { sameData } from '../../../schema/canonical.ts'
import { findColumn } from '../../../schema/lookup.ts'
import type { TableName } from '../../../schema/model.ts'
import { findObject } from '../../../schema/objects.ts'
import { written } from '../literal.ts'
import { sequenceDefault } from '../serial.ts'
import { knownTable, namespaceOf, relationName } from './names.ts'
import { known, type Reading, unclear } from './source.ts'

export function rename(statement: RenameStmt, { before }: Reading): readonly Op[] {
  const at = relationName(statement.relation)
  const name = known(statement.newname)
  switch (statement.renameType) {
    case 'OBJECT_TABLE':
      knownTable(before, at)
      return [{ kind: 'renameTable', table: at, name }]
    case 'OBJECT_COLUMN': {
      knownTable(before, at)
      const column = known(findColumn(before, at, known(statement.subname))).name
      return [{ kind: 'renameColumn', table: at, column, name }]
    }
    case 'OBJECT_TABCONSTRAINT': {
      const found = known(findConstraint(knownTable(before, at), { name: known(statement.subname) }, null))
      return [{ kind: 'renameConstraint', table: at, constraint: known(statement.subname), name, type: found.type }]
    }
    case 'OBJECT_INDEX':
      return renameIndex(at, name, before)
    case 'OBJECT_VIEW':
      return findObject(before, 'view', at) === null ? unclear() : [{ kind: 'renameView', view: at, name }]
    case 'OBJECT_SEQUENCE':
      return findObject(before, 'sequence', at) === null ? unclear() : [{ kind: 'renameSequence', sequence: at, name }]
    default:
      return unclear()
  }
}

/** The index of a key is the key: both have one name. */
function renameIndex({ namespace, name: index }: TableName, name: string, before: Reading['before']): readonly Op[] {
  for (const table of before.tables.filter((one) => one.namespace === namespace)) {
    const at = { namespace, name: table.name }
    if (table.indexes.some((one) => one.name === index)) return [{ kind: 'renameIndex', table: at, index, name }]
    const key = constraintsOf(table).find(
      ({ type, value }) => value.name === index && type !== 'check' && type !== 'foreignKey',
    )
    if (key !== undefined) return [{ kind: 'renameConstraint', table: at, constraint: index, name, type: key.type }]
  }
  return unclear()
}

export function setNamespace(statement: AlterObjectSchemaStmt, { before }: Reading): readonly Op[] {
  if (statement.objectType !== 'OBJECT_TABLE') unclear()
  const from = relationName(statement.relation)
  const table = knownTable(before, from)
  const namespace = namespaceOf(statement.newschema)
  const to = { namespace, name: from.name }
  // The sequence of a serial column goes along, and its default names it; of others it is not known whose they are.
  const numbered = table.columns.filter(
    ({ default: given }) => given?.kind === 'sql' && /nextval/i.test(written(given.sql)),
  )
  const serials = numbered.filter((column) => sameData(column.default, sequenceDefault(from, column.name)))
  if (serials.length < numbered.length) unclear()
  return [
    { kind: 'moveTable', table: from, namespace },
    ...serials.map(
      ({ name: column }): Op => ({
        kind: 'alterColumn',
        table: to,
        column,
        set: { default: sequenceDefault(to, column) },
        using: null,
      }),
    ),
  ]
}
