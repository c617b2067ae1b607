// Choices for random data, read from one list of numbers: quick to make by the hundred, and fast-check shrinks the list.

import fc from 'fast-check'

export interface Draw {
  count(min: number, max: number): number
  chance(percent: number): boolean
  oneOf<T>(list: readonly T[]): T
  /** Some of a list, in any order. */
  some<T>(list: readonly T[], least: number, most: number): readonly T[]
}

export const draws: fc.Arbitrary<Draw> = fc
  .array(fc.noBias(fc.nat(0xffff)), { minLength: 200, maxLength: 200 })
  .map(drawFrom)

// After the last number everything is the least that it can be.
function drawFrom(numbers: readonly number[]): Draw {
  let at = 0
  const count = (min: number, max: number) => {
    const number = numbers[at] ?? 0
    at += 1
    return min + (number % (max - min + 1))
  }
  return {
    count,
    chance: (percent) => count(0, 99) >= 100 - percent,
    oneOf: <T>(list: readonly T[]) => list[count(0, list.length - 1)] as T,
    some: <T>(list: readonly T[], least: number, most: number) => {
      const left = [...list]
      const wanted = count(Math.min(least, list.length), Math.min(most, list.length))
      return Array.from({ length: wanted }, () => left.splice(count(0, left.length - 1), 1)[0] as T)
    },
  }
}

export function times<T>(draw: Draw, least: number, most: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: draw.count(least, most) }, (_, at) => make(at))
}
