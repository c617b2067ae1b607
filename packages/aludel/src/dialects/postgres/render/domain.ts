// Domains: types with a default and checks of their own.

import { columnOf } from '../../../ops/domains.ts'
import type { Op } from '../../../ops/operations.ts'
import { enumsIn } from '../../../schema/lookup.ts'
import { findObject } from '../../../schema/objects.ts'
import { defaultText } from '../defaults.ts'
import { qualified, quote } from '../literal.ts'
import { typeText } from '../types.ts'
import { addedText, checkText } from './constraint.ts'
import { ensureEnums } from './enum.ts'
import { type Context, type Piece, statement } from './piece.ts'

export function createDomain(op: Op<'createDomain'>, context: Context): readonly Piece[] {
  const { type, nullable, default: value, collation, checks } = op.domain
  const parts = [
    `CREATE DOMAIN ${qualified(op.domain)} AS ${typeText(type)}`,
    ...(collation === null ? [] : [`COLLATE ${quote(collation)}`]),
    ...(value === null ? [] : [`DEFAULT ${defaultText(value, type)}`]),
    ...(nullable ? [] : ['NOT NULL']),
    ...checks.filter(({ postgres }) => !postgres?.notValid).map(checkText),
  ]
  const late = checks.filter(({ postgres }) => postgres?.notValid)
  return [
    ...ensureEnums(enumsIn([columnOf(op.domain)]), op, context),
    statement(parts.join(' ')),
    ...late.map((check) => statement(`ALTER DOMAIN ${qualified(op.domain)} ${addedText(checkText(check), check)}`)),
  ]
}

export function alterDomain({ domain, set, drop, add }: Op<'alterDomain'>, { before }: Context): readonly Piece[] {
  const type = findObject(before, 'domain', domain)?.type ?? { kind: 'raw' as const, sql: '' }
  const value = set.default ?? null
  const actions = [
    ...(set.default === undefined ? [] : [value === null ? 'DROP DEFAULT' : `SET DEFAULT ${defaultText(value, type)}`]),
    ...(set.nullable === undefined ? [] : [`${set.nullable ? 'DROP' : 'SET'} NOT NULL`]),
    ...(drop === null ? [] : [`DROP CONSTRAINT ${quote(drop)}`]),
    ...(add === null ? [] : [addedText(checkText(add), add)]),
  ]
  return actions.map((action) => statement(`ALTER DOMAIN ${qualified(domain)} ${action}`))
}

export function renameDomain({ domain, name }: Op<'renameDomain'>): readonly Piece[] {
  return [statement(`ALTER DOMAIN ${qualified(domain)} RENAME TO ${quote(name)}`)]
}

export function dropDomain({ domain, ifExists }: Op<'dropDomain'>): readonly Piece[] {
  return [statement(`DROP DOMAIN ${ifExists ? 'IF EXISTS ' : ''}${qualified(domain)}`)]
}
