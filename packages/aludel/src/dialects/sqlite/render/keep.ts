// The new text of a table that is made anew: what has not changed is written as it was, so that nothing of it is lost.

import { AludelError } from '../../../errors.ts'
import type { FoundConstraint } from '../../../ops/parts.ts'
import { sameData } from '../../../schema/canonical.ts'
import type { Column, Table } from '../../../schema/model.ts'
import { columnsOf } from '../introspect/create-table.ts'
import { type HeldConstraint, type Piece, parseDefinition } from '../introspect/definition.ts'
import { columnSql, constraintSql, createTableSql, type Held, heldConstraints, tableSql } from './table.ts'

interface Line {
  readonly before: string
  readonly text: string
  readonly behind: string
}

const line = (text: string): Line => ({ before: '', text, behind: '' })

/**
 * CREATE TABLE for `next`, under another name. `old` is the table as it was read, with the engine's own text of it;
 * `dropped` are the columns that go on purpose.
 */
export function rebuiltTableSql(old: Table, next: Table, as: string, dropped: ReadonlySet<string>): string {
  const definition = old.sqlite?.definition ?? null
  if (definition === null) return createTableSql(next, { as })
  const parsed = parseDefinition(definition)
  const was = new Map(columnsOf(parsed).map((column) => [column.name, column]))
  const nullable = new Set(old.sqlite?.nullableKey ?? [])
  const wanted = createWanted(next)
  const byName = new Map(parsed.pieces.flatMap((piece) => (piece.column === null ? [] : [[piece.column.name, piece]])))
  const kept = new Map<string, Piece>()
  for (const column of next.columns) {
    const piece = byName.get(column.name)
    const isSame = nullable.has(column.name) === isNullableKey(column, next)
    if (piece !== undefined && isSame && sameData(was.get(column.name), column) && wanted.takeAll(piece.constraints)) {
      kept.set(column.name, piece)
    }
  }
  const constraints = parsed.pieces.filter((piece) => piece.column === null && wanted.takeAll(piece.constraints))
  for (const piece of parsed.pieces) {
    const name = piece.column?.name
    const stays = name === undefined ? constraints.includes(piece) : kept.has(name) || dropped.has(name)
    if (!stays) requireHeld(next, piece, wanted)
  }
  const own =
    next.primaryKey?.columns.length === 1 ? wanted.rest().find(({ type }) => type === 'primaryKey') : undefined
  const inline = new Set<FoundConstraint>()
  const lines = [
    ...next.columns.map((column) => kept.get(column.name) ?? line(newColumn(column, next, own, inline))),
    ...constraints,
    ...wanted
      .rest()
      .filter((found) => !inline.has(found))
      .map((found) => line(constraintSql(found))),
  ]
  return tableSql(next, lines.map((one, at) => written(one, at === lines.length - 1)).join('\n  '), { as })
}

function isNullableKey({ name }: Column, { primaryKey, sqlite }: Table): boolean {
  return (primaryKey?.columns.includes(name) && sqlite?.nullableKey.includes(name)) ?? false
}

/** A column that comes or has changed, with the primary key where that is this column alone and not written elsewhere. */
function newColumn(
  column: Column,
  table: Table,
  own: FoundConstraint | undefined,
  inline: Set<FoundConstraint>,
): string {
  const isKey = own?.type === 'primaryKey' && own.value.columns[0] === column.name
  if (isKey) inline.add(own)
  return columnSql(column, table, isKey ? own.value : null)
}

function written({ before, text, behind }: Line, last: boolean): string {
  return `${before === '' ? '' : `${before}\n  `}${text}${last ? '' : ','}${behind === '' ? '' : ` ${behind}`}`
}

interface Wanted {
  /** True where all of them are wanted; each is then taken, so that it is written once. */
  takeAll(constraints: readonly HeldConstraint[]): boolean
  rest(): readonly Held[]
}

function createWanted(next: Table): Wanted {
  let left = heldConstraints(next)
  return {
    takeAll: (constraints) => {
      const found = constraints.map(({ found: one }) => left.find((wanted) => sameConstraint(one, wanted)))
      if (found.some((one) => one === undefined)) return false
      left = left.filter((one) => !found.includes(one))
      return true
    },
    rest: () => left,
  }
}

function sameConstraint(written: FoundConstraint, wanted: FoundConstraint): boolean {
  if (written.type !== 'foreignKey' || wanted.type !== 'foreignKey' || written.value.referentColumns.length > 0) {
    return sameData(written, wanted)
  }
  // `REFERENCES user` was read as a reference to the primary key.
  return sameData({ ...written.value, referentColumns: wanted.value.referentColumns }, wanted.value)
}

/** Refuses to write from the model what the model does not hold. */
function requireHeld(next: Table, piece: Piece, wanted: Wanted): void {
  const lost = [
    ...piece.unheld,
    ...piece.constraints.flatMap(({ found, unheld }) =>
      wanted.rest().some((one) => sameConstraint(found, one)) ? unheld : [],
    ),
  ]
  if (lost.length === 0) return
  const what = piece.column === null ? 'a constraint' : `column "${piece.column.name}"`
  throw new AludelError(
    'unsupported-rebuild',
    `SQLite changes table "${next.name}" by making it anew, and ${what} of it has ${lost.join(' and ')}, which would be lost.`,
    {
      hint: 'Change this table with op.execute(...), or take the clause away first.',
      details: { table: next.name, lost, definition: piece.text },
    },
  )
}
