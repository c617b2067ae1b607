// Rights that everybody has by default, until they are taken: they are told by their absence.

import { sameData } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { GrantObject, PrivilegeGranted } from '../schema/object-model.ts'
import type { Op } from './operations.ts'

/** What everybody may do with an object of this kind; null where nobody may do anything by default. */
function usualRight({ kind, name }: GrantObject): string | null {
  if (kind === 'function') return 'EXECUTE'
  return kind === 'type' || (kind === 'namespace' && name === 'public') ? 'USAGE' : null
}

export function isEverybody(user: string): boolean {
  return user.toUpperCase() === 'PUBLIC'
}

type Right = Pick<PrivilegeGranted, 'on' | 'to' | 'privilege' | 'column'>

/** True of a right that its holder has by being anybody. */
export function isUsual({ on, to, privilege, column }: Right): boolean {
  const right = usualRight(on)
  return right !== null && column === null && isEverybody(to) && (privilege === right || privilege === 'ALL')
}

/** That an object's usual right was taken; null where it has none. */
export function withheldFrom(on: GrantObject): PrivilegeGranted | null {
  const { namespace, name } = on
  const privilege = usualRight(on)
  if (privilege === null) return null
  const whole = { column: null, grantOption: false, withheld: true }
  return { kind: 'privilege', namespace, name, on, to: 'PUBLIC', privilege, ...whole }
}

/** The same, where that is known. */
export function findWithheld({ objects }: Schema, on: GrantObject): PrivilegeGranted | null {
  const isIt = (one: PrivilegeGranted) => one.withheld && sameData(one.on, on)
  return objects.find((one): one is PrivilegeGranted => one.kind === 'privilege' && isIt(one)) ?? null
}

/** True where a revocation takes the usual right of its object. */
export function takesUsual({ privileges, on, from, grantOption }: Op<'revoke'>): boolean {
  const isMeant = privileges.some(({ privilege, columns }) => {
    return columns.length === 0 && isUsual({ on, to: 'PUBLIC', privilege, column: null })
  })
  return grantOption !== 'only' && from.some(isEverybody) && isMeant
}
