// A queue that gives the value with the smallest key first.

export interface Heap<T> {
  smallest(): { readonly key: number; readonly value: T } | undefined
  add(key: number, value: T): void
  removeSmallest(): void
}

interface Entry<T> {
  readonly key: number
  readonly value: T
}

export function createHeap<T>(): Heap<T> {
  const entries: Entry<T>[] = []

  const rise = (entry: Entry<T>, from: number): void => {
    let place = from
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = entries[above]
      if (parent === undefined || parent.key <= entry.key) break
      entries[place] = parent
      place = above
    }
    entries[place] = entry
  }
  const sink = (entry: Entry<T>): void => {
    let place = 0
    for (;;) {
      const left = entries[2 * place + 1]
      const right = entries[2 * place + 2]
      const child = right !== undefined && left !== undefined && right.key < left.key ? right : left
      if (child === undefined || child.key >= entry.key) break
      entries[place] = child
      place = 2 * place + (child === left ? 1 : 2)
    }
    entries[place] = entry
  }

  return {
    smallest: () => entries[0],
    add: (key, value) => rise({ key, value }, entries.length),
    removeSmallest: () => {
      const last = entries.pop()
      if (last !== undefined && entries.length > 0) sink(last)
    },
  }
}
