// Whether the model holds all that a table's text says, so that the table can be made again from it.

import { findTable } from '../../schema/lookup.ts'
import type { ForeignKey, Index, Schema, Table } from '../../schema/model.ts'
import { parseDefinition } from './introspect/definition.ts'
import { tokenize } from './introspect/tokens.ts'
import { text } from './render/table.ts'

export function isWhollyHeld(table: Table, schema: Schema): boolean {
  const { pieces } = parseDefinition(table.sqlite?.definition ?? '')
  const unheld = pieces.flatMap((piece) => [...piece.unheld, ...piece.constraints.flatMap((held) => held.unheld)])
  if (unheld.length > 0 || table.indexes.some(beginsWithString)) return false
  return ownNames(table).every(isColumnOf(table)) && keysAreHeld(table, schema)
}

// SQLite takes NAME for a column "name"; an operation on that column would not find it here.
function ownNames(table: Table): readonly string[] {
  return [
    ...(table.primaryKey?.columns ?? []),
    ...table.uniques.flatMap(({ columns }) => columns),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...table.indexes.flatMap(({ parts }) => parts.flatMap(({ of }) => ('column' in of ? [of.column] : []))),
  ]
}

// To an index 'name' is the column, and to whoever reads it a text.
function beginsWithString({ parts }: Index): boolean {
  return parts.some(({ of }) => 'expression' in of && tokenize(text(of.expression))[0]?.kind === 'string')
}

function isColumnOf({ columns }: Table): (name: string) => boolean {
  return (name) => columns.some((column) => column.name === name)
}

function keysAreHeld(table: Table, schema: Schema): boolean {
  return table.foreignKeys.every((key) => key.referentColumns.length > 0 && isSpelledAlike(key, schema))
}

/** A table that comes later is spelled as it is here, or not found. */
function isSpelledAlike({ referent, referentColumns }: ForeignKey, schema: Schema): boolean {
  const found = findTable(schema, referent)
  if (found !== null) return referentColumns.every(isColumnOf(found))
  return !schema.tables.some((table) => table.name.toLowerCase() === referent.name.toLowerCase())
}
