// A set of small numbers: asking and adding cost the same however many there are.

export interface Marks {
  has(number: number): boolean
  /** False when it was there already. */
  add(number: number): boolean
}

export function createMarks(): Marks {
  let marks = new Uint8Array(64)
  return {
    has: (number) => marks[number] === 1,
    add: (number) => {
      if (marks[number] === 1) return false
      if (number >= marks.length) {
        const longer = new Uint8Array(2 * number)
        longer.set(marks)
        marks = longer
      }
      marks[number] = 1
      return true
    },
  }
}
