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

/** True where both have one canonical text; of plain lists and objects it is told without writing that. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return sameText(a, b)
  if (Array.isArray(a) && Array.isArray(b)) return sameItems(a, b)
  return isPlain(a) && isPlain(b) ? sameMembers(a, b) : sameText(a, b)
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (!sameData(a[at], b[at])) return false
  return true
}

function sameText(a: unknown, b: unknown): boolean {
  // What a text, a truth value or a finite number is equal to is of its own kind.
  if (typeof a === 'string' || typeof b === 'string' || typeof a === 'boolean' || typeof b === 'boolean') return a === b
  return canonicalJson(a) === canonicalJson(b)
}

type Members = Readonly<Record<string, unknown>>

function isPlain(value: object): value is Members {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype
}

function sameMembers(a: Members, b: Members): boolean {
  let left = 0
  for (const key in a) {
    const held = a[key]
    if (held === undefined) continue
    // What every object inherits is not its own: `__proto__` is a name like any other.
    const other = Object.hasOwn(b, key) ? b[key] : undefined
    if (other === undefined || !sameData(held, other)) return false
    left += 1
  }
  for (const key in b) if (b[key] !== undefined) left -= 1
  return left === 0
}
