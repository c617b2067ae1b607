// Composite types, what is known by its whole text, and what is said of objects.

import { AludelError } from '../../../errors.ts'
import { refTitle } from '../../../ops/comments.ts'
import type { Op } from '../../../ops/operations.ts'
import type { Attribute } from '../../../schema/object-model.ts'
import type { ObjectRef } from '../../../schema/object-ref.ts'
import { literal, qualified, quote } from '../literal.ts'
import { typeText } from '../types.ts'
import { plainText } from './objects.ts'
import { type Piece, statement } from './piece.ts'

function attributeText({ name, type, collation }: Attribute): string {
  return `${quote(name)} ${typeText(type)}${collation === null ? '' : ` COLLATE ${quote(collation)}`}`
}

export function createCompositeType({ type }: Op<'createCompositeType'>): readonly Piece[] {
  return [statement(`CREATE TYPE ${qualified(type)} AS (${type.attributes.map(attributeText).join(', ')})`)]
}

export function alterCompositeType({ type, drop, alter, add }: Op<'alterCompositeType'>): readonly Piece[] {
  const actions = [
    ...drop.map((name) => `DROP ATTRIBUTE ${quote(name)}`),
    ...alter.map(({ name, type: own, collation }) => {
      const ending = collation === null ? '' : ` COLLATE ${quote(collation)}`
      return `ALTER ATTRIBUTE ${quote(name)} SET DATA TYPE ${typeText(own)}${ending}`
    }),
    ...add.map((attribute) => `ADD ATTRIBUTE ${attributeText(attribute)}`),
  ]
  return actions.length === 0 ? [] : [statement(`ALTER TYPE ${qualified(type)} ${actions.join(', ')}`)]
}

export function dropCompositeType({ type, ifExists }: Op<'dropCompositeType'>): readonly Piece[] {
  return [statement(`DROP TYPE ${ifExists ? 'IF EXISTS ' : ''}${qualified(type)}`)]
}

export function createObject({ object }: Op<'createObject'>): readonly Piece[] {
  return [statement(plainText('createObject', object.text))]
}

export function dropObject({ type, object, of, ifExists }: Op<'dropObject'>): readonly Piece[] {
  const drop = `DROP ${type.toUpperCase()} ${ifExists ? 'IF EXISTS ' : ''}`
  if (of !== null) return [statement(`${drop}${quote(object.name)} ON ${qualified(of)}`)]
  return [statement(`${drop}${qualified(object)}`)]
}

export function comment({ on, comment: text }: Op<'comment'>): readonly Piece[] {
  return [statement(`COMMENT ON ${targetText(on)} IS ${text === null ? 'NULL' : literal(text)}`)]
}

const words: Partial<Record<ObjectRef['kind'], string>> = {
  table: 'TABLE',
  view: 'VIEW',
  materializedView: 'MATERIALIZED VIEW',
  sequence: 'SEQUENCE',
  domain: 'DOMAIN',
  enum: 'TYPE',
  compositeType: 'TYPE',
  namespace: 'SCHEMA',
  extension: 'EXTENSION',
  constraint: 'CONSTRAINT',
  trigger: 'TRIGGER',
  policy: 'POLICY',
}

function targetText(on: ObjectRef): string {
  const { kind, namespace, name, part } = on
  const place = qualified({ namespace, name })
  if (kind === 'function') return `ROUTINE ${place}${part === null ? '' : `(${part})`}`
  // An index has a name of its own in the namespace of its table.
  if (kind === 'index') return `INDEX ${qualified({ namespace, name: part ?? name })}`
  if (kind === 'column') return `COLUMN ${place}.${quote(part ?? '')}`
  if (kind === 'object' && part !== null) {
    const [type = '', own] = part.split(' ON ')
    return own === undefined ? `${type.toUpperCase()} ${place}` : `${type.toUpperCase()} ${quote(own)} ON ${place}`
  }
  const word = words[kind]
  if (word === undefined) {
    throw new AludelError('unsupported-on-engine', `PostgreSQL keeps no comment of ${refTitle(on)}.`)
  }
  return part === null ? `${word} ${place}` : `${word} ${quote(part)} ON ${place}`
}
