// Row security and policies.

import type { Op, PolicyChange } from '../../../ops/operations.ts'
import { enclosed, qualified, quote } from '../literal.ts'
import { alter, type Piece, statement } from './piece.ts'
import { roleList } from './role.ts'

// Both halves are said each time, so that the table ends as the operation says, whatever it was before.
export function enableRowSecurity({ table, force }: Op<'enableRowSecurity'>): readonly Piece[] {
  return [alter(table, 'ENABLE ROW LEVEL SECURITY', `${force ? '' : 'NO '}FORCE ROW LEVEL SECURITY`)]
}

export function disableRowSecurity({ table }: Op<'disableRowSecurity'>): readonly Piece[] {
  return [alter(table, 'DISABLE ROW LEVEL SECURITY', 'NO FORCE ROW LEVEL SECURITY')]
}

export function createPolicy({ policy }: Op<'createPolicy'>): readonly Piece[] {
  const { name, table, command, permissive, to, using, check } = policy
  const parts = [
    `CREATE POLICY ${quote(name)} ON ${qualified(table)}`,
    ...(permissive ? [] : ['AS RESTRICTIVE']),
    ...(command === 'all' ? [] : [`FOR ${command.toUpperCase()}`]),
    ...clauses({ ...(to.length === 0 ? {} : { to }), using, check }),
  ]
  return [statement(parts.join(' '))]
}

export function alterPolicy({ table, name, set }: Op<'alterPolicy'>): readonly Piece[] {
  const parts = clauses(set)
  if (parts.length === 0) return []
  return [statement(`ALTER POLICY ${quote(name)} ON ${qualified(table)} ${parts.join(' ')}`)]
}

function clauses({ to, using, check }: PolicyChange): readonly string[] {
  return [
    ...(to === undefined ? [] : [`TO ${to.length === 0 ? 'PUBLIC' : roleList(to)}`]),
    ...(using == null ? [] : [`USING ${enclosed(using)}`]),
    ...(check == null ? [] : [`WITH CHECK ${enclosed(check)}`]),
  ]
}

export function renamePolicy({ table, policy, name }: Op<'renamePolicy'>): readonly Piece[] {
  return [statement(`ALTER POLICY ${quote(policy)} ON ${qualified(table)} RENAME TO ${quote(name)}`)]
}

export function dropPolicy({ table, name, ifExists }: Op<'dropPolicy'>): readonly Piece[] {
  return [statement(`DROP POLICY ${ifExists ? 'IF EXISTS ' : ''}${quote(name)} ON ${qualified(table)}`)]
}
