// A text that is read on as it is needed: what has been used is let go, so that memory does not grow with the file.

export interface Place {
  readonly line: number
  /** Counted in characters from 1. */
  readonly column: number
}

export interface Taken extends Place {
  readonly text: string
}

export interface TextWindow {
  /** What has been read, from `start` on not yet taken. */
  text(): string
  start(): number
  /** True where nothing is left, here and in the file. */
  isEmpty(): boolean
  /** True where the file has no more than what is in `text`. */
  hasEnded(): boolean
  /** Reads on; what was taken goes out of `text`, so places in it move. */
  more(): void
  /** Takes everything up to a place in `text`. */
  take(end: number): Taken
}

export function openWindow(pieces: Iterable<string>): TextWindow {
  const source = pieces[Symbol.iterator]()
  let [text, start, ended] = ['', 0, false]
  let place: Place = { line: 1, column: 1 }
  const more = () => {
    text = text.slice(start)
    start = 0
    // At least twice as much as there was: a value of many pieces is looked through a few times, not once a piece.
    const wanted = 2 * text.length
    do {
      const next = source.next()
      ended = next.done === true
      if (next.done !== true) text += next.value
    } while (!ended && text.length <= wanted)
  }
  return {
    text: () => text,
    start: () => start,
    isEmpty: () => {
      if (start === text.length && !ended) more()
      return ended && start === text.length
    },
    hasEnded: () => ended,
    more,
    take: (end) => {
      const taken = { text: text.slice(start, end), ...place }
      place = placeAfter(place, taken.text, taken.text.length)
      start = end
      return taken
    },
  }
}

/** Where a text that begins at a place has come to after so many characters. */
export function placeAfter({ line, column }: Place, text: string, length: number): Place {
  let [lines, last] = [0, -1]
  for (let at = text.indexOf('\n'); at !== -1 && at < length; at = text.indexOf('\n', at + 1)) {
    lines += 1
    last = at
  }
  return lines === 0 ? { line, column: column + length } : { line: line + lines, column: length - last }
}
