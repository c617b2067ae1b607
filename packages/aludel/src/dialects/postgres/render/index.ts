// Indexes, with what PostgreSQL alone knows of them.

import type { Op } from '../../../ops/operations.ts'
import type { Index, IndexPart, PostgresIndex, TableName } from '../../../schema/model.ts'
import type { VersionFeatures } from '../features.ts'
import { enclosed, qualified, quote } from '../literal.ts'
import { includeText, nullsNotDistinctText, settingsText } from './constraint.ts'
import { type Context, type Piece, statement } from './piece.ts'

interface IndexRequest {
  readonly table: TableName
  readonly index: Index
  readonly ifNotExists: boolean
  readonly concurrently: boolean
}

export function indexText({ table, index, ifNotExists, concurrently }: IndexRequest, can: VersionFeatures): string {
  const own = index.postgres
  const steps = [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX`,
    ...(concurrently ? ['CONCURRENTLY'] : []),
    ...(ifNotExists ? ['IF NOT EXISTS'] : []),
    `${quote(index.name)} ON ${qualified(table)}`,
    ...(own === null || own.using === 'btree' ? [] : [`USING ${quote(own.using)}`]),
    `(${index.parts.map((part, position) => partText(part, position, own)).join(', ')})`,
  ]
  const nulls = own?.nullsNotDistinct === true ? ` ${nullsNotDistinctText(can)}` : ''
  const where = index.where === null ? '' : ` WHERE ${enclosed(index.where)}`
  return `${steps.join(' ')}${includeText(own?.include ?? [])}${nulls}${settingsText(own?.with ?? {})}${where}`
}

function partText(part: IndexPart, position: number, own: PostgresIndex | null): string {
  const { of, descending, nulls } = part
  const key = partName(part, position)
  const given = (words: Readonly<Record<string, string>> | undefined) =>
    words !== undefined && Object.hasOwn(words, key) ? words[key] : undefined
  const [operatorClass, collation] = [given(own?.operatorClasses), given(own?.collations)]
  const sorted = collation === undefined ? '' : ` COLLATE ${quote(collation)}`
  const what = 'column' in of ? quote(of.column) : enclosed(of.expression)
  const order = `${descending ? ' DESC' : ''}${nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`}`
  return `${what}${sorted}${operatorClass === undefined ? '' : ` ${classText(operatorClass)}`}${order}`
}

/** What an operator class is given for: a column's name, or `expr1`, `expr2` by the expression's place. */
export function partName({ of }: IndexPart, position: number): string {
  return 'column' in of ? of.column : `expr${position + 1}`
}

// A class may come with parameters, `gist_trgm_ops(siglen=32)`, which are written as they are.
export function classText(operatorClass: string): string {
  return /^\w+(?:\.\w+)?$/.test(operatorClass) ? operatorClass.split('.').map(quote).join('.') : operatorClass
}

export function createIndex({ table, index, ifNotExists }: Op<'createIndex'>, { can }: Context): readonly Piece[] {
  const concurrently = index.postgres?.concurrently ?? false
  return [statement(indexText({ table, index, ifNotExists, concurrently }, can), { transactional: !concurrently })]
}

export function dropIndex({ table, name, ifExists, concurrently }: Op<'dropIndex'>): readonly Piece[] {
  const index = qualified({ namespace: table.namespace, name })
  const sql = `DROP INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${ifExists ? 'IF EXISTS ' : ''}${index}`
  return [statement(sql, { transactional: !concurrently })]
}

export function renameIndex({ table, index, name }: Op<'renameIndex'>): readonly Piece[] {
  return [statement(`ALTER INDEX ${qualified({ namespace: table.namespace, name: index })} RENAME TO ${quote(name)}`)]
}
