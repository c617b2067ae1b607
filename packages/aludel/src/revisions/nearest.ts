// Which names somebody may have meant who typed one that does not exist.

import { quotedList } from './sentences.ts'

/** Up to three candidates that few slips of the fingers lead to, the likeliest first. */
export function nearest(text: string, candidates: Iterable<string>): readonly string[] {
  const allowed = Math.min(3, 1 + Math.floor(text.length / 4))
  const scored: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    const distance = closeness(text, candidate, allowed)
    if (distance <= allowed && distance < text.length) scored.push({ candidate, distance })
  }
  return scored
    .sort((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** `Did you mean "a" or "b"?`, or null when nothing is near. */
export function didYouMean(text: string, candidates: Iterable<string>): string | null {
  const names = nearest(text, candidates)
  return names.length === 0 ? null : `Did you mean ${quotedList(names, 'or')}?`
}

/** An identifier may be abbreviated, so its beginning counts too, when enough of it was typed to tell. */
function closeness(text: string, candidate: string, limit: number): number {
  const whole = editDistance(text, candidate, limit)
  if (text.length < 4 || candidate.length <= text.length) return whole
  return Math.min(whole, editDistance(text, candidate.slice(0, text.length), limit))
}

/** How many letters to insert, remove, replace or swap with a neighbour; anything over `limit` is one more than it. */
export function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const ways = [at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1)]
      if (swapped) ways.push(at(before, column - 2) + 1)
      current.push(Math.min(...ways))
    }
    if (Math.min(...current) > limit) return limit + 1
    before = previous
    previous = current
  }
  return Math.min(at(previous, other.length), limit + 1)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
