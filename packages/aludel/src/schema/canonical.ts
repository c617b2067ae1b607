// One text for equal data: keys sorted, every value told apart, no clock and no locale.

/** Canonical JSON: object keys in code-unit order; bigints, dates, bytes and functions marked by a tag. */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return `{"$bigint":"${value}"}`
  if (typeof value === 'function') return JSON.stringify({ $function: String(value) })
  if (typeof value === 'number' && !Number.isFinite(value)) return `{"$number":"${value}"}`
  if (typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Date) return `{"$date":${JSON.stringify(value.toISOString())}}`
  if (value instanceof Uint8Array)
    return `{"$bytes":"${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"}`
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  return objectText(value as Readonly<Record<string, unknown>>)
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  // Without a comparison of its own, sort goes by code units.
  for (const key of Object.keys(value).sort()) {
    const held = value[key]
    if (held !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(held)}`
  }
  return `{${text}}`
}

/** Order by UTF-16 code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function sameData(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b)
}
