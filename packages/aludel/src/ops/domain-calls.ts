// The calls for domains.

import { AludelError } from '../errors.ts'
import { type AnyColumn, toDefault } from '../schema/column.ts'
import { checkModel, tableName } from '../schema/keys.ts'
import type { Check, TableName } from '../schema/model.ts'
import { shortName } from '../schema/naming.ts'
import { asSql } from '../schema/sql.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { AlterDomainGiven } from './surface-options.ts'

type DomainCall = 'createDomain' | 'alterDomain' | 'renameDomain' | 'dropDomain'

export function domainCalls({ naming, keep }: Calls): Pick<Operations, DomainCall> {
  const checked = ({ name }: TableName, given: NonNullable<AlterDomainGiven['addCheck']>): Check =>
    checkModel(name, { name: given.name ?? null, condition: asSql(given.check), final: true, options: {} }, naming)
  return {
    createDomain: (at, given, { check, collation, constraintName } = {}) => {
      const domain = tableName(at)
      const { type, nullable, default: value, collation: own } = typeOf(domain, given)
      const checks = check === undefined ? [] : [checked(domain, { name: constraintName ?? null, check })]
      const place = { kind: 'domain' as const, ...domain, type, nullable, default: value }
      keep({ kind: 'createDomain', domain: { ...place, collation: collation ?? own, checks } })
    },
    alterDomain: (at, given) => {
      requireChange(given)
      const domain = tableName(at)
      const { default: value, nullable, addCheck, dropCheck } = given
      const set = {
        ...('default' in given ? { default: toDefault(value, null) } : {}),
        ...(nullable === undefined ? {} : { nullable }),
      }
      const add = addCheck === undefined ? null : checked(domain, addCheck)
      const drop = dropCheck === undefined ? null : shortName(dropCheck)
      keep({ kind: 'alterDomain', domain, set, drop, add })
    },
    renameDomain: (at, name) => keep({ kind: 'renameDomain', domain: tableName(at), name }),
    dropDomain: (at, options) =>
      keep({ kind: 'dropDomain', domain: tableName(at), ifExists: options?.ifExists ?? false }),
  }
}

const changes = ['default', 'nullable', 'addCheck', 'dropCheck']

function requireChange(given: AlterDomainGiven): void {
  const unknown = Object.keys(given).find((key) => !changes.includes(key))
  if (unknown === undefined) return
  throw new AludelError('unknown-option', `alterDomain is given "${unknown}", which it does not know.`, {
    hint: `It takes ${changes.join(', ')}.`,
  })
}

/** Keys, numbers and comments are a column's, not a type's. */
function typeOf({ name }: TableName, { spec }: AnyColumn): AnyColumn['spec']['column'] {
  const { column, primaryKey, unique, references } = spec
  const more = [column.identity, column.generated, column.comment, primaryKey, unique, references]
  if (more.every((one) => one === null)) return column
  throw new AludelError(
    'misplaced-option',
    `The type that createDomain gives "${name}" says more than a domain holds.`,
    {
      hint: 'A domain has a type, notNull(), default(...), a collation and checks; the rest is said of its columns.',
    },
  )
}
