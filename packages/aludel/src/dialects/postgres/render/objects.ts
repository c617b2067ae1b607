// Views, sequences, functions and triggers.

import { replacing } from '../../../ops/functions.ts'
import type { Op } from '../../../ops/operations.ts'
import { textFor, withoutEnd } from '../../../ops/refusals.ts'
import { ownSettings } from '../../../ops/sequences.ts'
import type { SequenceSettings } from '../../../schema/object-model.ts'
import { findObject } from '../../../schema/objects.ts'
import type { EngineSql } from '../../../schema/sql.ts'
import { literal, qualified, quote, quoteAll, written } from '../literal.ts'
import { settingsText } from './constraint.ts'
import { movedWithin } from './numbers.ts'
import { type Context, type Piece, statement } from './piece.ts'

const ifExistsText = (given: boolean) => (given ? 'IF EXISTS ' : '')

/** The operation's text with its values written out, since nothing that is kept takes parameters. */
export function plainText(kind: Op['kind'], sql: EngineSql): string {
  return withoutEnd(written(textFor(kind, sql, 'postgres')))
}

export function createView(
  { view, orReplace }: Op<'createView'>,
  { before }: Pick<Context, 'before'>,
): readonly Piece[] {
  const columns = view.columns === null ? '' : ` (${quoteAll(view.columns)})`
  const head = `CREATE ${orReplace ? 'OR REPLACE ' : ''}VIEW ${qualified(view)}${columns}${settingsText(view.options)}`
  const made = statement(`${head} AS\n${plainText('createView', view.query)}`)
  const was = orReplace ? (findObject(before, 'view', view)?.comment ?? null) : null
  if (view.comment === was) return [made]
  return [
    made,
    statement(`COMMENT ON VIEW ${qualified(view)} IS ${view.comment === null ? 'NULL' : literal(view.comment)}`),
  ]
}

export function dropView({ view, ifExists }: Op<'dropView'>): readonly Piece[] {
  return [statement(`DROP VIEW ${ifExistsText(ifExists)}${qualified(view)}`)]
}

export function renameView({ view, name }: Op<'renameView'>): readonly Piece[] {
  return [statement(`ALTER VIEW ${qualified(view)} RENAME TO ${quote(name)}`)]
}

export function createMaterializedView({ view, ifNotExists }: Op<'createMaterializedView'>): readonly Piece[] {
  const query = plainText('createMaterializedView', view.query)
  const empty = view.withData ? '' : `${query.endsWith('\n') ? '' : '\n'}WITH NO DATA`
  return [
    statement(
      `CREATE MATERIALIZED VIEW ${ifNotExists ? 'IF NOT EXISTS ' : ''}${qualified(view)}${settingsText(view.options)} AS\n${query}${empty}`,
    ),
  ]
}

export function dropMaterializedView({ view, ifExists }: Op<'dropMaterializedView'>): readonly Piece[] {
  return [statement(`DROP MATERIALIZED VIEW ${ifExistsText(ifExists)}${qualified(view)}`)]
}

export function refreshMaterializedView({ view, concurrently }: Op<'refreshMaterializedView'>): readonly Piece[] {
  return [statement(`REFRESH MATERIALIZED VIEW ${concurrently ? 'CONCURRENTLY ' : ''}${qualified(view)}`)]
}

export function createSequence({ sequence, ifNotExists }: Op<'createSequence'>): readonly Piece[] {
  return [
    statement(
      `CREATE SEQUENCE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${[qualified(sequence), ...clauses(ownSettings(sequence))].join(' ')}`,
    ),
  ]
}

export function alterSequence({ sequence, set }: Op<'alterSequence'>, { before }: Context): readonly Piece[] {
  const change = statement(`ALTER SEQUENCE ${[qualified(sequence), ...clauses(set)].join(' ')}`)
  const moved = movedWithin(qualified(sequence), findObject(before, 'sequence', sequence), set)
  return moved === null ? [change] : [statement(moved), change]
}

function clauses(set: Partial<SequenceSettings>): readonly string[] {
  const { type, increment, minValue, maxValue, start, cache, cycle, ownedBy } = set
  return [
    ...(type === undefined ? [] : [`AS ${type ?? 'bigint'}`]),
    ...(increment === undefined ? [] : [`INCREMENT BY ${increment}`]),
    ...(minValue === undefined ? [] : [minValue === null ? 'NO MINVALUE' : `MINVALUE ${minValue}`]),
    ...(maxValue === undefined ? [] : [maxValue === null ? 'NO MAXVALUE' : `MAXVALUE ${maxValue}`]),
    ...(start === undefined ? [] : [`START WITH ${start}`]),
    ...(cache === undefined ? [] : [`CACHE ${cache ?? 1}`]),
    ...(cycle === undefined ? [] : [cycle ? 'CYCLE' : 'NO CYCLE']),
    ...(ownedBy === undefined ? [] : [`OWNED BY ${ownerText(ownedBy)}`]),
  ]
}

function ownerText(ownedBy: SequenceSettings['ownedBy']): string {
  return ownedBy === null ? 'NONE' : `${qualified(ownedBy.table)}.${quote(ownedBy.column)}`
}

export function renameSequence({ sequence, name }: Op<'renameSequence'>): readonly Piece[] {
  return [statement(`ALTER SEQUENCE ${qualified(sequence)} RENAME TO ${quote(name)}`)]
}

export function dropSequence({ sequence, ifExists }: Op<'dropSequence'>): readonly Piece[] {
  return [statement(`DROP SEQUENCE ${ifExistsText(ifExists)}${qualified(sequence)}`)]
}

export function createFunction({ function: made, orReplace }: Op<'createFunction'>): readonly Piece[] {
  const text = plainText('createFunction', made.text)
  return [statement(orReplace ? replacing(text) : text)]
}

export function dropFunction({
  function: gone,
  routine,
  arguments: given,
  ifExists,
}: Op<'dropFunction'>): readonly Piece[] {
  const drop = `DROP ${routine.toUpperCase()} ${ifExistsText(ifExists)}${qualified(gone)}`
  return [statement(given === null ? drop : `${drop}(${given})`)]
}

export function createTrigger({ trigger }: Op<'createTrigger'>): readonly Piece[] {
  return [statement(plainText('createTrigger', trigger.text))]
}

export function dropTrigger({ table, name, ifExists }: Op<'dropTrigger'>): readonly Piece[] {
  return [statement(`DROP TRIGGER ${ifExistsText(ifExists)}${quote(name)} ON ${qualified(table)}`)]
}
