// A column as a statement gives it, with the constraints that stand behind it.

import type { ColumnDef, Constraint } from 'libpg-query'
import { sameData } from '../../../schema/canonical.ts'
import {
  type Column,
  type ColumnType,
  type Default,
  plainColumn,
  type Schema,
  type TableName,
} from '../../../schema/model.ts'
import { type IdentityNumbers, plainNumbers } from '../../../schema/postgres-model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { readDefault } from '../defaults.ts'
import { sequenceDefault } from '../serial.ts'
import { fitting, relationNames, textOf } from './names.ts'
import { settingsOf } from './objects.ts'
import { insideParentheses, known, nextToken, type Source, tokenAt, unclear, without } from './source.ts'
import { givenType } from './types.ts'

export interface GivenColumn {
  readonly column: Column
  /** Keys and checks, which are the table's. */
  readonly constraints: readonly Constraint[]
}

export function givenColumn(given: ColumnDef, table: TableName, source: Source, before: Schema): GivenColumn {
  const name = known(given.colname)
  const { type, serial } = givenType(given.typeName, before)
  without(given.fdwoptions)
  const constraints = withAttributes(
    (given.constraints ?? []).map((node) => ('Constraint' in node ? node.Constraint : unclear())),
  )
  const collation = collationOf(given)
  let column: Column = { ...plainColumn(name, type), collation }
  if (serial) column = { ...column, nullable: false, default: serialDefault(table, name, before) }
  const left: Constraint[] = []
  for (const constraint of constraints) {
    const end = endOfDefault(given, constraint, source)
    const change = ownChange(constraint, type, source, end)
    if (change === null) left.push(constraint)
    else column = { ...column, ...change }
  }
  return { column, constraints: left }
}

export function collationOf({ collClause }: ColumnDef): string | null {
  return collClause === undefined ? null : textOf(collClause.collname?.at(-1))
}

// The server reads these words as the table is made, and keeps the moment that they stood for.
const passing = /'\s*(?:now|today|tomorrow|yesterday)\b/i

export function defaultOf(text: string, type: ColumnType): Default | null {
  const isPassing = passing.test(text) && !['string', 'text', 'enumeration'].includes(type.kind)
  return isPassing ? unclear() : readDefault(text, type)
}

function serialDefault(table: TableName, column: string, before: Schema): Default {
  const sequence = fitting(`${table.name}_${column}_seq`)
  return relationNames(before, table.namespace).has(sequence) ? unclear() : sequenceDefault(table, column)
}

/** Says of a constraint itself what the grammar gives as words behind it. */
function withAttributes(constraints: readonly Constraint[]): readonly Constraint[] {
  const whole: Constraint[] = []
  const last = (more: Constraint) => whole.push({ ...known(whole.pop()), ...more })
  for (const constraint of constraints) {
    switch (constraint.contype) {
      case 'CONSTR_ATTR_DEFERRABLE':
        last({ deferrable: true })
        break
      case 'CONSTR_ATTR_DEFERRED':
        last({ deferrable: true, initdeferred: true })
        break
      case 'CONSTR_ATTR_NOT_DEFERRABLE':
      case 'CONSTR_ATTR_IMMEDIATE':
      case 'CONSTR_ATTR_ENFORCED':
        break
      default:
        whole.push(constraint)
    }
  }
  return whole
}

/** What a constraint changes of the column alone; null where it is one of the table's. */
function ownChange(
  constraint: Constraint,
  type: ColumnType,
  source: Source,
  end: number | null,
): Partial<Column> | null {
  const { contype, generated_when, generated_kind, conname, location } = constraint
  const start = location === undefined ? 0 : tokenAt(source, location)
  switch (contype) {
    case 'CONSTR_NULL':
      return {}
    case 'CONSTR_NOTNULL':
      // A name of its own is kept by some versions and forgotten by others.
      without(conname, constraint.is_no_inherit)
      return { nullable: false }
    case 'CONSTR_IDENTITY':
      return { identity: { always: generated_when === 'a', numbers: numbersOf(constraint.options) }, nullable: false }
    case 'CONSTR_GENERATED': {
      const expression = insideParentheses(source, nextToken(source, 'AS', start))
      return { generated: { expression: rawSql(expression), stored: generated_kind !== 'v' } }
    }
    case 'CONSTR_DEFAULT': {
      const text = source.text(nextToken(source, 'DEFAULT', start) + 1, known(end))
      return { default: defaultOf(text, type) }
    }
    default:
      return null
  }
}

/** The last token of a default: before the next constraint, the collation, the next column or the end. */
function endOfDefault(
  { constraints, collClause }: ColumnDef,
  { contype, location }: Constraint,
  source: Source,
): number | null {
  if (contype !== 'CONSTR_DEFAULT') return null
  const start = tokenAt(source, location)
  const { depth } = known(source.tokens[start])
  const next = new Set([
    collClause?.location,
    ...(constraints ?? []).map((node) => ('Constraint' in node ? node.Constraint.location : undefined)),
  ])
  const isEnd = ({ text, start: at, depth: own }: Source['tokens'][number]) =>
    own < depth || (own === depth && text === ',') || next.has(at)
  const end = source.tokens.findIndex((token, at) => at > start && isEnd(token))
  return (end === -1 ? source.tokens.length : end) - 1
}

/** How an identity column counts; null for as it does anyway. */
function numbersOf(options: Constraint['options']): IdentityNumbers | null {
  const { ownedBy: _, type: __, ...set } = settingsOf(options)
  const own = { ...plainNumbers, ...set }
  return sameData(own, plainNumbers) ? null : own
}
