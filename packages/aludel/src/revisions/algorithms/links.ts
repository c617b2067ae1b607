// Who is connected to whom, as two lists of numbers: a large graph is walked without an object for each revision.

/** What place `n` is connected to: the members of `ends` from `starts[n]` up to, but without, `starts[n + 1]`. */
export interface Links {
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Links while they are written, place after place. */
export interface LinkDraft extends Links {
  used: number
}

/** Room for as many ends as this at most. */
export function draftLinks(places: number, ends: number): LinkDraft {
  return { starts: new Int32Array(places + 1), ends: new Int32Array(ends), used: 0 }
}

export function addLink(draft: LinkDraft, end: number): void {
  draft.ends[draft.used] = end
  draft.used += 1
}

/** What was added since the place before is connected to this one. */
export function closePlace(draft: LinkDraft, place: number): void {
  draft.starts[place + 1] = draft.used
}

export function finishLinks({ starts, ends, used }: LinkDraft): Links {
  return { starts, ends: used === ends.length ? ends : ends.subarray(0, used) }
}

export function placesIn({ starts }: Links): number {
  return starts.length - 1
}

export function startOf({ starts }: Links, place: number): number {
  return starts[place] as number
}

export function stopOf({ starts }: Links, place: number): number {
  return starts[place + 1] as number
}

export function countOf(links: Links, place: number): number {
  return stopOf(links, place) - startOf(links, place)
}

export function endsOf(links: Links, place: number): Int32Array {
  return links.ends.subarray(startOf(links, place), stopOf(links, place))
}

export function isLinked(links: Links, place: number, end: number): boolean {
  const stop = stopOf(links, place)
  for (let link = startOf(links, place); link < stop; link++) if (links.ends[link] === end) return true
  return false
}

/** The same links from their other ends, in the order of the places. */
export function reversedLinks(links: Links): Links {
  const places = placesIn(links)
  const starts = new Int32Array(places + 1)
  const ends = new Int32Array(links.ends.length)
  // Each start is kept one place further on while the ends are written, so that writing moves it to where it belongs.
  for (const end of links.ends) if (end + 2 <= places) starts[end + 2] = (starts[end + 2] as number) + 1
  for (let place = 2; place <= places; place++)
    starts[place] = (starts[place] as number) + (starts[place - 1] as number)
  for (let place = 0; place < places; place++) {
    const stop = stopOf(links, place)
    for (let link = startOf(links, place); link < stop; link++) {
      const next = (links.ends[link] as number) + 1
      const free = starts[next] as number
      ends[free] = place
      starts[next] = free + 1
    }
  }
  return { starts, ends }
}

/** The links that are wanted. */
export function filteredLinks(links: Links, isWanted: (place: number, end: number, link: number) => boolean): Links {
  const places = placesIn(links)
  const draft = draftLinks(places, links.ends.length)
  for (let place = 0; place < places; place++) {
    const stop = stopOf(links, place)
    for (let link = startOf(links, place); link < stop; link++) {
      const end = links.ends[link] as number
      if (isWanted(place, end, link)) addLink(draft, end)
    }
    closePlace(draft, place)
  }
  return finishLinks(draft)
}

/** Some places: a list of them, and 1 for each in `marks`. */
export interface PlaceSet {
  /** In the order in which they were found. */
  readonly places: Int32Array
  readonly marks: Uint8Array
}

/** What stands at each of these places. `Array.from` makes an object for each, and lets its list grow. */
export function valuesAt<T>(places: Int32Array, valueAt: (place: number) => T): T[] {
  const values = new Array<T>(places.length)
  for (let index = 0; index < places.length; index++) values[index] = valueAt(places[index] as number)
  return values
}

/** All that the links lead to from `starts`, the starts included. */
export function reachedPlaces(links: Links, starts: ArrayLike<number>): PlaceSet {
  const size = placesIn(links)
  const marks = new Uint8Array(size)
  const places = new Int32Array(size)
  let count = 0
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] as number
    if (marks[start] === 1) continue
    marks[start] = 1
    places[count++] = start
  }
  // The list grows while it is walked, so it is its own queue.
  for (let next = 0; next < count; next++) {
    const place = places[next] as number
    const stop = stopOf(links, place)
    for (let link = startOf(links, place); link < stop; link++) {
      const end = links.ends[link] as number
      if (marks[end] === 1) continue
      marks[end] = 1
      places[count++] = end
    }
  }
  return { places: places.subarray(0, count), marks }
}

export function without(set: PlaceSet, other: PlaceSet): PlaceSet {
  if (other.places.length === 0) return set
  return markedPlaces(
    set.places.filter((place) => other.marks[place] !== 1),
    set.marks.length,
  )
}

export function within(set: PlaceSet, other: PlaceSet): PlaceSet {
  if (other.places.length === other.marks.length) return set
  return markedPlaces(
    set.places.filter((place) => other.marks[place] === 1),
    set.marks.length,
  )
}

export function union(sets: readonly PlaceSet[], size: number): PlaceSet {
  const [only] = sets
  if (only !== undefined && sets.length === 1) return only
  const marks = new Uint8Array(size)
  const places: number[] = []
  for (const set of sets) {
    for (const place of set.places) {
      if (marks[place] === 1) continue
      marks[place] = 1
      places.push(place)
    }
  }
  return { places: Int32Array.from(places), marks }
}

function markedPlaces(places: Int32Array, size: number): PlaceSet {
  const marks = new Uint8Array(size)
  for (const place of places) marks[place] = 1
  return { places, marks }
}
