// What is said of objects, and who may use them: comments, and rights given and taken.

import type { CommentStmt, GrantStmt, Node } from 'libpg-query'
import type { Op, Privilege } from '../../../ops/operations.ts'
import { findColumn, findEnum } from '../../../schema/lookup.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import type { GrantObject } from '../../../schema/object-model.ts'
import { definedRef, type ObjectRef, objectRef, partRef } from '../../../schema/object-ref.ts'
import { findIndex, findObject } from '../../../schema/objects.ts'
import { knownTable, nodesIn, pathName, relationName, textOf, textsOf } from './names.ts'
import { known, type Reading } from './source.ts'

export function comment({ objtype, object, comment: given }: CommentStmt, { before }: Reading): readonly Op[] {
  const text = given ?? null
  if (objtype === 'OBJECT_TABLE') {
    const table = pathName(nodesIn(object))
    knownTable(before, table)
    return [{ kind: 'createTableComment', table, comment: text }]
  }
  if (objtype === 'OBJECT_COLUMN') {
    const path = nodesIn(object)
    const table = pathName(path.slice(0, -1))
    const name = textOf(path.at(-1))
    if (findView(before, table) !== null) {
      return [{ kind: 'comment', on: partRef('column', table, name), comment: text }]
    }
    const column = known(findColumn(before, table, name)).name
    return [{ kind: 'alterColumn', table, column, set: { comment: text }, using: null }]
  }
  const on = commentedRef(objtype, object, before)
  return on === null ? [] : [{ kind: 'comment', on, comment: text }]
}

function findView(before: Schema, at: TableName) {
  return findObject(before, 'view', at) ?? findObject(before, 'materializedView', at)
}

/** Null for what the schema has no name for. */
function commentedRef(kind: CommentStmt['objtype'], object: Node | undefined, before: Schema): ObjectRef | null {
  const onTable = (): [TableName, string] => {
    const path = nodesIn(object)
    return [pathName(path.slice(0, -1)), textOf(path.at(-1))]
  }
  switch (kind) {
    case 'OBJECT_VIEW':
      return objectRef('view', pathName(nodesIn(object)))
    case 'OBJECT_MATVIEW':
      return objectRef('materializedView', pathName(nodesIn(object)))
    case 'OBJECT_SEQUENCE':
      return objectRef('sequence', pathName(nodesIn(object)))
    case 'OBJECT_TABCONSTRAINT':
      return partRef('constraint', ...onTable())
    case 'OBJECT_TRIGGER':
      return partRef('trigger', ...onTable())
    case 'OBJECT_POLICY':
      return partRef('policy', ...onTable())
    case 'OBJECT_RULE': {
      const [table, name] = onTable()
      return definedRef('rule', { namespace: table.namespace, name }, table)
    }
    case 'OBJECT_INDEX':
      return indexRef(before, pathName(nodesIn(object)))
    case 'OBJECT_SCHEMA':
      return { kind: 'namespace', namespace: null, name: textOf(object), part: null }
    case 'OBJECT_EXTENSION':
      return { kind: 'extension', namespace: null, name: textOf(object), part: null }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return typeRef(before, object)
    default:
      return null
  }
}

function indexRef(before: Schema, { namespace, name }: TableName): ObjectRef | null {
  const table = before.tables.find((one) => one.namespace === namespace && findIndex(before, one, name) !== null)
  return table === undefined ? null : partRef('index', table, name)
}

function typeRef(before: Schema, object: Node | undefined): ObjectRef | null {
  if (object === undefined || !('TypeName' in object)) return null
  const at = pathName(object.TypeName.names)
  if (findEnum(before, at) !== null) return objectRef('enum', at)
  return findObject(before, 'domain', at) !== null ? objectRef('domain', at) : objectRef('compositeType', at)
}

/** Rights on tables, sequences, types and namespaces; those on routines name them by types that only the server tells. */
export function grant(statement: GrantStmt): readonly Op[] {
  const { is_grant, targtype, objtype, objects = [], grantees = [], grant_option = false } = statement
  if (targtype !== 'ACL_TARGET_OBJECT') return []
  const targets = objects.map((object) => targetOf(objtype, object))
  const users = grantees.map(roleOf)
  if (targets.includes(null) || users.includes(null)) return []
  const privileges = privilegesOf(statement.privileges ?? [])
  return targets.flatMap((on): readonly Op[] => {
    if (on === null) return []
    const to = users.filter((user) => user !== null)
    if (is_grant) return [{ kind: 'grant', privileges, on, to, withGrantOption: grant_option }]
    return [{ kind: 'revoke', privileges, on, from: to, grantOption: grant_option ? 'only' : null }]
  })
}

function targetOf(kind: GrantStmt['objtype'], object: Node): GrantObject | null {
  if ((kind === 'OBJECT_TABLE' || kind === 'OBJECT_SEQUENCE') && 'RangeVar' in object) {
    return { kind: kind === 'OBJECT_TABLE' ? 'table' : 'sequence', ...relationName(object.RangeVar), arguments: null }
  }
  if (kind === 'OBJECT_SCHEMA') return { kind: 'namespace', namespace: null, name: textOf(object), arguments: null }
  if (kind === 'OBJECT_TYPE' || kind === 'OBJECT_DOMAIN') {
    return { kind: 'type', ...pathName(nodesIn(object)), arguments: null }
  }
  return null
}

/** Null for whoever is connected: that is known only then. */
function roleOf(node: Node): string | null {
  if (!('RoleSpec' in node)) return null
  const { roletype, rolename } = node.RoleSpec
  if (roletype === 'ROLESPEC_PUBLIC') return 'PUBLIC'
  return roletype === 'ROLESPEC_CSTRING' ? (rolename ?? null) : null
}

function privilegesOf(nodes: readonly Node[]): readonly Privilege[] {
  if (nodes.length === 0) return [{ privilege: 'ALL', columns: [] }]
  return nodes.flatMap((node) => {
    if (!('AccessPriv' in node)) return []
    const { priv_name, cols } = node.AccessPriv
    return [{ privilege: (priv_name ?? 'all').toUpperCase(), columns: textsOf(cols) }]
  })
}
