// The choices that make a random schema: every one is drawn from fast-check, and names of objects never meet.

import fc, { type GeneratorValue } from 'fast-check'
import { distinctNames, names } from './names.ts'
import type { Possible } from './possible.ts'
import { texts } from './values.ts'

export interface Maker {
  readonly g: GeneratorValue
  readonly possible: Possible
  /** Any name, given before or not. */
  name(): string
  /** A name for a table, index, key or type: on some engine or other they share one space of names. */
  object(prefix?: string): string
  chance(percent: number): boolean
  count(min: number, max: number): number
  oneOf<T>(list: readonly T[]): T
  some<T>(list: readonly T[], most: number): readonly T[]
  comment(): string | null
}

export function createMaker(g: GeneratorValue, possible: Possible, taken: readonly string[] = []): Maker {
  const distinct = distinctNames()
  for (const name of taken) distinct(name)
  const count = (min: number, max: number) => g(fc.integer, { min, max })
  const chance = (percent: number) => count(1, 100) <= percent
  const name = () => g(names, possible.wideNames)
  return {
    g,
    possible,
    name,
    object: (prefix = '') => distinct(`${prefix}${name()}`),
    chance,
    count,
    oneOf: (list) => {
      const chosen = list[count(0, list.length - 1)]
      if (chosen === undefined) throw new Error('There is nothing to choose from.')
      return chosen
    },
    some: (list, most) => {
      const positions = list.map((_, position) => position)
      const chosen = g(fc.shuffledSubarray<number>, positions, { minLength: 1, maxLength: Math.min(most, list.length) })
      return chosen.flatMap((position) => list[position] ?? [])
    },
    comment: () => (!possible.comments || chance(70) ? null : g(texts, 30).trim() || null),
  }
}
