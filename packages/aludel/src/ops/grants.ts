// grant, revoke: what users may do. No engine's catalogue is followed: each undoes the other as it was said.

import { tableTitle } from '../schema/lookup.ts'
import { type ObjectRef, type OpDefinition, objectRef, touches } from './definition.ts'
import type { GrantObject, Op, Privilege } from './operations.ts'
import type { Printer } from './printer.ts'

function refOf({ kind, namespace, name }: GrantObject): ObjectRef {
  if (kind === 'namespace') return { kind, namespace: null, name, part: null }
  return objectRef(kind, { namespace, name })
}

function printedObject(on: GrantObject, printer: Printer): unknown {
  const place = { source: printer.table(on) }
  switch (on.kind) {
    case 'table':
      return place
    case 'sequence':
      return { sequence: place }
    case 'namespace':
      return { namespace: on.name }
    case 'function':
      return { function: place, ...(on.arguments === null ? {} : { arguments: on.arguments }) }
  }
}

function printedPrivileges(privileges: readonly Privilege[]): readonly unknown[] {
  return privileges.map(({ privilege, columns }) => (columns.length === 0 ? privilege : { privilege, columns }))
}

function sentence(verb: string, { privileges, on }: Pick<Op<'grant'>, 'privileges' | 'on'>, word: string): string {
  const what = privileges.map(({ privilege }) => privilege).join(', ')
  return `${verb} ${what} on ${on.kind} ${tableTitle(on)} ${word}`
}

export const grant: OpDefinition<'grant'> = {
  apply: (schema) => schema,
  invert: ({ privileges, on, to, withGrantOption }) => [
    { kind: 'revoke', privileges, on, from: to, grantOption: withGrantOption ? 'also' : null },
  ],
  touches: (op) => touches({ requires: [refOf(op.on)] }),
  describe: (op) => sentence('grant', op, `to ${op.to.join(', ')}`),
  print: ({ privileges, on, to, withGrantOption }, printer) =>
    printer.call('grant', [printer.data(printedPrivileges(privileges))], {
      on: printedObject(on, printer),
      to,
      ...(withGrantOption ? { withGrantOption } : {}),
    }),
}

export const revoke: OpDefinition<'revoke'> = {
  apply: (schema) => schema,
  invert: ({ privileges, on, from, grantOption }) => [
    { kind: 'grant', privileges, on, to: from, withGrantOption: grantOption !== null },
  ],
  touches: (op) => touches({ requires: [refOf(op.on)] }),
  describe: (op) => sentence('revoke', op, `from ${op.from.join(', ')}`),
  print: ({ privileges, on, from, grantOption }, printer) =>
    printer.call('revoke', [printer.data(printedPrivileges(privileges))], {
      on: printedObject(on, printer),
      from,
      ...(grantOption === null ? {} : { grantOption }),
    }),
}
