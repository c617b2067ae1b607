// The naming conventions, so that no constraint is ever unnamed, and the limit that every engine shares.

/** Patterns with {table}, {columns}, {referent} and, for checks, {name}. */
export interface NamingConvention {
  readonly ix: string
  readonly uq: string
  readonly ck: string
  readonly fk: string
  readonly pk: string
}

export const defaultNaming: NamingConvention = {
  ix: 'ix_{table}_{columns}',
  uq: 'uq_{table}_{columns}',
  ck: 'ck_{table}_{name}',
  fk: 'fk_{table}_{columns}_{referent}',
  pk: 'pk_{table}',
}

export interface NameFacts {
  readonly table: string
  readonly columns?: readonly string[]
  readonly referent?: string
  readonly name?: string
}

/** The name that a pattern gives, cut to what every engine takes. */
export function conventionalName(pattern: string, facts: NameFacts): string {
  const words = { ...facts, columns: facts.columns?.join('_') }
  return shortName(
    pattern.replace(/\{(table|columns|referent|name)\}/g, (_, word: keyof NameFacts) => words[word] ?? ''),
  )
}

const longest = 63
const kept = 54

/** Names over 63 bytes keep 54 and end in `_` and 8 hex digits of their sha256, on every engine alike. */
export function shortName(name: string): string {
  // No character takes more than three bytes for each of its code units.
  if (3 * name.length <= longest) return name
  const bytes = new TextEncoder().encode(name)
  if (bytes.length <= longest) return name
  return `${cutAt(bytes, kept)}_${digest(name)}`
}

/** Eight hexadecimal digits that stand for a text. */
export function digest(text: string): string {
  // Loaded only when it is needed: it costs every start some milliseconds otherwise.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

// A cut must not fall inside a character: step back over UTF-8 continuation bytes.
function cutAt(bytes: Uint8Array, length: number): string {
  let end = length
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return new TextDecoder().decode(bytes.subarray(0, end))
}
