// Views and triggers; what SQLite has not is refused.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { requireSupported, textFor, withoutEnd } from '../../../ops/refusals.ts'
import { applyOp } from '../../../ops/registry.ts'
import { tableTitle, updateTable } from '../../../schema/lookup.ts'
import type { Schema, Table } from '../../../schema/model.ts'
import type { View } from '../../../schema/object-model.ts'
import { findObject, triggersOf } from '../../../schema/objects.ts'
import type { EngineSql } from '../../../schema/sql.ts'
import { features } from '../features.ts'
import { triggerName } from '../introspect/programs.ts'
import { quote } from '../literal.ts'
import { list, text } from './table.ts'

function plainText(kind: Op['kind'], sql: EngineSql): string {
  return withoutEnd(text(textFor(kind, sql, 'sqlite')))
}

export function createView({ view, orReplace }: Op<'createView'>): readonly string[] {
  const columns = view.columns === null ? '' : ` (${list(view.columns)})`
  const made = `CREATE VIEW ${quote(view.name)}${columns} AS\n${plainText('createView', view.query)}`
  return orReplace ? [`DROP VIEW IF EXISTS ${quote(view.name)}`, made] : [made]
}

export function dropView({ view, ifExists }: Op<'dropView'>): readonly string[] {
  return [`DROP VIEW ${ifExists ? 'IF EXISTS ' : ''}${quote(view.name)}`]
}

/** ALTER renames tables only, so the view is made again under its new name. */
export function renameView({ view: at, name }: Op<'renameView'>, before: Schema): readonly string[] {
  const view = findObject(before, 'view', at)
  if (view === null) {
    throw new AludelError('unknown-view', `There is no view ${tableTitle(at)} whose query is known.`, {
      hint: 'SQLite renames a view by making it again. Check the name, or run against the database that has it.',
    })
  }
  requireNoTriggers(view, before)
  return [
    `DROP VIEW ${quote(at.name)}`,
    ...createView({ kind: 'createView', view: { ...view, name }, orReplace: false }),
  ]
}

function requireNoTriggers(view: View, before: Schema): void {
  const lost = triggersOf(before, view).map((trigger) => trigger.name)
  if (lost.length === 0) return
  throw new AludelError(
    'dependent-objects',
    `SQLite renames view ${tableTitle(view)} by making it again, and its triggers would be lost: ${lost.join(', ')}.`,
    {
      hint: 'Drop them before with op.dropTrigger(...), and create them again on the view under its new name.',
      details: { dependants: lost },
    },
  )
}

export function createTrigger({ trigger }: Op<'createTrigger'>): readonly string[] {
  return [plainText('createTrigger', trigger.text)]
}

export function dropTrigger({ name, ifExists }: Op<'dropTrigger'>): readonly string[] {
  return [`DROP TRIGGER ${ifExists ? 'IF EXISTS ' : ''}${quote(name)}`]
}

/** Nothing: the operation is refused by what it is. */
export function refused(op: Op): readonly string[] {
  requireSupported(op, { dialect: 'sqlite', features })
  return []
}

/** The schema after an operation; a trigger that is dropped goes from what was read of its table too. */
export function applied(schema: Schema, op: Op): Schema {
  const after = applyOp(schema, op)
  if (op.kind !== 'dropTrigger') return after
  return updateTable(after, op.table, (table) => withoutTrigger(table, op.name))
}

function withoutTrigger(table: Table, name: string): Table {
  if (table.sqlite === null) return table
  const triggers = table.sqlite.triggers.filter((trigger) => triggerName(trigger) !== name.toLowerCase())
  return { ...table, sqlite: { ...table.sqlite, triggers } }
}

/** The triggers to make again with a table: those that were read with it, and those that operations made since. */
export function triggerTexts(table: Table, schema: Schema): readonly string[] {
  const read = table.sqlite?.triggers ?? []
  const known = new Set(read.map(triggerName))
  const made = triggersOf(schema, table).filter((trigger) => !known.has(trigger.name.toLowerCase()))
  // SQLite keeps a text without the white space at its end.
  return [...read, ...made.map((trigger) => plainText('createTrigger', trigger.text).trimEnd())]
}
