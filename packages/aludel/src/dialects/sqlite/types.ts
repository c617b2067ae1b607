// Neutral types and what SQLite declares for them: the declared word is all that SQLite keeps of a type.

import type { ColumnType } from '../../schema/model.ts'

/** The type that a column declares. */
export function renderType(type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
      return 'INTEGER'
    case 'bigint':
      return 'BIGINT'
    case 'smallint':
      return 'SMALLINT'
    case 'string':
      return type.length === null ? 'VARCHAR' : `VARCHAR(${type.length})`
    case 'text':
    case 'json':
    case 'enumeration':
      return 'TEXT'
    case 'boolean':
      return 'BOOLEAN'
    case 'numeric':
      return type.precision === null ? 'NUMERIC' : `NUMERIC(${type.precision}, ${type.scale ?? 0})`
    case 'float':
      return 'REAL'
    case 'double':
      return 'DOUBLE'
    case 'date':
      return 'DATE'
    case 'time':
      return 'TIME'
    case 'timestamp':
      return 'DATETIME'
    case 'uuid':
      return 'CHAR(36)'
    case 'binary':
      return 'BLOB'
    case 'raw':
      return type.sql
  }
}

const simple: Readonly<Record<string, ColumnType>> = {
  INTEGER: { kind: 'integer' },
  BIGINT: { kind: 'bigint' },
  SMALLINT: { kind: 'smallint' },
  VARCHAR: { kind: 'string', length: null },
  TEXT: { kind: 'text' },
  BOOLEAN: { kind: 'boolean' },
  NUMERIC: { kind: 'numeric', precision: null, scale: null },
  REAL: { kind: 'float' },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
  TIME: { kind: 'time' },
  DATETIME: { kind: 'timestamp', timezone: false },
  'CHAR(36)': { kind: 'uuid' },
  BLOB: { kind: 'binary' },
}

/** The neutral type of a declared one; a word that has none stays as it is. */
export function parseType(declared: string): ColumnType {
  const word = declared.trim().replace(/\s+/g, ' ').toUpperCase()
  const known = simple[word]
  // Synonyms such as INT stay raw, so that a rebuild writes the word that was there.
  if (known !== undefined) return known
  const string = /^VARCHAR ?\( ?(\d+) ?\)$/.exec(word)
  if (string !== null) return { kind: 'string', length: Number(string[1]) }
  const numeric = /^NUMERIC ?\( ?(\d+) ?(?:, ?(\d+) ?)?\)$/.exec(word)
  if (numeric !== null) return { kind: 'numeric', precision: Number(numeric[1]), scale: Number(numeric[2] ?? 0) }
  return { kind: 'raw', sql: declared.trim() }
}
