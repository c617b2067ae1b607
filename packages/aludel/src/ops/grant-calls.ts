// The calls that give and take privileges.

import { AludelError } from '../errors.ts'
import { tableName } from '../schema/keys.ts'
import type { GrantObject } from '../schema/object-model.ts'
import type { Privilege } from './operations.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { GrantTarget, PrivilegeGiven } from './surface-options.ts'

export function grantCalls({ keep }: Calls): Pick<Operations, 'grant' | 'revoke'> {
  return {
    grant: (privileges, { on, to, withGrantOption = false }) =>
      keep({ kind: 'grant', ...given(privileges, on, to), to: [...to], withGrantOption }),
    revoke: (privileges, { on, from, grantOption = null }) =>
      keep({ kind: 'revoke', ...given(privileges, on, from), from: [...from], grantOption }),
  }
}

function given(privileges: readonly PrivilegeGiven[], on: GrantTarget, users: readonly string[]) {
  if (privileges.length === 0) throw nobody('Which privileges are meant is not said.')
  if (users.length === 0) throw nobody('To whom the privileges belong is not said.')
  return { privileges: privileges.map(privilegeOf), on: objectOf(on) }
}

function nobody(sentence: string): AludelError {
  return new AludelError('invalid-parameter', sentence, {
    hint: "Say both: op.grant(['SELECT'], { on: 'user', to: ['reader'] }).",
  })
}

function privilegeOf(one: PrivilegeGiven): Privilege {
  const { privilege, columns } = typeof one === 'string' ? { privilege: one, columns: [] } : one
  return { privilege: checkedPrivilege(privilege), columns: [...columns] }
}

/** What PostgreSQL, MariaDB or MySQL knows; which of them an object can have is for the engine to say. */
const known: readonly string[] = [
  ...['ALL', 'ALTER', 'ALTER ROUTINE', 'CONNECT', 'CREATE', 'CREATE ROUTINE', 'CREATE TEMPORARY TABLES', 'CREATE VIEW'],
  ...['DELETE', 'DELETE HISTORY', 'DROP', 'EVENT', 'EXECUTE', 'INDEX', 'INSERT', 'LOCK TABLES', 'MAINTAIN'],
  ...['REFERENCES', 'SELECT', 'SHOW VIEW', 'TEMPORARY', 'TRIGGER', 'TRUNCATE', 'UPDATE', 'USAGE'],
]

// A privilege is a word of the statement, so nothing else may stand in its place.
function checkedPrivilege(privilege: string): string {
  const word = privilege.toUpperCase().replace(/ PRIVILEGES$/, '')
  if (known.includes(word)) return word
  throw new AludelError('unknown-privilege', `There is no privilege "${privilege}".`, {
    hint: `Privileges are ${known.join(', ')}; columns go beside one: { privilege: 'SELECT', columns: ['id'] }.`,
    details: { privilege },
  })
}

function objectOf(on: GrantTarget): GrantObject {
  if (typeof on === 'string' || 'name' in on) return { kind: 'table', ...tableName(on), arguments: null }
  if ('sequence' in on) return { kind: 'sequence', ...tableName(on.sequence), arguments: null }
  if ('function' in on) return { kind: 'function', ...tableName(on.function), arguments: on.arguments ?? null }
  if ('type' in on) return { kind: 'type', ...tableName(on.type), arguments: null }
  return { kind: 'namespace', namespace: null, name: on.namespace, arguments: null }
}
