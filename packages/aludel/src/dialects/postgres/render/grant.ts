// Privileges of roles.

import type { Op, Privilege } from '../../../ops/operations.ts'
import type { GrantObject } from '../../../schema/object-model.ts'
import { qualified, quote, quoteAll } from '../literal.ts'
import { type Piece, statement } from './piece.ts'
import { roleList } from './role.ts'

export function grant({ privileges, on, to, withGrantOption }: Op<'grant'>): readonly Piece[] {
  const option = withGrantOption ? ' WITH GRANT OPTION' : ''
  return [statement(`GRANT ${privilegeList(privileges)} ON ${objectText(on)} TO ${roleList(to)}${option}`)]
}

// The option goes with its privilege, so it needs no word of its own where both go.
export function revoke({ privileges, on, from, grantOption }: Op<'revoke'>): readonly Piece[] {
  const option = grantOption === 'only' ? 'GRANT OPTION FOR ' : ''
  return [statement(`REVOKE ${option}${privilegeList(privileges)} ON ${objectText(on)} FROM ${roleList(from)}`)]
}

function privilegeList(privileges: readonly Privilege[]): string {
  return privileges
    .map(({ privilege, columns }) => (columns.length === 0 ? privilege : `${privilege} (${quoteAll(columns)})`))
    .join(', ')
}

function objectText(on: GrantObject): string {
  switch (on.kind) {
    case 'table':
      return `TABLE ${qualified(on)}`
    case 'sequence':
      return `SEQUENCE ${qualified(on)}`
    case 'type':
      return `TYPE ${qualified(on)}`
    case 'namespace':
      return `SCHEMA ${quote(on.name)}`
    case 'function':
      return `ROUTINE ${qualified(on)}${on.arguments === null ? '' : `(${on.arguments})`}`
  }
}
