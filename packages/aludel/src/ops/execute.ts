// execute: SQL as written, for every engine or one text for each.

import type { DialectName } from '../database/types.ts'
import type { Sql } from '../schema/sql.ts'
import { isIrreversible, type OpDefinition, touches } from './definition.ts'
import { executeTexts } from './execute-sql.ts'
import { type Nested, touchesOf } from './nested.ts'
import type { ExecuteSql, Op } from './operations.ts'

export const execute = (nested: Nested): OpDefinition<'execute'> => ({
  holdsOthers: true,
  apply: (schema, op) => nested.applyAll(schema, op.effects ?? []),
  invert(op, before) {
    if (op.undo === null) return { irreversible: `What undoes this SQL is not told: ${firstWords(op.sql)}` }
    const effects = op.effects === null ? null : nested.invertAll(op.effects, before)
    if (effects !== null && isIrreversible(effects)) return effects
    return [{ ...op, sql: op.undo, undo: op.sql, effects }]
  },
  // Data changes leave the schema alone; anything else is unknown unless its effects or touches are declared.
  touches: (op) => (op.effects !== null ? touchesOf(op.effects, nested) : isData(op) ? touches({}) : 'unknown'),
  describe: (op) => `execute ${firstWords(op.sql)}`,
  print: (op, printer) => printer.executeCall(op),
})

/** True where every text is one query or one change of rows. */
export function isData(op: Op<'execute'>): boolean {
  return textsOf(op.sql).every((text) => {
    const plain = plainText(text)
    if (!/^\s*(?:select|insert|update|delete|replace|merge|values|with|truncate)\b[^;]*;?\s*$/i.test(plain))
      return false
    // SELECT ... INTO makes a table on PostgreSQL.
    return !/\bselect\b.*\binto\b/is.test(plain.replace(/\b(insert|replace|merge)\s+into\b/gi, '$1'))
  })
}

/** What each engine refuses inside a transaction, as a statement begins. */
const alone: { readonly [K in DialectName]: RegExp | null } = {
  // https://www.postgresql.org/docs/current/sql-commands.html: each of these says "cannot be executed inside a transaction block".
  postgres:
    /^(?:vacuum|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+(?:system|subscription)|create\s+(?:unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\s+(?:\([^)]*\)\s*)?(?:database|system|\w+\s+concurrently)|reindex\s*\([^)]*concurrently|alter\s+table\b.*\bdetach\s+partition\b.*\bconcurrently|alter\s+database\b.*\bset\s+tablespace)\b/is,
  sqlite: /^(?:vacuum|attach|detach|pragma\s+(?:\w+\s*\.\s*)?journal_mode\s*[=(])/i,
  mysql: null,
}

/** True where an engine takes one of the statements only outside a transaction. */
export function mustStandAlone(sql: ExecuteSql, dialect: DialectName): boolean {
  const pattern = alone[dialect]
  const texts = executeTexts(sql, dialect) ?? []
  return (
    pattern !== null &&
    texts.some((text) =>
      plainText(text)
        .split(';')
        .some((one) => pattern.test(one.trim())),
    )
  )
}

export function textsOf(sql: ExecuteSql): readonly Sql[] {
  return 'all' in sql ? sql.all : Object.values(sql.per).flat()
}

// Strings, quoted names and comments are emptied first: a semicolon inside one ends no statement.
export function plainText(fragment: Sql): string {
  return fragment.parts
    .map((part) => (typeof part === 'string' ? part : '?'))
    .join('')
    .replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
      /^['"`]/.test(found) ? '?' : ' ',
    )
}

function firstWords(sql: ExecuteSql): string {
  const text = (textsOf(sql)[0]?.parts ?? [])
    .map((part) => (typeof part === 'string' ? part : 'name' in part ? `"${part.name.join('.')}"` : '?'))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
