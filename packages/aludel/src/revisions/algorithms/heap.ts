// A queue of numbers that gives the smallest first: a plain array, whose first member is the smallest.

export function addToHeap(heap: number[], value: number): void {
  let place = heap.length
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above] as number
    if (parent <= value) break
    heap[place] = parent
    place = above
  }
  heap[place] = value
}

export function removeSmallest(heap: number[]): void {
  const value = heap.pop()
  if (value === undefined || heap.length === 0) return
  let place = 0
  for (;;) {
    const left = heap[2 * place + 1]
    const right = heap[2 * place + 2]
    const child = right !== undefined && left !== undefined && right < left ? right : left
    if (child === undefined || child >= value) break
    heap[place] = child
    place = 2 * place + (child === left ? 1 : 2)
  }
  heap[place] = value
}
