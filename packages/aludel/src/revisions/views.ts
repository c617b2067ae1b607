// Places by name seen as values by name: a map whose values are made when they are asked for.

/** Where the names of several maps lead. No name is in two of them. */
export type PlacesByName = readonly ReadonlyMap<string, number>[]

export function placeNamed(maps: PlacesByName, name: string): number | undefined {
  for (const map of maps) {
    const place = map.get(name)
    if (place !== undefined) return place
  }
  return undefined
}

export function viewOf<T>(maps: PlacesByName, valueAt: (place: number) => T): ReadonlyMap<string, T> {
  function* entries(): MapIterator<[string, T]> {
    for (const map of maps) for (const [name, place] of map) yield [name, valueAt(place)]
    return undefined
  }
  function* keys(): MapIterator<string> {
    for (const map of maps) yield* map.keys()
    return undefined
  }
  function* values(): MapIterator<T> {
    for (const map of maps) for (const place of map.values()) yield valueAt(place)
    return undefined
  }
  const view: ReadonlyMap<string, T> = {
    get size() {
      return maps.reduce((total, { size }) => total + size, 0)
    },
    has: (name) => placeNamed(maps, name) !== undefined,
    get: (name) => {
      const place = placeNamed(maps, name)
      return place === undefined ? undefined : valueAt(place)
    },
    forEach: (tell, self) => {
      for (const [name, value] of entries()) tell.call(self, value, name, view as Map<string, T>)
    },
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
  }
  return view
}
