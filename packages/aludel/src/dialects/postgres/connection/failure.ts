// Why a connection did not come about, with what to do next.

import { AludelError } from '../../../errors.ts'
import type { EngineErrorKind } from '../../dialect.ts'
import { maskUrl } from '../../mask.ts'
import { explain } from '../explain.ts'
import type { Address } from './address.ts'

export function connectFailure(error: unknown, address: Address): AludelError {
  if (error instanceof AludelError) return error
  const { kind, message, code } = explain(error)
  const { sentence, hint } = (reasons[kind] ?? unreachable)(address, reasonOf(error, message))
  return new AludelError(codes[kind] ?? 'unreachable', `${sentence} (${address.shown})`, { hint, details: { code } })
}

interface Reason {
  readonly sentence: string
  readonly hint: string
}

const codes: Readonly<Partial<Record<EngineErrorKind, string>>> = {
  authentication: 'authentication',
  'unknown-database': 'unknown-database',
  permission: 'authentication',
}

const reasons: Readonly<Partial<Record<EngineErrorKind, (address: Address, reason: string) => Reason>>> = {
  authentication: ({ user }, reason) => ({
    sentence: `PostgreSQL did not let ${user === null ? 'the user' : `the user "${user}"`} in: ${reason}.`,
    hint: 'Check the user name and the password in the address; special characters are written %40, %2F, ...',
  }),
  permission: ({ user }, reason) => ({
    sentence: `The user ${user === null ? '' : `"${user}" `}may not connect: ${reason}.`,
    hint: 'Ask the owner of the database for the right to connect.',
  }),
  'unknown-database': ({ database, user, host, port }) => ({
    sentence: `The server has no database "${database ?? user ?? ''}".`,
    hint: `createdb -h ${host} -p ${port}${user === null ? '' : ` -U ${user}`} ${database ?? user ?? ''}`,
  }),
}

function unreachable({ host, port }: Address, reason: string): Reason {
  return {
    sentence: `The PostgreSQL server at ${host}:${port} cannot be reached: ${reason}.`,
    hint: 'Check that it runs and that the host and the port in the address are right.',
  }
}

// Node gives one error for all the addresses of a host, with no text of its own.
function reasonOf(error: unknown, message: string): string {
  const first =
    error instanceof AggregateError ? (error.errors[0] as { readonly message?: string } | undefined) : undefined
  return maskUrl(message || first?.message || 'no reason was given').replace(/\.$/, '')
}
