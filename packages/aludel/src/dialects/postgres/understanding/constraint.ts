// Keys and checks, of a column or of a table.

import type { Constraint, Node } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import { postgresUnique } from '../../../schema/keys.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Deferral, ForeignKey, Schema, TableName } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { actions } from '../actions.ts'
import { relationName, textsOf, usualName } from './names.ts'
import { insideParentheses, known, nextToken, type Source, tokenAt, unclear, without } from './source.ts'

interface Place {
  readonly table: TableName
  /** The column that the constraint stands behind; null for one of the table. */
  readonly column: string | null
  readonly source: Source
  /** What is there once the table and its columns are. */
  readonly before: Schema
}

/** What adds the constraint. */
export function constraintOps(constraint: Constraint, place: Place): readonly Op[] {
  without(constraint.is_no_inherit, constraint.without_overlaps, constraint.indexname, constraint.indexspace)
  without(constraint.options, constraint.fk_with_period, constraint.pk_with_period, constraint.fk_del_set_cols)
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return primaryKey(constraint, place)
    case 'CONSTR_UNIQUE':
      return unique(constraint, place)
    case 'CONSTR_FOREIGN':
      return foreignKey(constraint, place)
    case 'CONSTR_CHECK':
      return check(constraint, place)
    default:
      return unclear()
  }
}

function columnsOf(nodes: readonly Node[] | undefined, { column }: Place): readonly string[] {
  return column === null ? textsOf(nodes) : [column]
}

function primaryKey(constraint: Constraint, place: Place): readonly Op[] {
  const { table, before } = place
  without(constraint.deferrable, constraint.including)
  const columns = columnsOf(constraint.keys, place)
  if (findTable(before, table)?.primaryKey !== null) unclear()
  // The server merges a unique constraint on the same columns into the key.
  requireSingle(columns, place)
  const name = constraint.conname ?? usualName(before, table, [], 'pkey')
  return [{ kind: 'createPrimaryKey', table, primaryKey: { name, columns, mysql: null, postgres: null } }]
}

function unique(constraint: Constraint, place: Place): readonly Op[] {
  const { table, before } = place
  const columns = columnsOf(constraint.keys, place)
  const include = textsOf(constraint.including)
  requireSingle(columns, place)
  const name = constraint.conname ?? usualName(before, table, [...columns, ...include], 'key')
  const postgres = postgresUnique({ nullsNotDistinct: constraint.nulls_not_distinct ?? false, include, with: {} })
  return [
    { kind: 'createUniqueConstraint', table, unique: { name, columns, deferrable: deferralOf(constraint), postgres } },
  ]
}

function requireSingle(columns: readonly string[], { table, before }: Place): void {
  const { primaryKey, uniques } = known(findTable(before, table))
  const others = [...(primaryKey === null ? [] : [primaryKey]), ...uniques].map((key) => key.columns.join('\0'))
  if (others.includes(columns.join('\0'))) unclear()
}

function deferralOf({ deferrable, initdeferred }: Constraint): Deferral | null {
  return initdeferred ? 'deferred' : deferrable ? 'immediate' : null
}

function foreignKey(constraint: Constraint, place: Place): readonly Op[] {
  const { table, before } = place
  if (constraint.is_enforced !== true) unclear()
  const columns = columnsOf(constraint.fk_attrs, place)
  const referent = relationName(constraint.pktable)
  const given = textsOf(constraint.pk_attrs)
  const value: ForeignKey = {
    name: constraint.conname ?? usualName(before, table, columns, 'fkey'),
    columns,
    referent,
    referentColumns: given.length > 0 ? given : known(findTable(before, referent)?.primaryKey).columns,
    onDelete: known(actions[constraint.fk_del_action ?? '']),
    onUpdate: known(actions[constraint.fk_upd_action ?? '']),
    deferrable: deferralOf(constraint),
    match: constraint.fk_matchtype === 'f' ? 'full' : 'simple',
    postgres: constraint.skip_validation ? { notValid: true, setColumns: [] } : null,
  }
  return [{ kind: 'createForeignKey', table, foreignKey: value }]
}

function check(constraint: Constraint, { table, source, before }: Place): readonly Op[] {
  if (constraint.is_enforced !== true) unclear()
  const condition = insideParentheses(source, nextToken(source, 'CHECK', tokenAt(source, constraint.location)))
  const name = constraint.conname ?? checkName(constraint.raw_expr, table, before)
  const postgres = constraint.skip_validation ? { notValid: true, noInherit: false } : null
  return [{ kind: 'createCheckConstraint', table, check: { name, condition: rawSql(condition), postgres } }]
}

/** Named after its column where it reads a single one. */
function checkName(expression: Node | undefined, at: TableName, before: Schema): string {
  const columns = new Set(known(findTable(before, at)).columns.map(({ name }) => name))
  const read = new Set<string>()
  for (const { fields } of nodesNamed(expression, 'ColumnRef')) {
    const path = textsOf(fields as readonly Node[])
    const column = known(path.at(-1))
    if (path.length > 2 || (path.length === 2 && path[0] !== at.name) || !columns.has(column)) unclear()
    read.add(column)
  }
  return usualName(before, at, read.size === 1 ? [...read] : [], 'check')
}

/** Every node of a kind in what the parser gave. */
export function nodesNamed(value: unknown, kind: string): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap((one) => nodesNamed(one, kind))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]) => [...(key === kind ? [held] : []), ...nodesNamed(held, kind)])
}

/** True of a foreign key that another table has to this one. */
export function isReferred(before: Schema, at: TableName): boolean {
  return before.tables.some((table) => table.foreignKeys.some(({ referent }) => sameName(referent, at)))
}
