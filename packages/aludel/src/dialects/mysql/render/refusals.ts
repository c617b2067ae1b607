// What MySQL and MariaDB cannot do, refused in one form: the object, the reason and another way.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { tableTitle } from '../../../schema/lookup.ts'
import type { TableName } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'

export function unsupported(
  { product }: Pick<Abilities, 'product'>,
  what: string,
  object: string,
  alternative: string,
): AludelError {
  return new AludelError('unsupported-on-engine', `${product} has no ${what}, which ${object} needs.`, {
    hint: alternative,
    details: { engine: product, what, object },
  })
}

/** The quoted name of a table in the connection's own database. */
export function tableText(table: TableName, abilities: Pick<Abilities, 'product'>): string {
  if (table.namespace === null) return quote(table.name)
  const alternative =
    'Keep all tables in the database of the connection, or give another database an address of its own.'
  throw unsupported(abilities, 'namespaces', `table ${tableTitle(table)}`, alternative)
}

export function unknownObject(kind: 'table' | 'column', name: string, table: TableName): AludelError {
  const sentence =
    kind === 'table' ? `There is no table ${tableTitle(table)}.` : `Table ${tableTitle(table)} has no column "${name}".`
  return new AludelError(`unknown-${kind}`, sentence, {
    hint: 'MySQL restates a whole column to change a part of it, so the column must be known. Check the name, or declare the `effects` of the SQL that made it.',
    details: { table: table.name, ...(kind === 'column' ? { column: name } : {}) },
  })
}

export function noEnumeration(column: string, table: TableName): AludelError {
  return new AludelError('unknown-enum', `Column "${column}" of table ${tableTitle(table)} is no enumeration.`, {
    hint: 'Check the name, or make it one with op.alterColumn(...).',
    details: { table: table.name, column },
  })
}

export function unknownConstraint({ table, constraint }: Op<'dropConstraint'>): AludelError {
  return new AludelError(
    'unknown-constraint',
    `Table ${tableTitle(table)} has no constraint of this shape: ${JSON.stringify(constraint)}.`,
    {
      hint: 'Name the constraint, or write its columns in the order that it has them.',
      details: { table: table.name, constraint },
    },
  )
}

export function noExclusions(name: string, table: TableName, abilities: Pick<Abilities, 'product'>): AludelError {
  const alternative =
    'Say it only where it can be, `if (op.features.excludeConstraints)`; here rows are kept apart by a unique constraint or by triggers.'
  return unsupported(abilities, 'exclude constraints', `"${name}" of table ${tableTitle(table)}`, alternative)
}

export function noExtensions(name: string, abilities: Pick<Abilities, 'product'>): AludelError {
  const alternative = 'Say it only where it can be, `if (op.features.extensions)`, and use here what every engine has.'
  return unsupported(abilities, 'extensions', `extension "${name}"`, alternative)
}
