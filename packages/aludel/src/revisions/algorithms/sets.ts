// Sets of numbers that share what they have in common: a new one costs only what is new in it, and the old one stays.

/** The sets of one family. A set is the number of a node: a binary tree of fixed height, with equal branches kept once. */
export interface SharedSets {
  readonly height: number
  readonly lower: number[]
  readonly upper: number[]
  /** What was united last, in three lists: one set, the other, and what came of it. */
  readonly united: readonly [Int32Array, Int32Array, Int32Array]
}

export const emptySet = 0
const fullLeaf = 1
/** How many unions are remembered, a power of two. Neighbours in a graph unite nearly the same sets, one after the other. */
const remembered = 2 ** 14

/** Sets of numbers from 0 up to, and without, `limit`. */
export function createSharedSets(limit: number): SharedSets {
  const list = (): Int32Array => new Int32Array(remembered)
  const height = Math.ceil(Math.log2(Math.max(2, limit)))
  return { height, lower: [0, 0], upper: [0, 0], united: [list(), list(), list()] }
}

export function contains({ height, lower, upper }: SharedSets, set: number, value: number): boolean {
  let node = set
  for (let bit = height - 1; bit >= 0; bit--) node = ((value >> bit) & 1 ? upper : lower)[node] ?? emptySet
  return node === fullLeaf
}

export function withNumber(sets: SharedSets, set: number, value: number, height: number = sets.height): number {
  if (height === 0) return fullLeaf
  const lower = sets.lower[set] ?? emptySet
  const upper = sets.upper[set] ?? emptySet
  return (value >> (height - 1)) & 1
    ? branch(sets, lower, withNumber(sets, upper, value, height - 1))
    : branch(sets, withNumber(sets, lower, value, height - 1), upper)
}

/** What is in either. Two sets that were united shortly before, or are parts of such, are not looked through again. */
export function union(sets: SharedSets, one: number, other: number, height: number = sets.height): number {
  if (one === other || other === emptySet) return one
  if (one === emptySet || height === 0) return other
  const [ones, others, results] = sets.united
  const entry = (Math.imul(one, 0x9e3779b1) ^ other) & (remembered - 1)
  if (ones[entry] === one && others[entry] === other) return results[entry] as number
  const oneLower = sets.lower[one] ?? emptySet
  const oneUpper = sets.upper[one] ?? emptySet
  const lower = union(sets, oneLower, sets.lower[other] ?? emptySet, height - 1)
  const upper = union(sets, oneUpper, sets.upper[other] ?? emptySet, height - 1)
  const result = lower === oneLower && upper === oneUpper ? one : branch(sets, lower, upper)
  ones[entry] = one
  others[entry] = other
  results[entry] = result
  return result
}

function branch({ lower, upper }: SharedSets, low: number, high: number): number {
  lower.push(low)
  return upper.push(high) - 1
}
