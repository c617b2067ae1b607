// A table's engine, character set and collation, changed.

import type { Op } from '../../../ops/operations.ts'
import { findTable } from '../../../schema/lookup.ts'
import type { Column, Schema } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'
import type { Change } from './change.ts'
import { optionChanges } from './options.ts'
import { partitionClause } from './partitions.ts'

export function settingsClauses({ set }: Op<'alterTable'>, { before, after }: Change): readonly string[] {
  const { engine, options, partitions } = set.mysql ?? {}
  const partitioned = partitions === undefined ? null : partitionClause(before.mysql?.partitions ?? null, partitions)
  if (partitioned !== null) return [partitioned]
  const engineClauses = [
    // InnoDB is what a table without an engine of its own is read as.
    ...(engine === undefined ? [] : [`ENGINE = ${quote(engine ?? 'InnoDB')}`]),
    ...(options === undefined ? [] : optionChanges(before.mysql?.options ?? {}, options)),
  ]
  if (!isConverted(set)) return engineClauses
  const { charset = null, collation = null } = after.mysql ?? {}
  const wanted = charset ?? (collation === null ? null : charsetOf(collation))
  const collate = collation === null ? '' : ` COLLATE ${quote(collation)}`
  return [...engineClauses, `CONVERT TO CHARACTER SET ${wanted === null ? 'DEFAULT' : quote(wanted)}${collate}`]
}

/**
 * CONVERT TO changes every column, also what the same ALTER says of one: those that had their own get it back after it.
 * Partitions are made by an ALTER of their own.
 */
export function settingsSteps(
  op: Op<'alterTable'>,
  schema: Schema,
  abilities: Abilities,
): readonly (readonly (Op<'alterTable'> | Op<'alterColumn'>)[])[] {
  const columns = isConverted(op.set) ? (findTable(schema, op.table)?.columns ?? []) : []
  const own = columns.filter((column) => hasOwnText(column, abilities))
  const restated = own.map(
    ({ name, collation }): Op<'alterColumn'> => ({
      kind: 'alterColumn',
      table: op.table,
      column: name,
      set: { collation },
      using: null,
    }),
  )
  const { partitions, ...mysql } = op.set.mysql ?? {}
  const steps = restated.length === 0 ? [] : [restated]
  if (partitions === undefined) return [[op], ...steps]
  const others = Object.keys(mysql).length === 0 ? [] : [[{ ...op, set: { ...op.set, mysql } }]]
  return [...others, ...steps, [{ ...op, set: { mysql: { partitions } } }]]
}

function isConverted({ mysql = {} }: Op<'alterTable'>['set']): boolean {
  return 'charset' in mysql || 'collation' in mysql
}

/** True where the column has another collation than its table; one that stands for a uuid is always in ASCII. */
function hasOwnText({ collation, type }: Column, { uuidType }: Abilities): boolean {
  return collation !== null || (type.kind === 'uuid' && !uuidType)
}

/** Every collation's name begins with that of its character set. */
export function charsetOf(collation: string): string {
  return collation.split('_', 1)[0] ?? collation
}
