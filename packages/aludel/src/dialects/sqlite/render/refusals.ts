// What SQLite has not at all, refused in one form: the object, the reason and another way.

import { AludelError } from '../../../errors.ts'
import type { TableName } from '../../../schema/model.ts'

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
