// What SQLite has not at all, refused in one form: the object, the reason and another way.

import { AludelError } from '../../../errors.ts'
import type { Table, TableName } from '../../../schema/model.ts'
import { renderType } from '../types.ts'

export function noExclusions(name: string, table: TableName): AludelError {
  return new AludelError(
    'unsupported-on-engine',
    `SQLite has no exclude constraints, which "${name}" of table "${table.name}" needs.`,
    {
      hint: 'Say it only where it can be, `if (op.features.excludeConstraints)`; here rows are kept apart by a unique constraint or by triggers.',
    },
  )
}

export function noOrderOfNulls(index: string, table: string): AludelError {
  return new AludelError(
    'unsupported-on-engine',
    `SQLite takes NULL for the least value in every index, which "${index}" of table "${table}" says otherwise.`,
    { hint: 'Take `nulls` away, or index an expression before the column: sql`ended_at IS NULL`.' },
  )
}

export function refuseExtension(name: string): never {
  throw new AludelError('unsupported-on-engine', `SQLite has no extensions, which "${name}" is.`, {
    hint: 'Say it only where it can be, `if (op.features.extensions)`, and use here what every engine has.',
  })
}

const strictTypes = ['INT', 'INTEGER', 'REAL', 'TEXT', 'BLOB', 'ANY']

/** A STRICT table knows six types and no others, and SQLite says so only of the first that it meets. */
export function requireStrictTypes({ name, columns }: Table): void {
  const others = columns.filter(({ type }) => !strictTypes.includes(renderType(type).toUpperCase()))
  if (others.length === 0) return
  const listed = others.map((column) => `"${column.name}" ${renderType(column.type)}`).join(', ')
  throw new AludelError(
    'unsupported-on-engine',
    `A STRICT table knows only ${strictTypes.join(', ')}, and table "${name}" has ${listed}.`,
    {
      hint: "Use integer(), float(), text(), binary() or sqlType('ANY'), or leave `strict` out.",
      details: { table: name, columns: others.map((column) => column.name) },
    },
  )
}

export function refuseNamespace({ namespace }: TableName): readonly [] {
  if (namespace === null) return []
  throw new AludelError('unsupported-on-engine', `SQLite has no namespaces, so "${namespace}" cannot be used.`, {
    hint: 'Leave the namespace out, or put it into the name of the table.',
  })
}
