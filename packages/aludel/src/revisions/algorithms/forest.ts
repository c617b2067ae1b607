// A forest whose trees are joined, cut and asked for the way to their root, each in logarithmic time: a link-cut tree.

/**
 * One node. The way from a node to its root is kept as a splay tree ordered by distance, whose top hangs below the
 * next such tree; `holder` is either the parent in the splay tree or, for its top, the node it hangs below.
 */
export interface Knot<T> {
  readonly value: T
  /** What a value at the root must not exceed for this knot to keep its place. */
  bound: number
  /** The smallest bound in the splay tree from here. */
  lowest: number
  nearer: Knot<T> | null
  farther: Knot<T> | null
  holder: Knot<T> | null
}

export function createKnot<T>(value: T): Knot<T> {
  const unbound = Number.POSITIVE_INFINITY
  return { value, bound: unbound, lowest: unbound, nearer: null, farther: null, holder: null }
}

/** Hangs a root and all that hangs on it below another tree's knot. */
export function hang<T>(root: Knot<T>, below: Knot<T>, bound: number): void {
  expose(root)
  root.bound = bound
  measure(root)
  root.holder = below
}

/** Makes a knot the root of what hangs on it. */
export function cut<T>(knot: Knot<T>): void {
  expose(knot)
  if (knot.nearer !== null) knot.nearer.holder = null
  knot.nearer = null
  knot.bound = Number.POSITIVE_INFINITY
  measure(knot)
}

export function rootOf<T>(knot: Knot<T>): Knot<T> {
  expose(knot)
  let root = knot
  while (root.nearer !== null) root = root.nearer
  splay(root)
  return root
}

/** Of the knots on the way to the root, the one nearest to it whose bound is less than `value`. */
export function firstBoundUnder<T>(knot: Knot<T>, value: number): Knot<T> | null {
  expose(knot)
  if (knot.lowest >= value) return null
  let found = knot
  for (;;) {
    if (found.nearer !== null && found.nearer.lowest < value) found = found.nearer
    else if (found.bound < value || found.farther === null) break
    else found = found.farther
  }
  splay(found)
  return found
}

/** Makes the way from a knot to its root one splay tree with the knot on top. */
function expose<T>(knot: Knot<T>): void {
  let farther: Knot<T> | null = null
  for (let top: Knot<T> | null = knot; top !== null; top = top.holder) {
    splay(top)
    top.farther = farther
    measure(top)
    farther = top
  }
  splay(knot)
}

function splay<T>(knot: Knot<T>): void {
  for (let parent = splayParent(knot); parent !== null; parent = splayParent(knot)) {
    const grandparent = splayParent(parent)
    if (grandparent !== null) {
      const sameSide = (grandparent.nearer === parent) === (parent.nearer === knot)
      rotate(sameSide ? parent : knot, sameSide ? grandparent : parent)
    }
    rotate(knot, splayParent(knot) ?? parent)
  }
}

function splayParent<T>(knot: Knot<T>): Knot<T> | null {
  const { holder } = knot
  return holder !== null && (holder.nearer === knot || holder.farther === knot) ? holder : null
}

function rotate<T>(knot: Knot<T>, parent: Knot<T>): void {
  const above = parent.holder
  if (above?.nearer === parent) above.nearer = knot
  else if (above?.farther === parent) above.farther = knot
  const moved = parent.nearer === knot ? knot.farther : knot.nearer
  if (parent.nearer === knot) {
    parent.nearer = moved
    knot.farther = parent
  } else {
    parent.farther = moved
    knot.nearer = parent
  }
  if (moved !== null) moved.holder = parent
  parent.holder = knot
  knot.holder = above
  measure(parent)
  measure(knot)
}

function measure<T>(knot: Knot<T>): void {
  const nearer = knot.nearer?.lowest ?? Number.POSITIVE_INFINITY
  const farther = knot.farther?.lowest ?? Number.POSITIVE_INFINITY
  knot.lowest = Math.min(knot.bound, nearer, farther)
}
