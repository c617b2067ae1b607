// Random privileges, given and taken.

import type { Op, OpKind, Privilege } from '../../../src/ops/operations.ts'
import type { Schema } from '../../../src/schema/model.ts'
import type { GrantObject, PrivilegeGranted } from '../../../src/schema/object-model.ts'
import { type Draw, times } from './draw.ts'
import { placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

function makePrivileges(draw: Draw): readonly Privilege[] {
  return times(draw, 1, 3, () => ({
    privilege: draw.oneOf(['SELECT', 'UPDATE', 'EXECUTE', 'ALL']),
    columns: draw.some(['id', 'a "b"'], 0, 2),
  }))
}

function makeObject(draw: Draw, { tables }: Schema): GrantObject {
  const place = draw.oneOf([{ namespace: null, name: 'some' }, ...tables.map(placeOf)])
  const own: GrantObject = { kind: 'function', ...place, arguments: draw.oneOf([null, 'integer, text']) }
  return draw.oneOf<GrantObject>([
    { kind: 'table', ...place, arguments: null },
    { kind: 'sequence', ...place, arguments: null },
    { kind: 'namespace', namespace: null, name: place.name, arguments: null },
    own,
  ])
}

const users = ['PUBLIC', "it's", 'app@localhost']

export const grantMakers = {
  grant: (draw, schema) => ({
    kind: 'grant',
    privileges: makePrivileges(draw),
    on: makeObject(draw, schema),
    to: draw.some(users, 1, 2),
    withGrantOption: draw.chance(50),
  }),
  // What was never given cannot be taken: the way back of such a revocation gives what was not there.
  revoke: (draw, { objects }) => {
    const there = objects.filter((object): object is PrivilegeGranted => object.kind === 'privilege')
    if (there.length === 0) return null
    const { on, to, privilege, column } = draw.oneOf(there)
    const privileges = draw.oneOf([
      [{ privilege, columns: column === null ? [] : [column] }],
      [{ privilege: 'ALL', columns: [] }],
    ])
    return { kind: 'revoke', privileges, on, from: [to], grantOption: draw.oneOf([null, 'also', 'only']) }
  },
} as const satisfies Partial<Record<OpKind, Maker>>

export function makePrivilege(draw: Draw, schema: Schema): PrivilegeGranted {
  const on = makeObject(draw, schema)
  const { namespace, name } = on
  const given = {
    privilege: draw.oneOf(['SELECT', 'UPDATE']),
    withheld: false,
    column: on.kind === 'table' ? draw.oneOf([null, 'id']) : null,
  }
  return { kind: 'privilege', namespace, name, on, to: draw.oneOf(users), ...given, grantOption: draw.chance(50) }
}
