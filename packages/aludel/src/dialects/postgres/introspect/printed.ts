// Whole texts that the server prints, in the form that the model keeps.

import { type EngineSql, rawSql } from '../../../schema/sql.ts'
import { reenterable } from '../reenter.ts'

/** A query or statement without the semicolon at its end. */
export function printedQuery(text: string): EngineSql {
  return { all: rawSql(reenterable(text.trim().replace(/;$/, '').trimEnd())) }
}

/** A statement whose body is a program and stays as it is to the letter. */
export function printedProgram(text: string): EngineSql {
  return { all: rawSql(text.trim()) }
}

/** `["fillfactor=70"]` */
export function settingsOf(json: string | null): Readonly<Record<string, string>> {
  const settings: readonly string[] = json === null ? [] : JSON.parse(json)
  return Object.fromEntries(
    settings.map((setting) => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)]),
  )
}

/** What a printed statement puts before a name that would be found without it; null for one that would not. */
export const namespacePrefix = "CASE WHEN n.nspname = current_schema() THEN quote_ident(n.nspname) || '.' END AS prefix"

/** The statement with its object's name alone, where that says as much. */
export function withoutPrefix(text: string, prefix: string | null): string {
  const [head = ''] = /^CREATE (?:OR REPLACE )?[A-Z]+ /.exec(text) ?? []
  const plain = head.replace('OR REPLACE ', '')
  const rest = text.slice(head.length)
  return plain + (prefix !== null && rest.startsWith(prefix) ? rest.slice(prefix.length) : rest)
}
