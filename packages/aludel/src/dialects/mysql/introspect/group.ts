// Rows of the catalogue by what they belong to, in the order in which they came.

export function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const list = found.get(key(row))
    if (list === undefined) found.set(key(row), [row])
    else list.push(row)
  }
  return found
}
