// What is known of columns, found by the numbers of table and column.

export interface Place {
  readonly table: number
  readonly number: number
}

export function placeFinder<P extends Place, T>(
  places: readonly P[],
  value: (place: P) => T,
): (table: number, number: number) => T | undefined {
  const tables = new Map<number, T[]>()
  for (const place of places) {
    const list = tables.get(place.table) ?? []
    list[place.number] = value(place)
    tables.set(place.table, list)
  }
  return (table, number) => tables.get(table)?.[number]
}
