// A forest whose trees are joined, cut and asked for the way to their root, each in logarithmic time: a link-cut tree.

/**
 * Knots are numbers, and the fields of one stand side by side in one list: a large forest is walked up and down at
 * random, and what is together in memory comes together. So do knots that are used at about the same time, because each
 * gets its fields when it is used first.
 *
 * The way from a knot to its root is kept as a splay tree ordered by distance, whose top hangs below the next such tree.
 */
export interface Forest {
  /** The fields of the knots, by address. */
  readonly list: Int32Array
  /** The address of each knot; 0 for one that was not used yet. */
  readonly addresses: Int32Array
  lastAddress: number
}

/** What a value at the root must not exceed for a knot to keep its place. */
const bound = 0
/** The smallest bound in the splay tree from here. */
const lowest = 1
const nearer = 2
const farther = 3
/** Either the parent in the splay tree or, for its top, the knot it hangs below. */
const holder = 4
/** The knot whose fields these are. */
const owner = 5
const fields = 8
/** Large lists begin 16 bytes behind a line of the processor's cache: with so many numbers more, no knot lies on two lines. */
const margin = 4

export const none = -1
/** More than any value: the bound of a root. */
export const unbound = 0x7fffffff

const fewSteps = 24

/** A forest of as many trees of one knot each. */
export function createForest(size: number): Forest {
  return { list: new Int32Array((size + 1) * fields + margin), addresses: new Int32Array(size), lastAddress: margin }
}

function addressOf(forest: Forest, knot: number): number {
  const known = forest.addresses[knot] as number
  if (known !== 0) return known
  const address = forest.lastAddress + fields
  forest.lastAddress = address
  forest.addresses[knot] = address
  const { list } = forest
  list[address + bound] = unbound
  list[address + lowest] = unbound
  list[address + nearer] = none
  list[address + farther] = none
  list[address + holder] = none
  list[address + owner] = knot
  return address
}

/** Hangs a root and all that hangs on it below another tree's knot. */
export function hang(forest: Forest, root: number, below: number, value: number): void {
  const { list } = forest
  const top = addressOf(forest, root)
  splay(list, top)
  list[top + bound] = value
  measure(list, top)
  list[top + holder] = addressOf(forest, below)
}

/** Makes a knot the root of what hangs on it. */
export function cut(forest: Forest, knot: number): void {
  const { list } = forest
  const top = addressOf(forest, knot)
  splay(list, top)
  // What is nearer to the root hangs where it hung together with the knot.
  const near = at(list, top + nearer)
  if (near !== none) list[near + holder] = at(list, top + holder)
  list[top + nearer] = none
  list[top + holder] = none
  list[top + bound] = unbound
  measure(list, top)
}

export function rootOf(forest: Forest, knot: number): number {
  const { list } = forest
  let root = addressOf(forest, knot)
  expose(list, root)
  let steps = 0
  for (let near = at(list, root + nearer); near !== none; near = at(list, root + nearer)) {
    root = near
    steps += 1
  }
  // A few steps cost less than to bring the root up, and the knot, which is often asked about again, down.
  if (steps > fewSteps) splay(list, root)
  return at(list, root + owner)
}

/** Of the knots on the way to the root, the one nearest to it whose bound is less than `value`; `none` when there is none. */
export function firstBoundUnder(forest: Forest, knot: number, value: number): number {
  const { list } = forest
  let found = addressOf(forest, knot)
  expose(list, found)
  if (at(list, found + lowest) >= value) return none
  for (;;) {
    const near = at(list, found + nearer)
    const far = at(list, found + farther)
    if (near !== none && at(list, near + lowest) < value) found = near
    else if (at(list, found + bound) < value || far === none) break
    else found = far
  }
  splay(list, found)
  return at(list, found + owner)
}

/** From here on a knot is its address. Makes the way from one to its root one splay tree with the knot on top. */
function expose(list: Int32Array, knot: number): void {
  let below = none
  for (let top = knot; top !== none; top = at(list, top + holder)) {
    splay(list, top)
    list[top + farther] = below
    measure(list, top)
    below = top
  }
  splay(list, knot)
}

function splay(list: Int32Array, knot: number): void {
  for (let parent = splayParent(list, knot); parent !== none; parent = splayParent(list, knot)) {
    const grandparent = splayParent(list, parent)
    if (grandparent !== none) {
      const sameSide = (at(list, grandparent + nearer) === parent) === (at(list, parent + nearer) === knot)
      rotate(list, sameSide ? parent : knot, sameSide ? grandparent : parent)
    }
    rotate(list, knot, at(list, knot + holder))
  }
}

function splayParent(list: Int32Array, knot: number): number {
  const parent = at(list, knot + holder)
  if (parent === none) return none
  return at(list, parent + nearer) === knot || at(list, parent + farther) === knot ? parent : none
}

function rotate(list: Int32Array, knot: number, parent: number): void {
  const above = at(list, parent + holder)
  if (above !== none && at(list, above + nearer) === parent) list[above + nearer] = knot
  else if (above !== none && at(list, above + farther) === parent) list[above + farther] = knot
  const side = at(list, parent + nearer) === knot ? nearer : farther
  const otherSide = nearer + farther - side
  const moved = at(list, knot + otherSide)
  list[parent + side] = moved
  list[knot + otherSide] = parent
  if (moved !== none) list[moved + holder] = parent
  list[parent + holder] = knot
  list[knot + holder] = above
  // Together they hold what the parent held alone.
  list[knot + lowest] = at(list, parent + lowest)
  measure(list, parent)
}

function measure(list: Int32Array, knot: number): void {
  let least = at(list, knot + bound)
  const near = at(list, knot + nearer)
  const far = at(list, knot + farther)
  if (near !== none) least = Math.min(least, at(list, near + lowest))
  if (far !== none) least = Math.min(least, at(list, far + lowest))
  list[knot + lowest] = least
}

function at(list: Int32Array, index: number): number {
  return list[index] as number
}
