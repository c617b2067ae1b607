// What stands beside tables: views, sequences, functions, triggers, extensions, enumerations, namespaces.

import type {
  AlterEnumStmt,
  AlterSeqStmt,
  CreateEnumStmt,
  CreateExtensionStmt,
  CreateFunctionStmt,
  CreateSchemaStmt,
  CreateSeqStmt,
  CreateTableAsStmt,
  CreateTrigStmt,
  DefElem,
  Node,
  ViewStmt,
} from 'libpg-query'
import type { EnumPlace, Op } from '../../../ops/operations.ts'
import { usualStart } from '../../../ops/sequences.ts'
import { findEnum, findTable } from '../../../schema/lookup.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import type { SequenceSettings } from '../../../schema/object-model.ts'
import { findFunctions, findTrigger } from '../../../schema/objects.ts'
import { type EngineSql, rawSql } from '../../../schema/sql.ts'
import { nodesNamed } from './constraint.ts'
import { namespaceOf, nodesIn, pathName, relationName, relationNames, textsOf } from './names.ts'
import { known, nextToken, type Reading, type Source, unclear, without } from './source.ts'

function engineText(source: Source, first: number, last = source.tokens.length - 1): EngineSql {
  return { all: rawSql(source.text(first, last)) }
}

/** The known tables that a query reads. */
function tablesIn(query: Node | undefined, before: Schema): readonly TableName[] {
  const read = nodesNamed(query, 'RangeVar').map(relationName)
  return read.filter((at) => findTable(before, at) !== null)
}

export function createView(statement: ViewStmt, { source, before }: Reading): readonly Op[] {
  const { view, aliases, query, replace, options, withCheckOption } = statement
  without(options, withCheckOption !== 'NO_CHECK_OPTION')
  if (source.tokens.some(({ text, depth }, at) => at < 5 && depth === 0 && text.toUpperCase() === 'RECURSIVE'))
    unclear()
  const at = relationName(view)
  const orReplace = replace ?? false
  if (!orReplace && relationNames(before, at.namespace).has(at.name)) unclear()
  const columns = aliases === undefined ? null : textsOf(aliases)
  const text = engineText(source, nextToken(source, 'AS', 0) + 1)
  const dependsOn = tablesIn(query, before)
  return [
    {
      kind: 'createView',
      view: { kind: 'view', ...at, query: text, columns, comment: null, options: {}, dependsOn },
      orReplace,
    },
  ]
}

/** A materialized view; a table of a query's rows has types that only the server tells. */
export function createMaterializedView(statement: CreateTableAsStmt, { source, before }: Reading): readonly Op[] {
  const { into, query, objtype, if_not_exists } = statement
  if (objtype !== 'OBJECT_MATVIEW' || into === undefined) return unclear()
  without(into.colNames, into.options, into.accessMethod, into.tableSpaceName)
  const at = relationName(into.rel)
  const words = source.tokens.map(({ text }) => text.toUpperCase())
  const tail = /WITH (?:NO )?DATA$/.exec(words.slice(-3).join(' '))?.[0].split(' ').length ?? 0
  const text = engineText(source, nextToken(source, 'AS', 0) + 1, words.length - 1 - tail)
  const dependsOn = tablesIn(query, before)
  const withData = into.skipData !== true
  const view = { kind: 'materializedView' as const, ...at, query: text, withData, options: {}, indexes: [], dependsOn }
  return [{ kind: 'createMaterializedView', view, ifNotExists: if_not_exists ?? false }]
}

export function createSequence({ sequence, options, if_not_exists }: CreateSeqStmt, reading: Reading): readonly Op[] {
  const at = relationName(sequence)
  const ifNotExists = if_not_exists ?? false
  if (relationNames(reading.before, at.namespace).has(at.name)) return ifNotExists ? [] : unclear()
  const usual = { type: null, increment: 1, minValue: null, maxValue: null, cache: null, cycle: false, ownedBy: null }
  const given = { ...usual, ...settingsOf(options) }
  const start = given.start ?? usualStart(given)
  return [{ kind: 'createSequence', sequence: { kind: 'sequence', ...at, ...given, start }, ifNotExists }]
}

export function alterSequence({ sequence, options, missing_ok }: AlterSeqStmt): readonly Op[] {
  without(missing_ok)
  return [{ kind: 'alterSequence', sequence: relationName(sequence), set: settingsOf(options) }]
}

const numbers = {
  increment: 'increment',
  minvalue: 'minValue',
  maxvalue: 'maxValue',
  start: 'start',
  cache: 'cache',
} as const

export function settingsOf(nodes: readonly Node[] | undefined): Partial<SequenceSettings> {
  const settings = (nodes ?? []).map((node): Partial<SequenceSettings> => {
    const option = 'DefElem' in node ? node.DefElem : unclear()
    const name = known(option.defname)
    if (name in numbers) return { [numbers[name as keyof typeof numbers]]: numberOf(option) }
    if (name === 'cycle')
      return { cycle: option.arg !== undefined && 'Boolean' in option.arg && option.arg.Boolean.boolval === true }
    return name === 'owned_by' ? { ownedBy: ownerOf(option) } : unclear()
  })
  return Object.assign({}, ...settings)
}

function numberOf({ arg }: DefElem): number | bigint | null {
  if (arg === undefined) return null
  if ('Integer' in arg) return arg.Integer.ival ?? 0
  return 'Float' in arg ? BigInt(known(arg.Float.fval)) : unclear()
}

function ownerOf({ arg }: DefElem): SequenceSettings['ownedBy'] {
  const path = nodesIn(arg)
  if (path.length === 1) return null
  return { table: pathName(path.slice(0, -1)), column: known(textsOf(path).at(-1)) }
}

export function createFunction(statement: CreateFunctionStmt, { source, before }: Reading): readonly Op[] {
  // Nothing is told of procedures, so there is nothing that one could change.
  if (statement.is_procedure) return []
  const at = pathName(statement.funcname)
  if (findFunctions(before, at, null).length > 0) unclear()
  const known = { routine: 'function' as const, arguments: null, text: engineText(source, 0), dependsOn: [] }
  const made = { kind: 'function' as const, ...at, ...known }
  return [{ kind: 'createFunction', function: made, orReplace: statement.replace ?? false }]
}

export function createTrigger({ relation, trigname }: CreateTrigStmt, { source, before }: Reading): readonly Op[] {
  const table = relationName(relation)
  const name = known(trigname)
  if (findTrigger(before, table, name) !== null) unclear()
  const trigger = { kind: 'trigger' as const, namespace: table.namespace, name, table, text: engineText(source, 0) }
  return [{ kind: 'createTrigger', trigger }]
}

export function createExtension({ extname, options, if_not_exists }: CreateExtensionStmt): readonly Op[] {
  const given = new Map(
    (options ?? []).map((node) => {
      const { defname, arg } = 'DefElem' in node ? node.DefElem : unclear()
      return [known(defname), arg !== undefined && 'String' in arg ? known(arg.String.sval) : unclear()]
    }),
  )
  without(given.has('cascade'))
  const [version, namespace] = [given.get('new_version') ?? null, given.get('schema') ?? null]
  const extension = { kind: 'extension' as const, namespace, name: known(extname), version }
  return [{ kind: 'createExtension', extension, ifNotExists: if_not_exists ?? false }]
}

export function createNamespace({ schemaname, schemaElts, if_not_exists }: CreateSchemaStmt): readonly Op[] {
  without(schemaElts)
  const name = namespaceOf(known(schemaname))
  return name === null ? [] : [{ kind: 'createNamespace', name, ifNotExists: if_not_exists ?? false }]
}

export function createEnum({ typeName, vals }: CreateEnumStmt, { before }: Reading): readonly Op[] {
  const at = pathName(typeName)
  if (findEnum(before, at) !== null) unclear()
  return [{ kind: 'createEnum', enumeration: { ...at, values: textsOf(vals) } }]
}

export function alterEnum(statement: AlterEnumStmt, { before }: Reading): readonly Op[] {
  const enumeration = pathName(statement.typeName)
  known(findEnum(before, enumeration))
  const [value, columns] = [known(statement.newVal), []]
  const { oldVal, newValNeighbor: neighbour } = statement
  if (oldVal !== undefined) return [{ kind: 'renameEnumValue', enumeration, value: oldVal, name: value, columns }]
  const near = (name: string): EnumPlace => (statement.newValIsAfter ? { after: name } : { before: name })
  const place = neighbour === undefined ? null : near(neighbour)
  const ifNotExists = statement.skipIfNewValExists ?? false
  return [{ kind: 'addEnumValue', enumeration, value, place, ifNotExists, columns }]
}
