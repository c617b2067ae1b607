// Numbers that look random and are the same for the same seed.

export interface Random {
  /** From 0 to 1. */
  number(): number
  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T
  /** One of a list, the likelier the heavier. */
  weighted<T>(list: readonly T[], weight: (item: T) => number): T
}

// https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const one = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(number() * list.length)]
    if (found === undefined) throw new Error('There is nothing to choose from.')
    return found
  }
  return {
    number,
    one,
    weighted: (list, weight) => {
      let left = number() * list.reduce((sum, item) => sum + weight(item), 0)
      for (const item of list) {
        left -= weight(item)
        if (left <= 0) return item
      }
      return one(list)
    },
  }
}
