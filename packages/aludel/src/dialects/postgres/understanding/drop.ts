// DROP: only what goes by itself, or takes nothing along that is not known.

import type { DropStmt, Node, ObjectType } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import { constraintsOf, referringTo, selectorOf } from '../../../ops/parts.ts'
import { findEnum, sameName } from '../../../schema/lookup.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import { findFunctions, findObject } from '../../../schema/objects.ts'
import { namespaceOf, nodesIn, pathName, textOf } from './names.ts'
import { type Reading, unclear } from './source.ts'

export function drop(statement: DropStmt, { before }: Reading): readonly Op[] {
  const request = {
    before,
    ifExists: statement.missing_ok ?? false,
    cascade: statement.behavior === 'DROP_CASCADE',
    gone: statement.objects ?? [],
  }
  const { removeType } = statement
  const reader = removeType === undefined ? undefined : readers[removeType]
  return reader === undefined ? unclear() : request.gone.flatMap((node) => reader(node, request))
}

interface Request {
  readonly before: Schema
  readonly ifExists: boolean
  readonly cascade: boolean
  readonly gone: readonly Node[]
}

const readers: Readonly<Partial<Record<ObjectType, (node: Node, request: Request) => readonly Op[]>>> = {
  OBJECT_TABLE: table,
  OBJECT_VIEW: (node, request) => [{ kind: 'dropView', ...object(node, request, 'view') }],
  OBJECT_MATVIEW: (node, request) => [{ kind: 'dropMaterializedView', ...object(node, request, 'view') }],
  OBJECT_SEQUENCE: (node, request) => [{ kind: 'dropSequence', ...object(node, request, 'sequence') }],
  OBJECT_INDEX: index,
  OBJECT_TYPE: type,
  OBJECT_SCHEMA: namespace,
  OBJECT_TRIGGER: (node, request) => [{ kind: 'dropTrigger', ...onTable(node, request) }],
  OBJECT_POLICY: (node, request) => [{ kind: 'dropPolicy', ...onTable(node, request) }],
  OBJECT_EXTENSION: (node, { ifExists, cascade }) =>
    cascade ? unclear() : [{ kind: 'dropExtension', name: textOf(node), ifExists }],
  OBJECT_FUNCTION: storedFunction,
  OBJECT_PROCEDURE: (_, { cascade }) => (cascade ? unclear() : []),
  OBJECT_STATISTIC_EXT: () => [],
}

const belongings = ['trigger', 'policy', 'rowSecurity', 'extension', 'archive']

/** What else might go with something: anything that is known but by the text that made it. */
function mayTakeAlong({ before }: Request): boolean {
  return before.objects.some(({ kind }) => !belongings.includes(kind))
}

function table(node: Node, request: Request): readonly Op[] {
  const { before, ifExists, cascade } = request
  const at = pathName(nodesIn(node))
  if (findObject(before, 'view', at) !== null || (cascade && mayTakeAlong(request))) unclear()
  const keys = cascade ? referringTo(before.tables, at).filter((one) => !sameName(one.table, at)) : []
  return [
    ...keys.map(({ table: { namespace, name }, foreignKey }): Op => {
      const constraint = selectorOf({ type: 'foreignKey', value: foreignKey })
      return { kind: 'dropConstraint', table: { namespace, name }, constraint, type: 'foreignKey', ifExists: false }
    }),
    { kind: 'dropTable', table: at, ifExists },
  ]
}

function object<K extends string>(node: Node, request: Request, key: K) {
  if (request.cascade) unclear()
  return { [key]: pathName(nodesIn(node)), ifExists: request.ifExists } as Record<K, TableName> & {
    readonly ifExists: boolean
  }
}

function onTable(node: Node, { ifExists, cascade }: Request) {
  const path = nodesIn(node)
  if (cascade) unclear()
  return { table: pathName(path.slice(0, -1)), name: textOf(path.at(-1)), ifExists }
}

function index(node: Node, { before, ifExists, cascade }: Request): readonly Op[] {
  const { namespace, name } = pathName(nodesIn(node))
  const tables = before.tables.filter((one) => one.namespace === namespace)
  const owner = tables.find((one) => one.indexes.some((own) => own.name === name))
  const isConstraint = tables.some((one) => constraintsOf(one).some(({ value }) => value.name === name))
  if (isConstraint || cascade) unclear()
  if (owner === undefined) return ifExists ? [] : unclear()
  return [{ kind: 'dropIndex', table: { namespace, name: owner.name }, name, ifExists, concurrently: false }]
}

function type(node: Node, { before, ifExists, cascade }: Request): readonly Op[] {
  const at = pathName('TypeName' in node ? node.TypeName.names : unclear())
  if (cascade) unclear()
  if (findEnum(before, at) !== null) return [{ kind: 'dropEnum', enumeration: at }]
  if (findObject(before, 'domain', at) !== null) return [{ kind: 'dropDomain', domain: at, ifExists }]
  return ifExists ? [] : unclear()
}

function namespace(node: Node, { before, ifExists, cascade }: Request): readonly Op[] {
  const name = namespaceOf(textOf(node)) ?? unclear()
  const inside = [...before.tables, ...before.enums, ...before.objects].some((one) => one.namespace === name)
  return cascade && inside ? unclear() : [{ kind: 'dropNamespace', name, ifExists }]
}

function storedFunction(node: Node, { before, ifExists, cascade }: Request): readonly Op[] {
  const at = pathName('ObjectWithArgs' in node ? node.ObjectWithArgs.objname : unclear())
  // Functions of one name are told apart by types that may be spelled in many ways.
  if (cascade || findFunctions(before, at, null).length > 1) unclear()
  return [{ kind: 'dropFunction', function: at, routine: 'function', arguments: null, ifExists }]
}
