// Column types: from the house's words to the engine's text, and from what the engine reports back to the house's words.

import type { ColumnType } from '../../schema/model.ts'
import type { Abilities } from './features.ts'
import { memberText } from './literal.ts'
import { tokenize } from './tokens.ts'

/** What a type without a length or precision holds: MySQL's own defaults would cut texts off and round numbers. */
const stringLength = 255
const widestNumeric = { precision: 65, scale: 30 }

export function renderType(type: ColumnType, { uuidType }: Pick<Abilities, 'uuidType'>): string {
  switch (type.kind) {
    case 'integer':
      return 'int'
    case 'bigint':
    case 'smallint':
    case 'float':
    case 'double':
    case 'date':
    case 'json':
      return type.kind
    case 'string':
      return `varchar(${type.length ?? stringLength})`
    case 'text':
      return 'longtext'
    case 'boolean':
      return 'tinyint(1)'
    case 'numeric': {
      const { precision, scale } = type.precision === null ? widestNumeric : type
      return `decimal(${precision},${scale ?? 0})`
    }
    case 'time':
      return 'time(6)'
    case 'timestamp':
      return 'datetime(6)'
    case 'uuid':
      return uuidType ? 'uuid' : 'char(36) CHARACTER SET ascii'
    case 'binary':
      return 'longblob'
    case 'enumeration':
      return `enum(${type.values.map(memberText).join(',')})`
    case 'raw':
      return type.sql
  }
}

const plain: { readonly [text: string]: ColumnType } = {
  int: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  smallint: { kind: 'smallint' },
  longtext: { kind: 'text' },
  'tinyint(1)': { kind: 'boolean' },
  float: { kind: 'float' },
  double: { kind: 'double' },
  date: { kind: 'date' },
  'time(6)': { kind: 'time' },
  'datetime(6)': { kind: 'timestamp', timezone: false },
  json: { kind: 'json', text: false },
  uuid: { kind: 'uuid' },
  'char(36) character set ascii': { kind: 'uuid' },
  longblob: { kind: 'binary' },
}

/** The type that a text means, written by a user or reported by the engine. What the house has no word for stays raw. */
export function parseType(text: string): ColumnType {
  const canonical = canonicalType(text)
  const known = plain[canonical]
  if (known !== undefined) return known
  const length = /^varchar\((\d+)\)$/.exec(canonical)?.[1]
  if (length !== undefined) return { kind: 'string', length: Number(length) }
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(canonical) ?? []
  if (precision !== undefined) return { kind: 'numeric', precision: Number(precision), scale: Number(scale) }
  if (/^enum\(/.test(canonical) && canonical.endsWith(')')) {
    return { kind: 'enumeration', namespace: null, name: '', values: members(canonical) }
  }
  return { kind: 'raw', sql: canonical }
}

const words: { readonly [word: string]: string } = {
  charset: 'character set',
  now: 'current_timestamp',
  localtime: 'current_timestamp',
  localtimestamp: 'current_timestamp',
}

const synonyms: readonly (readonly [RegExp, string])[] = [
  [/^(?:bool|boolean)\b/, 'tinyint(1)'],
  [/^(?:integer|int4)\b/, 'int'],
  [/^int8\b/, 'bigint'],
  [/^int2\b/, 'smallint'],
  [/^(?:dec|numeric|fixed)\b/, 'decimal'],
  [/^(?:double precision|real)\b/, 'double'],
  [/^(?:character varying|char varying)\b/, 'varchar'],
  [/^character(?=\(|$)/, 'char'],
  [/^(char|binary|bit)(?=$| )/, '$1(1)'],
  [/^decimal(?=$| )/, 'decimal(10,0)'],
  [/^decimal\((\d+)\)/, 'decimal($1,0)'],
  [/^(datetime|timestamp|time)\(0\)/, '$1'],
  // MariaDB reports a display width, MySQL 8 does not; it means something only for tinyint(1) and with zerofill.
  [/^(int|bigint|smallint|mediumint|year)\(\d+\)(?!.*\bzerofill)/, '$1'],
  [/^tinyint\((?!1\))\d+\)(?!.*\bzerofill)/, 'tinyint'],
  [/(on update current_timestamp)(?:\(\))?(?!\()/, '$1()'],
]

/** One spelling for each type: lower case outside quotes, single blanks, no synonyms, no display widths. */
export function canonicalType(text: string): string {
  let canonical = ''
  let space = ''
  for (const token of tokenize(text.trim())) {
    if (token.kind === 'space') {
      space = ' '
      continue
    }
    const word = token.text.toLowerCase()
    const spelling = token.kind === 'word' ? (words[word] ?? word) : token.text
    canonical += (/[(,]$/.test(canonical) || /^[(),]$/.test(spelling) ? '' : space) + spelling
    space = ''
  }
  return synonyms.reduce((spelling, [pattern, word]) => spelling.replace(pattern, word), canonical)
}

function members(text: string): readonly string[] {
  return [...tokenize(text.slice('enum'.length))].flatMap((token) => {
    if (token.kind === 'string') return [unquoted(token.text)]
    if (token.kind === 'word' && token.text.startsWith('0x'))
      return [Buffer.from(token.text.slice(2), 'hex').toString()]
    return []
  })
}

const escapes: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', Z: '\u001a', '0': '\0' }

/** What a quoted string of the catalogue says: its quotes are doubled there, and a backslash escapes under every mode. */
export function unquoted(text: string): string {
  const mark = text.charAt(0)
  return text
    .slice(1, -1)
    .replace(/(['"])\1|\\([\s\S])/g, (found, quote: string | undefined, letter: string | undefined) => {
      if (letter !== undefined) return escapes[letter] ?? letter
      return quote === mark ? mark : found
    })
}

/** A raw type and what of it must stand after everything else of the column: `datetime` and `ON UPDATE ...`. */
export function splitAttributes(text: string): { readonly type: string; readonly attributes: string } {
  const at = text.search(/ (?:on update|invisible)\b/i)
  return at < 0 ? { type: text, attributes: '' } : { type: text.slice(0, at), attributes: text.slice(at) }
}
