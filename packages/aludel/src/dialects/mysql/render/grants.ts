// Privileges of users: 'name@host', or a name alone for a role or for a user of every host.

import { AludelError } from '../../../errors.ts'
import type { Op, Privilege } from '../../../ops/operations.ts'
import type { GrantObject } from '../../../schema/object-model.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'
import { type Draft, plain } from './drafts.ts'
import { columnList } from './indexes.ts'
import { tableText } from './refusals.ts'

export function grantDrafts(op: Op<'grant' | 'revoke'>, abilities: Abilities): readonly Draft[] {
  const object = objectText(op.on, abilities)
  if (op.kind === 'grant') {
    const option = op.withGrantOption ? ' WITH GRANT OPTION' : ''
    return [plain(`GRANT ${privilegeList(op.privileges)} ON ${object} TO ${userList(op.to, abilities)}${option}`)]
  }
  // The option belongs to the object here, not to a privilege on it, and stays behind where it is not named.
  const option = op.grantOption === null ? [] : ['GRANT OPTION']
  const what = op.grantOption === 'only' ? option : [privilegeList(op.privileges), ...option]
  return [plain(`REVOKE ${what.join(', ')} ON ${object} FROM ${userList(op.from, abilities)}`)]
}

function privilegeList(privileges: readonly Privilege[]): string {
  return privileges
    .map(({ privilege, columns }) => (columns.length === 0 ? privilege : `${privilege} ${columnList(columns)}`))
    .join(', ')
}

function objectText(on: GrantObject, abilities: Abilities): string {
  switch (on.kind) {
    case 'table':
    case 'sequence':
      return tableText(on, abilities)
    case 'function':
      return `FUNCTION ${tableText(on, abilities)}`
    // In the name of a database, and only here, these two stand for others unless they are escaped.
    case 'type':
      return ''
    case 'namespace':
      return `${quote(on.name.replace(/[_%\\]/g, '\\$&'))}.*`
  }
}

function userList(users: readonly string[], abilities: Abilities): string {
  return users.map((user) => userText(user, abilities)).join(', ')
}

function userText(user: string, { product }: Abilities): string {
  if (user === 'CURRENT_USER') return user
  if (user.toUpperCase() === 'PUBLIC') {
    if (product === 'MariaDB') return 'PUBLIC'
    throw new AludelError('unsupported-on-engine', 'MySQL has no PUBLIC, to whom privileges could be given.', {
      hint: 'Give them to a role, and the role to the users.',
    })
  }
  const at = user.lastIndexOf('@')
  return at === -1 ? quote(user) : `${quote(user.slice(0, at))}@${quote(user.slice(at + 1))}`
}
