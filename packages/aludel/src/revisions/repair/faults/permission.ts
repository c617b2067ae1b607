// How a repair is said that changes what databases may stand on.

/** A repair that is not made without asking begins with the option that allows it. */
export function permitted(safe: boolean, repair: string): string {
  return safe ? repair : `With --reparent, ${repair.charAt(0).toLowerCase()}${repair.slice(1)}`
}
