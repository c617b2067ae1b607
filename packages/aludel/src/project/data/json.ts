// JSON data files, an object at a time: one array of objects, or an object a line.

import type { DataRow, Fail } from './row.ts'
import { openWindow, placeAfter, type Taken, type TextWindow } from './window.ts'

export function* jsonRows(pieces: Iterable<string>, fail: Fail): Generator<DataRow> {
  for (const element of elements(openWindow(pieces), fail)) yield rowOf(element, fail)
}

export function* jsonLineRows(pieces: Iterable<string>, fail: Fail): Generator<DataRow> {
  for (const line of lines(openWindow(pieces))) if (line.text.trim() !== '') yield rowOf(line, fail)
}

function rowOf(taken: Taken, fail: Fail): DataRow {
  const { text, ...start } = taken
  const place = placeAfter(start, text, text.length - text.trimStart().length)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The engine's own message quotes the text, which may be anybody's data.
    throw fail(place, 'the object that begins here is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail(place, 'here must be an object with the columns as its keys')
  }
  return { names: Object.keys(value), cells: Object.values(value), place: () => place }
}

function* lines(window: TextWindow): Generator<Taken> {
  while (!window.isEmpty()) {
    const end = window.text().indexOf('\n', window.start())
    if (end === -1 && !window.hasEnded()) window.more()
    else yield window.take(end === -1 ? window.text().length : end + 1)
  }
}

function* elements(window: TextWindow, fail: Fail): Generator<Taken> {
  expectMark(window, '[', fail)
  if (nextMark(window) === ']') return expectEnd(window, fail)
  for (;;) {
    if (nextMark(window) !== '{') throw fail(window.take(window.start()), 'here must be an object')
    yield takeObject(window, fail)
    const mark = nextMark(window)
    if (mark === ']') return expectEnd(window, fail)
    expectMark(window, ',', fail)
  }
}

/** The next character that is no blank; it is not taken. Empty at the end. */
function nextMark(window: TextWindow): string {
  while (!window.isEmpty()) {
    const at = window.text().slice(window.start()).search(/\S/)
    window.take(at === -1 ? window.text().length : window.start() + at)
    if (at !== -1) return window.text().charAt(window.start())
  }
  return ''
}

function expectMark(window: TextWindow, mark: string, fail: Fail): void {
  if (nextMark(window) !== mark) throw fail(window.take(window.start()), `here must be "${mark}"`)
  window.take(window.start() + 1)
}

function expectEnd(window: TextWindow, fail: Fail): void {
  expectMark(window, ']', fail)
  if (nextMark(window) !== '') throw fail(window.take(window.start()), 'the array has ended, but something follows it')
}

function takeObject(window: TextWindow, fail: Fail): Taken {
  for (;;) {
    const end = objectEnd(window.text(), window.start())
    if (end !== null) return window.take(end)
    if (window.hasEnded()) throw fail(window.take(window.start()), 'the object that begins here never ends')
    window.more()
  }
}

/** Behind the bracket that closes the first one; null where it has not been read yet. */
function objectEnd(text: string, start: number): number | null {
  const marks = /["{}[\]]/g
  marks.lastIndex = start
  let depth = 0
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === '"') {
      const end = stringEnd(text, marks.lastIndex)
      if (end === null) return null
      marks.lastIndex = end
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1
      if (depth === 0) return marks.lastIndex
    }
  }
  return null
}

function stringEnd(text: string, start: number): number | null {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  return null
}
