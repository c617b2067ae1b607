// How PostgreSQL limits statements: lock_timeout and statement_timeout, for the session or for one transaction.
// https://www.postgresql.org/docs/current/runtime-config-client.html

import type { Connection } from '../../database/types.ts'
import type { Limiting, Limits, SessionLimits, StatementKind } from '../limits.ts'
import { literal } from './literal.ts'
import { split } from './split.ts'

const space = String.raw`(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*`
const starting = (words: string) => new RegExp(`^${space}(?:${words})\\b`, 'i')

/** The first that a statement begins with counts; what is none of these changes the schema. */
const kinds: readonly (readonly [RegExp, StatementKind])[] = [
  [starting(String.raw`create\s+(?:unique\s+)?index\s+concurrently|drop\s+index\s+concurrently`), 'index'],
  [starting(String.raw`reindex\b[^;]*\bconcurrently`), 'index'],
  [starting(String.raw`alter\s+table\b[^;]*\bdetach\s+partition\b[^;]*\s(?:concurrently|finalize)`), 'index'],
  [
    starting(String.raw`alter\s+table\s+(?:only\s+)?[^\s,;]+\s+validate\s+constraint(?=\s+[^\s,;]+\s*;?\s*$)`),
    'validate',
  ],
  [starting('insert|update|delete|merge|copy|select|with|values|table|analyze|show|set|explain'), 'data'],
  [starting(String.raw`vacuum(?!\s*\(?[^;)]*\bfull\b)|refresh\s+materialized\s+view\s+concurrently`), 'data'],
]

/** From what keeps most others out to what keeps fewest. */
const strength: readonly StatementKind[] = ['ddl', 'validate', 'data', 'index']

function kindOf(sql: string): StatementKind {
  const first = kindOfOne(sql)
  if (first === 'ddl' || !sql.includes(';')) return first
  const found = split(sql).map(kindOfOne)
  return strength.find((kind) => found.includes(kind)) ?? first
}

function kindOfOne(sql: string): StatementKind {
  return kinds.find(([pattern]) => pattern.test(sql))?.[1] ?? 'ddl'
}

// A procedure commits as it likes; a partition half detached and an index half rebuilt stay.
const leaving = starting(String.raw`call|do|reindex|vacuum|alter\s+table\b[^;]*\bdetach\s+partition`)

export const limiting: Limiting = {
  kindOf,
  // A limit of time for a lock would leave an invalid index behind.
  patient: ['index', 'validate', 'data'],
  unlimited: ['index'],
  local: true,
  leavesNothing: (sql) => !leaving.test(sql) && (!sql.includes(';') || split(sql).length <= 1),
  begin,
}

async function begin(db: Connection, isOwn: boolean): Promise<SessionLimits> {
  if (isOwn) return { change: changeTo('DEFAULT'), restore: [] }
  const { rows } = await db.query<{ readonly lock: string; readonly statement: string }>(
    "SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement",
  )
  const { lock = '0', statement = '0' } = rows[0] ?? {}
  return {
    change: changeTo(literal(statement)),
    restore: [`SET lock_timeout = ${literal(lock)}`, `SET statement_timeout = ${literal(statement)}`],
  }
}

function changeTo(own: string): SessionLimits['change'] {
  return (from, to, local) => {
    const set = local ? 'SET LOCAL' : 'SET'
    return [
      ...(from.lock === to.lock ? [] : [`${set} lock_timeout = ${milliseconds(to.lock)}`]),
      ...(from.statement === to.statement
        ? []
        : [`${set} statement_timeout = ${to.statement === 'own' ? own : milliseconds(to.statement)}`]),
    ]
  }
}

// Zero means no limit here, so the shortest limit is one.
function milliseconds(limit: Limits['lock']): string {
  return limit === null ? '0' : String(Math.min(Math.max(1, Math.floor(limit)), 2_147_483_647))
}
