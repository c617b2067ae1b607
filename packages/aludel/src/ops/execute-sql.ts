// What `execute` may be given, as data: one text, several, or a text for each engine.

import type { DialectName } from '../database/types.ts'
import { isSql, rawSql, type Sql } from '../schema/sql.ts'
import type { ExecuteSql } from './operations.ts'

type Texts = string | Sql | readonly (string | Sql)[]
export type ExecuteGiven = Texts | Readonly<Partial<Record<DialectName, Texts>>>

export function toExecuteSql(given: ExecuteGiven): ExecuteSql {
  if (isTexts(given)) return { all: list(given) }
  const own = Object.entries(given).flatMap(([engine, texts]) => (texts === undefined ? [] : [[engine, list(texts)]]))
  return { per: Object.fromEntries(own) }
}

/** The texts for one engine; null where it was given none. */
export function executeTexts(sql: ExecuteSql, dialect: DialectName): readonly Sql[] | null {
  return 'all' in sql ? sql.all : (sql.per[dialect] ?? null)
}

function isTexts(given: ExecuteGiven): given is Texts {
  return typeof given === 'string' || Array.isArray(given) || isSql(given)
}

function list(texts: Texts): readonly Sql[] {
  const all = typeof texts === 'string' || isSql(texts) ? [texts] : texts
  return all.map((one) => (typeof one === 'string' ? rawSql(one) : one))
}
