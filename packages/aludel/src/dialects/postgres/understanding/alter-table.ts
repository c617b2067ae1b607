// ALTER TABLE: each of its commands, in the order in which the server does them.

import type { AlterTableCmd, AlterTableStmt, AlterTableType, ColumnDef, Node } from 'libpg-query'
import type { ColumnChange, Op } from '../../../ops/operations.ts'
import { findConstraint } from '../../../ops/parts.ts'
import { applyAll } from '../../../ops/registry.ts'
import { findColumn, sameName } from '../../../schema/lookup.ts'
import type { Column, ColumnType, Default, Schema, TableName } from '../../../schema/model.ts'
import { written } from '../literal.ts'
import { collationOf, defaultOf, givenColumn } from './column.ts'
import { constraintOps, isReferred } from './constraint.ts'
import { knownTable, relationName } from './names.ts'
import { known, nextToken, partedByCommas, type Reading, type Source, tokenAt, unclear } from './source.ts'
import { columnType } from './types.ts'

export function alterTable(statement: AlterTableStmt, { source, before }: Reading): readonly Op[] {
  const commands = (statement.cmds ?? []).map((node) => ('AlterTableCmd' in node ? node.AlterTableCmd : unclear()))
  if (commands.every(({ subtype }) => unseen.includes(known(subtype)))) return []
  if (statement.objtype !== 'OBJECT_TABLE') return unclear()
  const table = relationName(statement.relation)
  const parts = partsOf(statement, commands.length, source)
  const ops: Op[] = []
  let schema = before
  for (const { command, end } of inOrder(commands, parts)) {
    knownTable(schema, table)
    const own = commandOps(command, { table, source, before: schema, end })
    ops.push(...own)
    schema = applyAll(schema, own)
  }
  return ops
}

/** What no schema tells of. */
const unseen: readonly AlterTableType[] = [
  'AT_ChangeOwner',
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_ReplicaIdentity',
  'AT_SetTableSpace',
  'AT_EnableTrig',
  'AT_DisableTrig',
  'AT_EnableTrigAll',
  'AT_DisableTrigAll',
  'AT_EnableTrigUser',
  'AT_DisableTrigUser',
]

/** The last token of each command. */
function partsOf({ relation }: AlterTableStmt, count: number, source: Source): readonly number[] {
  const parts = partedByCommas(source, tokenAt(source, relation?.location), source.tokens.length - 1)
  return parts.length === count ? parts.map(([, last]) => last) : unclear()
}

interface Place {
  readonly command: AlterTableCmd
  readonly end: number
}

/** What takes away comes first, then types, then the rest, however they are written. */
function inOrder(commands: readonly AlterTableCmd[], ends: readonly number[]): readonly Place[] {
  const places = commands.map((command, at) => ({ command, end: known(ends[at]) }))
  return places.toSorted((one, other) => passOf(one.command) - passOf(other.command))
}

function passOf({ subtype, def }: AlterTableCmd): number {
  if (subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint' || subtype === 'AT_DropNotNull') return 0
  if (subtype === 'AT_ColumnDefault' && def === undefined) return 0
  return subtype === 'AT_AlterColumnType' ? 1 : 2
}

interface Here extends Pick<Reading, 'source' | 'before'> {
  readonly table: TableName
  readonly end: number
}

function commandOps(command: AlterTableCmd, here: Here): readonly Op[] {
  const { table, before } = here
  const change = (set: ColumnChange): readonly Op[] => {
    const column = known(findColumn(before, table, known(command.name))).name
    return [{ kind: 'alterColumn', table, column, set, using: null }]
  }
  switch (command.subtype) {
    case 'AT_AddColumn':
      return addColumn(columnDefinition(command.def), command.missing_ok ?? false, here)
    case 'AT_DropColumn':
      return dropColumn(command, here)
    case 'AT_AlterColumnType':
      return change(
        typeChange(columnDefinition(command.def), known(findColumn(before, table, known(command.name))), before),
      )
    case 'AT_ColumnDefault':
      return change({ default: givenDefault(command, here) })
    case 'AT_SetNotNull':
      return change({ nullable: false })
    case 'AT_DropNotNull':
      return change({ nullable: true })
    case 'AT_DropIdentity':
      return change({ identity: null })
    case 'AT_DropExpression':
      return change({ generated: null })
    case 'AT_AddIdentity':
      return change({ identity: { always: constraintIn(command.def).generated_when === 'a', numbers: null } })
    case 'AT_AddConstraint':
      return constraintOps(constraintIn(command.def), { table, column: null, source: here.source, before })
    case 'AT_DropConstraint':
      return dropConstraint(command, here)
    case 'AT_ValidateConstraint':
      return [{ kind: 'validateConstraint', table, constraint: known(command.name) }]
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
      return [{ kind: 'alterTable', table, set: { postgres: { unlogged: command.subtype === 'AT_SetUnLogged' } } }]
    case 'AT_EnableRowSecurity':
      return [{ kind: 'enableRowSecurity', table, force: isForced(before, table) ?? false }]
    case 'AT_ForceRowSecurity':
    case 'AT_NoForceRowSecurity': {
      // Where it is not enabled, being forced is a thing that no schema tells of.
      known(isForced(before, table))
      return [{ kind: 'enableRowSecurity', table, force: command.subtype === 'AT_ForceRowSecurity' }]
    }
    case 'AT_DisableRowSecurity':
      return isForced(before, table) ? unclear() : [{ kind: 'disableRowSecurity', table }]
    default:
      return unseen.includes(known(command.subtype)) ? [] : unclear()
  }
}

/** Whether the owner is held to the policies, too; null where row security is not enabled. */
function isForced({ objects }: Schema, table: TableName): boolean | null {
  const found = objects.find((one) => one.kind === 'rowSecurity' && sameName(one.table, table))
  return found?.kind === 'rowSecurity' ? found.force : null
}

function columnDefinition(node: Node | undefined): ColumnDef {
  return node !== undefined && 'ColumnDef' in node ? node.ColumnDef : unclear()
}

function constraintIn(node: Node | undefined) {
  return node !== undefined && 'Constraint' in node ? node.Constraint : unclear()
}

function addColumn(given: ColumnDef, ifNotExists: boolean, { table, source, before }: Here): readonly Op[] {
  const { column, constraints } = givenColumn(given, table, source, before)
  // Where the column is there, some versions add its keys nonetheless.
  if (findColumn(before, table, column.name) !== null) return ifNotExists && constraints.length === 0 ? [] : unclear()
  const ops: Op[] = [{ kind: 'addColumn', table, column, ifNotExists }]
  for (const constraint of constraints) {
    ops.push(...constraintOps(constraint, { table, column: column.name, source, before: applyAll(before, ops) }))
  }
  return ops
}

function dropColumn({ name, missing_ok, behavior }: AlterTableCmd, { table, before }: Here): readonly Op[] {
  const column = known(name)
  if (findColumn(before, table, column) === null) return missing_ok ? [] : unclear()
  const takesMore = behavior === 'DROP_CASCADE' && (isReferred(before, table) || before.objects.length > 0)
  const hasComputed = knownTable(before, table).columns.some(({ generated }) => generated !== null)
  if (takesMore || (behavior === 'DROP_CASCADE' && hasComputed)) unclear()
  return [{ kind: 'dropColumn', table, column, ifExists: missing_ok ?? false }]
}

function typeChange(given: ColumnDef, column: Column, before: Schema): ColumnChange {
  const type = columnType(given.typeName, before)
  if (!staysDefault(column, type) || column.generated !== null) unclear()
  return { type, collation: collationOf(given) }
}

const texts: readonly ColumnType['kind'][] = ['string', 'text']
const numbers: readonly ColumnType['kind'][] = ['smallint', 'integer', 'bigint', 'numeric']

/** A default is converted along with the values: true where it is known to stay what it is. */
function staysDefault({ type, default: given }: Column, next: ColumnType): boolean {
  if (given === null) return true
  const areBoth = (kinds: readonly ColumnType['kind'][]) => kinds.includes(type.kind) && kinds.includes(next.kind)
  if (areBoth(texts)) return true
  const text = given.kind === 'value' ? String(given.value) : given.kind === 'sql' ? written(given.sql) : ''
  return areBoth(numbers) && /^(?:-?\d+|nextval\('[^']+'::regclass\))$/.test(text)
}

function givenDefault({ name, def }: AlterTableCmd, { table, source, before, end }: Here): Default | null {
  if (def === undefined) return null
  const column = known(findColumn(before, table, known(name)))
  const start = commandStart(source, end)
  return defaultOf(source.text(nextToken(source, 'DEFAULT', start) + 1, end), column.type)
}

/** The first token of the command that ends with this one. */
function commandStart({ tokens }: Source, end: number): number {
  const comma = tokens.findLastIndex(({ text, depth }, at) => at < end && depth === 0 && text === ',')
  return comma + 1
}

function dropConstraint({ name, missing_ok, behavior }: AlterTableCmd, { table, before }: Here): readonly Op[] {
  const found = findConstraint(knownTable(before, table), { name: known(name) }, null)
  // Newer versions keep NOT NULL as a constraint, whose name is not known here.
  if (found === null) return missing_ok && !known(name).endsWith('_not_null') ? [] : unclear()
  const isKey = found.type === 'primaryKey' || found.type === 'unique'
  if (behavior === 'DROP_CASCADE' && isKey && isReferred(before, table)) unclear()
  const constraint = { name: known(name) }
  return [{ kind: 'dropConstraint', table, constraint, type: found.type, ifExists: missing_ok ?? false }]
}
