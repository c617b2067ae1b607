// Extensions: made in a namespace and of a version where these are said, else as the server has it.

import type { Op } from '../../../ops/operations.ts'
import { literal, quote } from '../literal.ts'
import { type Piece, statement } from './piece.ts'

export function createExtension({ extension, ifNotExists }: Op<'createExtension'>): readonly Piece[] {
  const { name, namespace, version } = extension
  const place = namespace === null ? '' : ` SCHEMA ${quote(namespace)}`
  const which = version === null ? '' : ` VERSION ${literal(version)}`
  return [statement(`CREATE EXTENSION ${ifNotExists ? 'IF NOT EXISTS ' : ''}${quote(name)}${place}${which}`)]
}

export function dropExtension({ name, ifExists }: Op<'dropExtension'>): readonly Piece[] {
  return [statement(`DROP EXTENSION ${ifExists ? 'IF EXISTS ' : ''}${quote(name)}`)]
}
