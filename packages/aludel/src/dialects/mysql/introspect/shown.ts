// What no catalogue tells and only SHOW CREATE does, of everything at once: one block, whose loop runs on the server.

import type { Connection } from '../../../database/types.ts'
import { compareText } from '../../../schema/canonical.ts'
import type { Abilities } from '../features.ts'
import { literal } from '../literal.ts'
import type { MysqlConnection } from '../session/connection.ts'
import { readComposed } from './composed.ts'

export type ShownKind = 'table' | 'view' | 'sequence' | 'function' | 'procedure' | 'trigger' | 'event'

/** An object with the statement that makes it, as the engine writes it. */
export interface Shown {
  readonly kind: ShownKind
  readonly name: string
  /** Null where the user may not see it. */
  readonly text: string | null
}

export interface Showing {
  /** By kind and name; triggers in the order in which they run. */
  readonly shown: readonly Shown[]
  readonly user: string
  readonly database: string
  /** Events that began with their making. */
  readonly started: ReadonlySet<string>
}

const nothing: Showing = { shown: [], user: '', database: '', started: new Set() }

async function composed(db: Connection): Promise<Showing> {
  const { rows } = await db.query<{ readonly user: string; readonly name: string }>(
    'SELECT CURRENT_USER() AS user, DATABASE() AS name',
  )
  const started = await db.query<{ readonly name: string }>(startedQuery)
  const { user = '', name: database = '' } = rows[0] ?? {}
  return { shown: await readComposed(db), user, database, started: new Set(started.rows.map(({ name }) => name)) }
}

const startedQuery = `SELECT event_name AS name FROM information_schema.events
    WHERE event_schema = DATABASE() AND starts IN (created, last_altered)`

type Row = Readonly<Record<string, unknown>>

/** Under which name a statement's answer holds the object's own, by kind; a sequence answers as a table does. */
const keys: readonly (readonly [ShownKind, name: string, text: string])[] = [
  ['table', 'Table', 'Create Table'],
  ['view', 'View', 'Create View'],
  ['function', 'Function', 'Create Function'],
  ['procedure', 'Procedure', 'Create Procedure'],
  ['trigger', 'Trigger', 'SQL Original Statement'],
  ['event', 'Event', 'Create Event'],
]

/** `tables` null shows everything in the database; else only these tables. */
export async function readShown(
  db: Connection,
  tables: readonly string[] | null,
  { blocks }: Abilities,
): Promise<Showing> {
  if (!blocks) return tables === null ? composed(db) : nothing
  const [asker = [], started = [], ...results] = await (db as MysqlConnection).results(blockOf(tables))
  const shown = results.flatMap((rows) => rows.map(shownIn))
  return {
    shown: shown.sort(
      (a, b) => compareText(a.kind, b.kind) || (a.kind === 'trigger' ? 0 : compareText(a.name, b.name)),
    ),
    user: String(asker[0]?.user ?? ''),
    database: String(asker[0]?.name ?? ''),
    started: new Set(started.map(({ name }) => String(name))),
  }
}

/** What is refused is told by its name; the rest is shown all the same. */
function blockOf(tables: readonly string[] | null): string {
  const only = tables === null ? '' : ` AND table_name IN (${tables.map(literal).join(', ')})`
  const others = `
    UNION ALL SELECT routine_type, routine_name, 0 FROM information_schema.routines
      WHERE routine_schema = DATABASE() AND routine_type IN ('FUNCTION', 'PROCEDURE')
    UNION ALL SELECT 'TRIGGER', trigger_name, action_order FROM information_schema.triggers WHERE trigger_schema = DATABASE()
    UNION ALL SELECT 'EVENT', event_name, 0 FROM information_schema.events WHERE event_schema = DATABASE()
    ORDER BY place`
  return `BEGIN NOT ATOMIC
  DECLARE CONTINUE HANDLER FOR SQLEXCEPTION SELECT @aludel_kind AS kind, @aludel_name AS name;
  SELECT CURRENT_USER() AS user, DATABASE() AS name;
  ${startedQuery};
  FOR found IN (
    SELECT CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, table_name AS name, 0 AS place
      FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW', 'SEQUENCE')${only}${tables === null ? others : ''}
  ) DO
    SET @aludel_kind = found.kind, @aludel_name = found.name;
    EXECUTE IMMEDIATE CONCAT('SHOW CREATE ', found.kind, ' \`', REPLACE(found.name, '\`', '\`\`'), '\`');
  END FOR;
END`
}

function shownIn(row: Row): Shown {
  const found = keys.find(([, name, text]) => name in row && text in row)
  if (found === undefined) {
    return { kind: String(row.kind).toLowerCase() as ShownKind, name: String(row.name), text: null }
  }
  const [kind, name, key] = found
  const text = row[key]
  if (typeof text !== 'string') return { kind, name: String(row[name]), text: null }
  return { kind: text.startsWith('CREATE SEQUENCE ') ? 'sequence' : kind, name: String(row[name]), text }
}
