// SQLite's own texts of views and triggers: `CREATE VIEW` or `CREATE TRIGGER`, the name, and the rest as it was written.

import type { Trigger, View } from '../../../schema/object-model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { type Token, tokenize, unquoteString } from './tokens.ts'

/** The view that a text makes, with its query as it was written. */
export function parseView(sql: string, name: string): View {
  const [, , , first, ...rest] = tokenize(sql)
  const columns: string[] = []
  let body = first
  if (isMark(first, '(')) {
    const end = rest.findIndex((token) => isMark(token, ')'))
    for (const token of rest.slice(0, end)) if (token.kind !== 'mark') columns.push(nameOf(token, sql))
    body = rest[end + 1]
  }
  return {
    kind: 'view',
    namespace: null,
    name,
    query: { all: rawSql(sql.slice(body?.end ?? sql.length).trim()) },
    columns: columns.length === 0 ? null : columns,
    comment: null,
    options: {},
    dependsOn: [],
  }
}

function isMark(token: Token | undefined, value: string): boolean {
  return token?.kind === 'mark' && token.value === value
}

function nameOf({ kind, value, start, end }: Token, sql: string): string {
  if (kind === 'name') return value
  return kind === 'string' ? unquoteString(value) : sql.slice(start, end)
}

/** The name of the trigger that a text makes, in lower case: names differ in no other way. */
export function triggerName(sql: string): string {
  const words = tokenize(sql)
  const at = words.findIndex((token) => token.kind === 'word' && token.value === 'TRIGGER')
  const skipped = words[at + 1]?.value === 'IF' && words[at + 2]?.value === 'NOT' ? 3 : 0
  const first = words[at + 1 + skipped]
  const name = isMark(words[at + 2 + skipped], '.') ? words[at + 3 + skipped] : first
  return name === undefined ? '' : nameOf(name, sql).toLowerCase()
}

/** A trigger's text as SQLite keeps it: what stands before the name is always the same. */
export function plainTrigger(sql: string): string {
  const words = tokenize(sql)
  const at = words.findIndex((token) => token.kind === 'word' && token.value === 'TRIGGER')
  const skipped = words[at + 1]?.value === 'IF' && words[at + 2]?.value === 'NOT' ? 3 : 0
  const first = words[at + 1 + skipped]
  return first === undefined ? sql.trim() : `CREATE TRIGGER ${sql.slice(first.start).trim()}`
}

export function parseTrigger(sql: string, name: string, table: string): Trigger {
  return {
    kind: 'trigger',
    namespace: null,
    name,
    table: { namespace: null, name: table },
    text: { all: rawSql(sql) },
  }
}
