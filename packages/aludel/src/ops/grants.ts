// grant, revoke: what users may do. Of what is not known each undoes the other as it was said.

import { canonicalJson, sameData } from '../schema/canonical.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'
import type { GrantObject, PrivilegeGranted, SchemaObject } from '../schema/object-model.ts'
import { type ObjectRef, type OpDefinition, objectRef, touches } from './definition.ts'
import type { Op, Privilege } from './operations.ts'
import type { Printer } from './printer.ts'
import { findWithheld, isUsual, takesUsual, withheldFrom } from './usual-rights.ts'

function refOf({ kind, namespace, name }: GrantObject): ObjectRef {
  if (kind === 'namespace') return { kind, namespace: null, name, part: null }
  return objectRef(kind === 'type' ? 'enum' : kind, { namespace, name })
}

/** What a privilege is for; a column where it is for one. */
export function privilegeTarget({ on, column }: PrivilegeGranted): ObjectRef {
  const ref = refOf(on)
  if (column !== null) return { ...ref, kind: 'column', part: column }
  return on.kind === 'function' ? { ...ref, part: on.arguments } : ref
}

function granted({ privileges, on, to, withGrantOption }: Op<'grant'>): readonly PrivilegeGranted[] {
  const { namespace, name } = on
  const all = to.flatMap((user) =>
    privileges.flatMap(({ privilege, columns }) =>
      (columns.length === 0 ? [null] : columns).map((column): PrivilegeGranted => {
        const given = { to: user, privilege, column, grantOption: withGrantOption, withheld: false }
        return { kind: 'privilege', namespace, name, on, ...given }
      }),
    ),
  )
  // What is said twice is given once.
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at)
}

function isSame(a: PrivilegeGranted, b: PrivilegeGranted): boolean {
  return a.to === b.to && a.privilege === b.privilege && a.column === b.column && sameData(a.on, b.on)
}

function known(schema: Schema): readonly PrivilegeGranted[] {
  return schema.objects.filter((one): one is PrivilegeGranted => one.kind === 'privilege')
}

/** What a revocation takes away of what is there: all of an object where it says so. */
function revoked(schema: Schema, { privileges, on, from }: Op<'revoke'>): readonly PrivilegeGranted[] {
  return known(schema).filter(
    (one) =>
      !one.withheld &&
      from.includes(one.to) &&
      sameData(one.on, on) &&
      privileges.some(({ privilege, columns }) => {
        const isMeant = privilege === 'ALL' || privilege === one.privilege
        return isMeant && (columns.length === 0 || (one.column !== null && columns.includes(one.column)))
      }),
  )
}

/** Single privileges as few calls: one for each object, user and option. What was withheld is taken. */
export function regrants(list: readonly PrivilegeGranted[]): readonly Op<'grant' | 'revoke'>[] {
  return [...takings(list.filter(({ withheld }) => withheld)), ...givings(list.filter(({ withheld }) => !withheld))]
}

/** What takes single privileges; what was withheld is given. */
export function revocations(list: readonly PrivilegeGranted[]): readonly Op<'grant' | 'revoke'>[] {
  return [...takings(list.filter(({ withheld }) => !withheld)), ...givings(list.filter(({ withheld }) => withheld))]
}

function givings(list: readonly PrivilegeGranted[]): readonly Op<'grant'>[] {
  return together(list).map(({ privileges, on, to, grantOption }) => {
    return { kind: 'grant', privileges, on, to: [to], withGrantOption: grantOption }
  })
}

export function takings(list: readonly PrivilegeGranted[]): readonly Op<'revoke'>[] {
  return together(list.map((one) => ({ ...one, grantOption: false }))).map(({ privileges, on, to }) => {
    return { kind: 'revoke', privileges, on, from: [to], grantOption: null }
  })
}

interface Together extends Pick<PrivilegeGranted, 'on' | 'to' | 'grantOption'> {
  readonly privileges: readonly Privilege[]
}

function together(list: readonly PrivilegeGranted[]): readonly Together[] {
  const groups = new Map<string, PrivilegeGranted[]>()
  for (const one of list) {
    const key = canonicalJson([one.on, one.to, one.grantOption])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return [{ on: first.on, to: first.to, grantOption: first.grantOption, privileges: byPrivilege(group) }]
  })
}

function byPrivilege(group: readonly PrivilegeGranted[]): readonly Privilege[] {
  const columns = new Map<string, string[]>()
  const whole: Privilege[] = []
  for (const { privilege, column } of group) {
    if (column === null) whole.push({ privilege, columns: [] })
    else columns.set(privilege, [...(columns.get(privilege) ?? []), column])
  }
  return [...whole, ...[...columns].map(([privilege, names]) => ({ privilege, columns: names }))]
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
    case 'type':
      return { type: place }
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
  apply(schema, op) {
    const [list, usual] = [granted(op).filter((one) => !isUsual(one)), granted(op).some(isUsual)]
    const back = usual ? findWithheld(schema, op.on) : null
    const isKept = (one: SchemaObject) => one.kind !== 'privilege' || !list.some((own) => isSame(own, one))
    const left = schema.objects.filter((one) => one !== back && isKept(one))
    const merged = list.map((own) => {
      const had = known(schema).some((one) => isSame(one, own) && one.grantOption)
      return had ? { ...own, grantOption: true } : own
    })
    return { ...schema, objects: [...left, ...merged] }
  },
  invert(op, before) {
    const usual = granted(op).some(isUsual)
    const list = granted(op).filter((one) => !isUsual(one))
    const withheld = usual ? findWithheld(before, op.on) : null
    const { privileges, on, to, withGrantOption } = op
    const revocation = {
      kind: 'revoke',
      privileges,
      on,
      from: to,
      grantOption: withGrantOption ? 'also' : null,
    } as const
    // What had been given before, by itself or as a part of all, is not taken with it.
    const isNew = !known(before).some((one) => list.some((own) => isSame(own, one)))
    if (isNew && !usual && revoked(before, revocation).length === 0) return [revocation]
    const old = (own: PrivilegeGranted) => known(before).find((one) => isSame(one, own))
    const more = list.filter((own) => own.grantOption && old(own)?.grantOption === false)
    const back = [
      ...takings(list.filter((own) => old(own) === undefined)),
      ...takings(more).map((one): Op<'revoke'> => ({ ...one, grantOption: 'only' })),
      ...takings(withheld === null ? [] : [withheld]),
    ]
    // What is taken from a table is taken from its columns, too.
    const left = known(back.reduce(revoke.apply, grant.apply(before, op)))
    return [...back, ...regrants(known(before).filter((one) => !left.some((own) => sameData(own, one))))]
  },
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
  apply(schema, op) {
    const gone = new Set<unknown>(revoked(schema, op))
    const taken = takesUsual(op) && findWithheld(schema, op.on) === null ? withheldFrom(op.on) : null
    if (gone.size === 0 && taken === null) return schema
    const objects = schema.objects.flatMap((one) => {
      if (!gone.has(one) || one.kind !== 'privilege') return [one]
      return op.grantOption === 'only' ? [{ ...one, grantOption: false }] : []
    })
    return { ...schema, objects: taken === null ? objects : [...objects, taken] }
  },
  invert(op, before) {
    const { privileges, on, from, grantOption } = op
    const gone = revoked(before, op)
    const taken = takesUsual(op) && findWithheld(before, on) === null ? withheldFrom(on) : null
    const back = grantOption === 'only' ? gone.filter((one) => one.grantOption) : gone
    if (taken !== null) return [...revocations([taken]), ...regrants(back)]
    if (gone.length > 0) return regrants(back)
    // Where anything of the object is known, everything is: then there was nothing to take.
    if (known(before).some((one) => sameData(one.on, on))) return []
    return [{ kind: 'grant', privileges, on, to: from, withGrantOption: grantOption !== null }]
  },
  touches: (op) => touches({ requires: [refOf(op.on)] }),
  describe: (op) => sentence('revoke', op, `from ${op.from.join(', ')}`),
  print: ({ privileges, on, from, grantOption }, printer) =>
    printer.call('revoke', [printer.data(printedPrivileges(privileges))], {
      on: printedObject(on, printer),
      from,
      ...(grantOption === null ? {} : { grantOption }),
    }),
}
