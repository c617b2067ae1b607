// The calls for row security and policies.

import { AludelError } from '../errors.ts'
import { tableName } from '../schema/keys.ts'
import type { PolicyCommand } from '../schema/object-model.ts'
import { asSql } from '../schema/sql.ts'
import type { PolicyChange } from './operations.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { AlterPolicyGiven } from './surface-options.ts'

type SecurityCall = 'enableRowSecurity' | 'disableRowSecurity'
type PolicyCall = 'createPolicy' | 'alterPolicy' | 'renamePolicy' | 'dropPolicy'

export function policyCalls({ keep }: Calls): Pick<Operations, SecurityCall | PolicyCall> {
  return {
    enableRowSecurity: (at, options) =>
      keep({ kind: 'enableRowSecurity', table: tableName(at), force: options?.force ?? false }),
    disableRowSecurity: (at) => keep({ kind: 'disableRowSecurity', table: tableName(at) }),
    createPolicy: (name, at, { command = 'all', permissive = true, ...given } = {}) => {
      const table = tableName(at)
      const own = { name, table, command: checkedCommand(command, name), permissive }
      const rest = { to: [], using: null, check: null, ...changeOf(name, given) }
      keep({ kind: 'createPolicy', policy: { kind: 'policy', namespace: table.namespace, ...own, ...rest } })
    },
    alterPolicy: (name, at, given) => {
      const set = changeOf(name, given)
      if (Object.keys(set).length > 0) keep({ kind: 'alterPolicy', table: tableName(at), name, set })
    },
    renamePolicy: (policy, at, name) => keep({ kind: 'renamePolicy', table: tableName(at), policy, name }),
    dropPolicy: (name, at, options) =>
      keep({ kind: 'dropPolicy', table: tableName(at), name, ifExists: options?.ifExists ?? false }),
  }
}

const commands: readonly PolicyCommand[] = ['all', 'select', 'insert', 'update', 'delete']

// The command is a word of the statement, so nothing else may stand in its place.
function checkedCommand(command: PolicyCommand, policy: string): PolicyCommand {
  if (commands.includes(command)) return command
  throw new AludelError('invalid-parameter', `The policy "${policy}" is for "${String(command)}".`, {
    hint: `A policy is for one of ${commands.join(', ')}.`,
  })
}

const keys = ['to', 'using', 'check']

function changeOf(policy: string, given: AlterPolicyGiven): PolicyChange {
  const unknown = Object.keys(given).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    throw new AludelError('unknown-option', `The policy "${policy}" is given "${unknown}", which it does not know.`, {
      hint: `It takes ${keys.join(', ')}; createPolicy takes also command and permissive.`,
    })
  }
  const { to, using, check } = given
  return {
    ...(to === undefined ? {} : { to: [...to] }),
    ...(using === undefined ? {} : { using: asSql(using) }),
    ...(check === undefined ? {} : { check: asSql(check) }),
  }
}
