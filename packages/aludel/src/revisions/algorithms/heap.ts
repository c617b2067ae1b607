// Queues of numbered places that give the smallest first: each a part of one list, whose first member is the smallest.

/**
 * The queues of all places in one list, each as long as it may become. A member is two numbers side by side, its key
 * and its place, in the order of the keys.
 */
export interface Heaps {
  /** Where each queue begins, in members. */
  readonly starts: Int32Array
  readonly members: Int32Array
  readonly lengths: Int32Array
}

export const nothing = -1

export function smallestKey({ starts, members }: Heaps, heap: number): number {
  return members[2 * (starts[heap] as number)] as number
}

/** The place with the smallest key; `nothing` when the queue is empty. */
export function smallestPlace({ starts, members, lengths }: Heaps, heap: number): number {
  return lengths[heap] === 0 ? nothing : (members[2 * (starts[heap] as number) + 1] as number)
}

export function addToHeap({ starts, members, lengths }: Heaps, heap: number, key: number, place: number): void {
  const start = starts[heap] as number
  let index = lengths[heap] as number
  lengths[heap] = index + 1
  while (index > 0) {
    const above = (index - 1) >> 1
    const from = 2 * (start + above)
    if ((members[from] as number) <= key) break
    put(members, start + index, members[from] as number, members[from + 1] as number)
    index = above
  }
  put(members, start + index, key, place)
}

export function removeSmallest({ starts, members, lengths }: Heaps, heap: number): void {
  const start = starts[heap] as number
  const length = (lengths[heap] as number) - 1
  lengths[heap] = length
  if (length === 0) return
  const last = 2 * (start + length)
  const key = members[last] as number
  const keyOf = (index: number): number => members[2 * (start + index)] as number
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    if (left >= length) break
    const child = left + 1 < length && keyOf(left + 1) < keyOf(left) ? left + 1 : left
    if (keyOf(child) >= key) break
    put(members, start + index, keyOf(child), members[2 * (start + child) + 1] as number)
    index = child
  }
  put(members, start + index, key, members[last + 1] as number)
}

function put(members: Int32Array, index: number, key: number, place: number): void {
  members[2 * index] = key
  members[2 * index + 1] = place
}
