// Types of columns as a statement names them.

import type { TypeName } from 'libpg-query'
import { findEnum } from '../../../schema/lookup.ts'
import type { ColumnType, Schema } from '../../../schema/model.ts'
import { findObject } from '../../../schema/objects.ts'
import { parseType, serialKind } from '../types.ts'
import { namespaceOf, textsOf } from './names.ts'
import { known, unclear, without } from './source.ts'

/** Types that every server has, by the names that the grammar leaves in a text or puts in their place. */
const ownTypes = new Set(
  `int2 int4 int8 float4 float8 numeric bool text varchar bpchar bit varbit date time timetz timestamp timestamptz interval
  json jsonb jsonpath uuid bytea xml money inet cidr macaddr macaddr8 tsvector tsquery point line lseg box path polygon circle
  oid regclass regtype regproc regprocedure regoper regrole regnamespace name pg_lsn int4range int8range numrange tsrange tstzrange daterange
  int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange`.split(/\s+/),
)
const plain = /^[a-z_][a-z0-9_]*$/

export interface GivenType {
  readonly type: ColumnType
  /** True where the name stands for a type and a sequence that fills the column. */
  readonly serial: boolean
}

export function givenType(given: TypeName | undefined, before: Schema): GivenType {
  const name = known(given)
  without(name.setof, name.pct_type)
  const path = textsOf(name.names)
  const isArray = (name.arrayBounds?.length ?? 0) > 0
  const serial = path.length === 1 && !isArray ? serialKind({ kind: 'raw', sql: path[0] ?? '' }) : null
  if (serial !== null) return { type: { kind: serial }, serial: true }
  return {
    type: isOwn(path) ? ownType(path.at(-1) ?? '', name, isArray) : madeType(path, name, isArray, before),
    serial: false,
  }
}

export function columnType(given: TypeName | undefined, before: Schema): ColumnType {
  const { type, serial } = givenType(given, before)
  return serial ? unclear() : type
}

function isOwn(path: readonly string[]): boolean {
  const name = path.at(-1) ?? ''
  return ownTypes.has(name) && (path.length === 1 || (path.length === 2 && path[0] === 'pg_catalog'))
}

function ownType(name: string, { names, typmods }: TypeName, isArray: boolean): ColumnType {
  const modifiers = modifiersOf(typmods)
  // The type without a length is another one than `char`, for which the grammar writes a length of one.
  if (name === 'bpchar' && (modifiers.length !== 1 || names?.length !== 2)) unclear()
  if (name === 'interval' && modifiers.length > 0) return interval(modifiers, isArray)
  const spelled = name === 'bpchar' ? 'character' : name
  const text = modifiers.length === 0 ? spelled : `${spelled}(${modifiers.join(',')})`
  return parseType(isArray ? `${text}[]` : text)
}

// The first number says which fields the type is bound to; this one, that it is bound to none.
const everyField = 0x7fff

function interval(modifiers: readonly number[], isArray: boolean): ColumnType {
  if (modifiers.length !== 2 || modifiers[0] !== everyField) unclear()
  return parseType(`interval(${modifiers[1]})${isArray ? '[]' : ''}`)
}

function modifiersOf(nodes: TypeName['typmods']): readonly number[] {
  return (nodes ?? []).map((node) =>
    'A_Const' in node && node.A_Const.ival !== undefined ? (node.A_Const.ival.ival ?? 0) : unclear(),
  )
}

/** An enumeration, a domain or an extension's type. Of any other it is not known what it is, or whether it is there. */
function madeType(path: readonly string[], { typmods }: TypeName, isArray: boolean, before: Schema): ColumnType {
  if (path.length > 2) unclear()
  const at = { namespace: namespaceOf(path.at(-2)), name: known(path.at(-1)) }
  const enumeration = findEnum(before, at)
  if (enumeration !== null && !isArray) return { kind: 'enumeration', ...enumeration }
  const hasExtension = before.objects.some(({ kind }) => kind === 'extension')
  if (enumeration === null && findObject(before, 'domain', at) === null && !hasExtension) unclear()
  const modifiers = modifiersOf(typmods)
  const steps = [...(at.namespace === null ? [] : [at.namespace]), at.name]
  if (!steps.every((step) => plain.test(step))) unclear()
  const text = `${steps.join('.')}${modifiers.length === 0 ? '' : `(${modifiers.join(',')})`}`
  return parseType(isArray ? `${text}[]` : text)
}
