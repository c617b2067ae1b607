// Expressions of many tables on as few as their columns allow: what an expression means depends on the names in it alone.

/** An expression with what it needs to mean what it means on its own table. */
export interface Bound<T> {
  readonly item: T
  /** The types of its table's columns, by name. */
  readonly columns: ReadonlyMap<string, string>
  /** Whatever may be a name in it. */
  readonly words: ReadonlySet<string>
  /** How much of a table it takes. */
  readonly weight: number
}

/** A table that serves several expressions. */
export interface Shared<T> {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** The names that it may not have beside its columns. */
  readonly others: readonly string[]
  readonly items: readonly T[]
}

export interface Room {
  readonly columns: number
  readonly weight: number
}

/** What a table means by a name: the type of its column, or null where no column may have it. */
type Meanings = Map<string, string | null>

interface Open<T> {
  readonly meanings: Meanings
  readonly items: T[]
  columns: number
  weight: number
}

const openAtOnce = 8

/** A name means on the shared table what it means on the expression's own, also where that is no column. */
export function packed<T>(expressions: readonly Bound<T>[], room: Room): readonly Shared<T>[] {
  const all: Open<T>[] = []
  let open: Open<T>[] = []
  for (const one of expressions) {
    const needed: Meanings = new Map([...one.words].map((word) => [word, one.columns.get(word) ?? null]))
    let place = open.find(({ meanings }) => agrees(meanings, needed))
    if (place === undefined) {
      place = { meanings: new Map(), items: [], columns: 0, weight: 0 }
      all.push(place)
      open = [...open, place].slice(-openAtOnce)
    }
    put(place, one, needed)
    if (place.columns >= room.columns || place.weight >= room.weight) {
      open = open.filter((candidate) => candidate !== place)
    }
  }
  return all.map(({ meanings, items }) => ({
    columns: [...meanings].flatMap(([name, type]) => (type === null ? [] : [{ name, type }])),
    others: [...meanings].flatMap(([name, type]) => (type === null ? [name] : [])),
    items,
  }))
}

function agrees(meanings: Meanings, needed: Meanings): boolean {
  for (const [name, type] of needed) {
    const known = meanings.get(name)
    if (known !== undefined && known !== type) return false
  }
  return true
}

function put<T>(place: Open<T>, { item, weight }: Bound<T>, needed: Meanings): void {
  for (const [name, type] of needed) {
    if (type !== null && !place.meanings.has(name)) place.columns += 1
    place.meanings.set(name, type)
  }
  place.items.push(item)
  place.weight += weight
}
