// createPolicy, alterPolicy, renamePolicy, dropPolicy: which rows of a table are there for whom.

import { sameName, tableTitle } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { Policy } from '../schema/object-model.ts'
import { replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type ObjectRef, type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op, PolicyChange } from './operations.ts'
import type { Printer } from './printer.ts'

function findPolicy(schema: Schema, table: TableName, name: string): Policy | null {
  const found = schema.objects.find(
    (object) => object.kind === 'policy' && object.name === name && sameName(object.table, table),
  )
  return found?.kind === 'policy' ? found : null
}

function policyRef({ namespace, name }: TableName, policy: string): ObjectRef {
  return { kind: 'policy', namespace, name, part: policy }
}

function dropping({ table, name }: Policy): Op<'dropPolicy'> {
  return { kind: 'dropPolicy', table, name, ifExists: false }
}

function changeOptions({ to, using, check }: PolicyChange, printer: Printer): Readonly<Record<string, unknown>> {
  return {
    ...(to === undefined ? {} : { to }),
    ...(using == null ? {} : { using: { source: printer.sql(using) } }),
    ...(check == null ? {} : { check: { source: printer.sql(check) } }),
  }
}

function title(op: { readonly table: TableName; readonly name: string }): string {
  return `policy "${op.name}" on ${tableTitle(op.table)}`
}

export const createPolicy: OpDefinition<'createPolicy'> = {
  apply: (schema, { policy }) =>
    findPolicy(schema, policy.table, policy.name) === null ? withObject(schema, policy) : schema,
  invert: ({ policy }) => [dropping(policy)],
  touches: ({ policy: { table, name } }) =>
    touches({ requires: [tableRef(table)], provides: [policyRef(table, name)] }),
  describe: (op) => `create ${title(op.policy)}`,
  print({ policy }, printer) {
    const { name, table, command, permissive, to, using, check } = policy
    return printer.call('createPolicy', [printer.text(name), printer.table(table)], {
      ...(command === 'all' ? {} : { command }),
      ...(permissive ? {} : { permissive }),
      ...changeOptions({ ...(to.length === 0 ? {} : { to }), using, check }, printer),
    })
  },
}

export const alterPolicy: OpDefinition<'alterPolicy'> = {
  apply(schema, { table, name, set }) {
    const policy = findPolicy(schema, table, name)
    return policy === null ? schema : replaceObject(schema, policy, { ...policy, ...set })
  },
  invert(op, before) {
    const policy = findPolicy(before, op.table, op.name)
    if (policy === null) return { irreversible: `What ${title(op)} was like before is not known here.` }
    const was = Object.keys(op.set).map((key) => [key, policy[key as keyof PolicyChange]] as const)
    // ALTER POLICY gives a policy another condition, but cannot take one away.
    if (was.some(([, value]) => value === null)) return [dropping(policy), { kind: 'createPolicy', policy }]
    return [{ ...op, set: Object.fromEntries(was) }]
  },
  touches: (op) => touches({ requires: [tableRef(op.table), policyRef(op.table, op.name)] }),
  describe: (op) => `change ${title(op)}`,
  print: ({ table, name, set }, printer) =>
    printer.call('alterPolicy', [printer.text(name), printer.table(table), printer.data(changeOptions(set, printer))]),
}

export const renamePolicy: OpDefinition<'renamePolicy'> = {
  apply(schema, { table, policy: from, name }) {
    const policy = findPolicy(schema, table, from)
    return policy === null ? schema : replaceObject(schema, policy, { ...policy, name })
  },
  invert: (op) => [{ ...op, policy: op.name, name: op.policy }],
  touches: ({ table, policy, name }) =>
    touches({
      requires: [tableRef(table), policyRef(table, policy)],
      provides: [policyRef(table, name)],
      removes: [policyRef(table, policy)],
    }),
  describe: ({ table, policy, name }) => `rename ${title({ table, name: policy })} to "${name}"`,
  print: ({ table, policy, name }, printer) =>
    printer.call('renamePolicy', [printer.text(policy), printer.table(table), printer.text(name)]),
}

export const dropPolicy: OpDefinition<'dropPolicy'> = {
  apply: (schema, op) => withoutObjects(schema, [findPolicy(schema, op.table, op.name)]),
  invert(op, before) {
    const policy = findPolicy(before, op.table, op.name)
    if (policy !== null) return [{ kind: 'createPolicy', policy }]
    if (op.ifExists) return []
    return { irreversible: `What ${title(op)} was like is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [tableRef(op.table)] : [tableRef(op.table), policyRef(op.table, op.name)],
      removes: [policyRef(op.table, op.name)],
    }),
  describe: (op) => `drop ${title(op)}`,
  print: (op, printer) =>
    printer.call('dropPolicy', [printer.text(op.name), printer.table(op.table)], op.ifExists ? { ifExists: true } : {}),
}
