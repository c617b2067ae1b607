// A forest whose trees are joined, cut and asked for the way to their root, each in logarithmic time: a link-cut tree.

/**
 * Knots are numbers, and the fields of one stand side by side in one list: a large forest is walked up and down at
 * random, and what is together in memory comes together.
 *
 * The way from a knot to its root is kept as a splay tree ordered by distance, whose top hangs below the next such tree.
 */
export type Forest = Int32Array

/** What a value at the root must not exceed for a knot to keep its place. */
const bound = 0
/** The smallest bound in the splay tree from here. */
const lowest = 1
const nearer = 2
const farther = 3
/** Either the parent in the splay tree or, for its top, the knot it hangs below. */
const holder = 4
const fields = 8

export const none = -1
/** More than any value: the bound of a root. */
export const unbound = 0x7fffffff

/** A forest of as many trees of one knot each. */
export function createForest(size: number): Forest {
  const forest = new Int32Array(size * fields).fill(none)
  for (let knot = 0; knot < forest.length; knot += fields) {
    forest[knot + bound] = unbound
    forest[knot + lowest] = unbound
  }
  return forest
}

/** Hangs a root and all that hangs on it below another tree's knot. */
export function hang(forest: Forest, root: number, below: number, value: number): void {
  const knot = root * fields
  expose(forest, knot)
  forest[knot + bound] = value
  measure(forest, knot)
  forest[knot + holder] = below * fields
}

/** Makes a knot the root of what hangs on it. */
export function cut(forest: Forest, place: number): void {
  const knot = place * fields
  expose(forest, knot)
  const near = at(forest, knot + nearer)
  if (near !== none) forest[near + holder] = none
  forest[knot + nearer] = none
  forest[knot + bound] = unbound
  measure(forest, knot)
}

export function rootOf(forest: Forest, place: number): number {
  let root = place * fields
  expose(forest, root)
  for (let near = at(forest, root + nearer); near !== none; near = at(forest, root + nearer)) root = near
  splay(forest, root)
  return root / fields
}

/** Of the knots on the way to the root, the one nearest to it whose bound is less than `value`; `none` when there is none. */
export function firstBoundUnder(forest: Forest, place: number, value: number): number {
  let found = place * fields
  expose(forest, found)
  if (at(forest, found + lowest) >= value) return none
  for (;;) {
    const near = at(forest, found + nearer)
    const far = at(forest, found + farther)
    if (near !== none && at(forest, near + lowest) < value) found = near
    else if (at(forest, found + bound) < value || far === none) break
    else found = far
  }
  splay(forest, found)
  return found / fields
}

/** Makes the way from a knot to its root one splay tree with the knot on top. */
function expose(forest: Forest, knot: number): void {
  let below = none
  for (let top = knot; top !== none; top = at(forest, top + holder)) {
    splay(forest, top)
    forest[top + farther] = below
    measure(forest, top)
    below = top
  }
  splay(forest, knot)
}

function splay(forest: Forest, knot: number): void {
  for (let parent = splayParent(forest, knot); parent !== none; parent = splayParent(forest, knot)) {
    const grandparent = splayParent(forest, parent)
    if (grandparent !== none) {
      const sameSide = (at(forest, grandparent + nearer) === parent) === (at(forest, parent + nearer) === knot)
      rotate(forest, sameSide ? parent : knot, sameSide ? grandparent : parent)
    }
    rotate(forest, knot, at(forest, knot + holder))
  }
}

function splayParent(forest: Forest, knot: number): number {
  const parent = at(forest, knot + holder)
  if (parent === none) return none
  return at(forest, parent + nearer) === knot || at(forest, parent + farther) === knot ? parent : none
}

function rotate(forest: Forest, knot: number, parent: number): void {
  const above = at(forest, parent + holder)
  if (above !== none && at(forest, above + nearer) === parent) forest[above + nearer] = knot
  else if (above !== none && at(forest, above + farther) === parent) forest[above + farther] = knot
  const side = at(forest, parent + nearer) === knot ? nearer : farther
  const otherSide = nearer + farther - side
  const moved = at(forest, knot + otherSide)
  forest[parent + side] = moved
  forest[knot + otherSide] = parent
  if (moved !== none) forest[moved + holder] = parent
  forest[parent + holder] = knot
  forest[knot + holder] = above
  measure(forest, parent)
  measure(forest, knot)
}

function measure(forest: Forest, knot: number): void {
  let least = at(forest, knot + bound)
  const near = at(forest, knot + nearer)
  const far = at(forest, knot + farther)
  if (near !== none) least = Math.min(least, at(forest, near + lowest))
  if (far !== none) least = Math.min(least, at(forest, far + lowest))
  forest[knot + lowest] = least
}

function at(forest: Forest, index: number): number {
  return forest[index] as number
}
