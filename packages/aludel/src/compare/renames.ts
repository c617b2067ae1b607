// Renames that somebody names: without them, what has another name is another thing.

import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll } from '../ops/registry.ts'
import { findColumn, findTable } from '../schema/lookup.ts'
import type { Schema, Table, TableName } from '../schema/model.ts'

/** `user.name=user.full_name` for a column, `users=user` for a table; a namespace stands before its table. */
export function renameOps(renames: readonly string[], before: Schema): readonly Op[] {
  const ops: Op[] = []
  for (const text of renames) ops.push(renameOp(text, applyAll(before, ops)))
  return ops
}

function renameOp(text: string, schema: Schema): Op {
  const [from, to, ...rest] = text.split('=').map(wordsOf)
  if (from === undefined || to === undefined || rest.length > 0 || from.length === 0 || to.length === 0) {
    throw unusable(text, 'is not written as OLD=NEW')
  }
  const table = tableNamed(from, schema)
  if (table !== null) {
    const name = to.at(-1) ?? ''
    if (findTable(schema, { ...nameOf(table), name }) !== null)
      throw unusable(text, `names a table that is there, "${name}"`)
    return { kind: 'renameTable', table: nameOf(table), name }
  }
  const [owner, column = ''] = [tableNamed(from.slice(0, -1), schema), from.at(-1)]
  if (owner === null || findColumn(schema, owner, column) === null) {
    throw unusable(text, `names "${from.join('.')}", which is neither a table nor a column of the first source`)
  }
  const name = to.at(-1) ?? ''
  if (findColumn(schema, owner, name) !== null) throw unusable(text, `names a column that is there, "${name}"`)
  return { kind: 'renameColumn', table: nameOf(owner), column, name }
}

function tableNamed(words: readonly string[], { tables }: Schema): Table | null {
  const [name, namespace = null, ...rest] = words.toReversed()
  if (rest.length > 0) return null
  const found = tables.filter((table) => table.name === name && (namespace === null || table.namespace === namespace))
  return found.find((table) => table.namespace === namespace) ?? (found.length === 1 ? (found[0] ?? null) : null)
}

/** Names between dots; one that holds a dot stands in double quotes. */
function wordsOf(text: string): readonly string[] {
  return [...text.trim().matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '').trim() : quoted.replaceAll('""', '"'),
  )
}

function nameOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

function unusable(text: string, why: string): AludelError {
  return new AludelError('invalid-rename', `--rename ${text} ${why}.`, {
    hint: 'Write --rename table.column=table.new_name, or --rename table=new_name.',
    details: { rename: text },
  })
}
