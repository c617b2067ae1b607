// createDomain, alterDomain, renameDomain, dropDomain: a type with a default and checks of its own.

import { enumsIn, findEnum, tableTitle } from '../schema/lookup.ts'
import { type Check, type Column, type EnumType, plainColumn, type Schema, type TableName } from '../schema/model.ts'
import type { Domain } from '../schema/object-model.ts'
import { findObject, replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { enumRef, type OpDefinition, objectRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

/** The domain as a column that has everything of it but the checks. */
export function columnOf({ type, nullable, default: value, collation }: Domain): Column {
  return { ...plainColumn('', type), nullable, default: value, collation }
}

function nameOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

/** The enumeration that comes with the domain, where it is not there. */
function enumsAdded(domain: Domain, before: Schema): readonly EnumType[] {
  return enumsIn([columnOf(domain)]).filter((type) => findEnum(before, type) === null)
}

function adding({ namespace, name }: TableName, check: Check): Op<'alterDomain'> {
  return { kind: 'alterDomain', domain: { namespace, name }, set: {}, drop: null, add: check }
}

/** What makes the domain: a call takes one check, so each other one is added. */
function creations(domain: Domain): readonly Op[] {
  const [first, ...others] = domain.checks
  const created = { ...domain, checks: first === undefined ? [] : [first] }
  return [{ kind: 'createDomain', domain: created }, ...others.map((check) => adding(domain, check))]
}

export const createDomain: OpDefinition<'createDomain'> = {
  apply(schema, { domain }) {
    if (findObject(schema, 'domain', domain) !== null) return schema
    return withObject({ ...schema, enums: [...schema.enums, ...enumsAdded(domain, schema)] }, domain)
  },
  invert: ({ domain }, before) => [
    { kind: 'dropDomain', domain: nameOf(domain), ifExists: false },
    ...enumsAdded(domain, before).map((type): Op => ({ kind: 'dropEnum', enumeration: nameOf(type) })),
  ],
  touches: ({ domain }) =>
    touches({ requires: enumsIn([columnOf(domain)]).map(enumRef), provides: [objectRef('domain', domain)] }),
  describe: (op) => `create domain ${tableTitle(op.domain)}`,
  print: ({ domain }, printer) => {
    const [check] = domain.checks
    return printer.call(
      'createDomain',
      [printer.table(domain), printer.column(columnOf(domain))],
      check === undefined ? {} : { check: { source: printer.sql(check.condition) }, constraintName: check.name },
    )
  },
}

export const alterDomain: OpDefinition<'alterDomain'> = {
  apply(schema, { domain: at, set, drop, add }) {
    const domain = findObject(schema, 'domain', at)
    if (domain === null) return schema
    const left = domain.checks.filter((check) => drop === null || check.name !== drop)
    return replaceObject(schema, domain, { ...domain, ...set, checks: add === null ? left : [...left, add] })
  },
  invert(op, before) {
    const { domain: at, set, drop, add } = op
    const domain = findObject(before, 'domain', at)
    if (domain === null && (drop !== null || Object.keys(set).length > 0)) {
      return { irreversible: `What domain ${tableTitle(at)} was like before is not known here.` }
    }
    const was = Object.keys(set).map((key) => [key, domain?.[key as keyof typeof set]])
    const dropped = domain?.checks.find((check) => drop !== null && check.name === drop) ?? null
    return [{ ...op, set: Object.fromEntries(was), drop: add?.name ?? null, add: dropped }]
  },
  touches: (op) => touches({ requires: [objectRef('domain', op.domain)] }),
  describe: (op) => `change domain ${tableTitle(op.domain)}`,
  print: ({ domain, set, drop, add }, printer) => {
    const { default: value, ...rest } = set
    const change = {
      ...(value === undefined ? {} : { default: value === null ? null : { source: printer.default(value) } }),
      ...rest,
      ...(drop === null ? {} : { dropCheck: drop }),
      ...(add === null ? {} : { addCheck: { name: add.name, check: { source: printer.sql(add.condition) } } }),
    }
    return printer.call('alterDomain', [printer.table(domain), printer.data(change)])
  },
}

export const renameDomain: OpDefinition<'renameDomain'> = {
  apply(schema, op) {
    const domain = findObject(schema, 'domain', op.domain)
    return domain === null ? schema : replaceObject(schema, domain, { ...domain, name: op.name })
  },
  invert: ({ domain: { namespace, name }, name: to }) => [
    { kind: 'renameDomain', domain: { namespace, name: to }, name },
  ],
  touches: ({ domain, name }) =>
    touches({
      requires: [objectRef('domain', domain)],
      provides: [objectRef('domain', { namespace: domain.namespace, name })],
      removes: [objectRef('domain', domain)],
    }),
  describe: (op) => `rename domain ${tableTitle(op.domain)} to "${op.name}"`,
  print: (op, printer) => printer.call('renameDomain', [printer.table(op.domain), printer.text(op.name)]),
}

export const dropDomain: OpDefinition<'dropDomain'> = {
  apply: (schema, op) => withoutObjects(schema, [findObject(schema, 'domain', op.domain)]),
  invert(op, before) {
    const domain = findObject(before, 'domain', op.domain)
    if (domain !== null) return creations(domain)
    if (op.ifExists) return []
    return { irreversible: `What domain ${tableTitle(op.domain)} was like is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [] : [objectRef('domain', op.domain)],
      removes: [objectRef('domain', op.domain)],
    }),
  describe: (op) => `drop domain ${tableTitle(op.domain)}`,
  print: (op, printer) => printer.call('dropDomain', [printer.table(op.domain)], op.ifExists ? { ifExists: true } : {}),
}
