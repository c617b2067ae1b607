// The statements that make views, routines, triggers and events, put together from the catalogue of an engine that runs no blocks.
//
// Not run on MySQL: https://dev.mysql.com/doc/refman/8.4/en/ information-schema-views-table.html, -routines-, -parameters-,
// -triggers- and -events-table.html. On MariaDB the same catalogue gives what SHOW CREATE does, but for ALGORITHM.

import type { Connection } from '../../../database/types.ts'
import { quote, quotedText } from '../literal.ts'
import { grouped } from './group.ts'
import type { Shown } from './shown.ts'

type Row = Readonly<Record<string, string | null>>

/** Six queries; the texts in the form of SHOW CREATE. Triggers come in the order in which they run. */
export async function readComposed(db: Connection): Promise<readonly Shown[]> {
  const rows = async (sql: string): Promise<readonly Row[]> => (await db.query<Row>(sql)).rows
  const parameters = grouped(await rows(parameterQuery), (row) => `${row.kind} ${row.routine}`)
  return [
    ...(await rows(viewQuery)).map((row) => shown('view', row, viewText(row))),
    ...(await rows(routineQuery)).map((row) =>
      shown(
        row.kind === 'PROCEDURE' ? 'procedure' : 'function',
        row,
        routineText(row, parameters.get(`${row.kind} ${row.name}`) ?? []),
      ),
    ),
    ...(await rows(triggerQuery)).map((row) => shown('trigger', row, triggerText(row))),
    ...(await rows(eventQuery)).map((row) => shown('event', row, eventText(row))),
  ]
}

function shown(kind: Shown['kind'], { name, body }: Row, text: string): Shown {
  return { kind, name: name ?? '', text: body === null || body === '' ? null : text }
}

const viewQuery = `
  SELECT table_name AS name, view_definition AS body, check_option AS checked, definer AS definer, security_type AS security
  FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name`

const routineQuery = `
  SELECT routine_name AS name, routine_type AS kind, routine_definition AS body, is_deterministic AS fixed,
    sql_data_access AS access, security_type AS security, routine_comment AS comment, definer AS definer
  FROM information_schema.routines WHERE routine_schema = DATABASE() AND routine_type IN ('FUNCTION', 'PROCEDURE')
  ORDER BY routine_type, routine_name`

const parameterQuery = `
  SELECT specific_name AS routine, routine_type AS kind, ordinal_position AS place, parameter_mode AS way,
    parameter_name AS name, dtd_identifier AS type, character_set_name AS charset, collation_name AS collation
  FROM information_schema.parameters WHERE specific_schema = DATABASE() ORDER BY specific_name, ordinal_position`

const triggerQuery = `
  SELECT trigger_name AS name, action_timing AS timing, event_manipulation AS event, event_object_table AS target,
    action_statement AS body, definer AS definer
  FROM information_schema.triggers WHERE trigger_schema = DATABASE()
  ORDER BY event_object_table, action_timing, event_manipulation, action_order`

const eventQuery = `
  SELECT event_name AS name, event_definition AS body, event_type AS kind, CAST(execute_at AS CHAR) AS at,
    interval_value AS number, interval_field AS unit, CAST(starts AS CHAR) AS starts, CAST(ends AS CHAR) AS ends,
    status AS status, on_completion AS ending, event_comment AS comment, definer AS definer
  FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY event_name`

function definerText({ definer }: Row): string {
  const at = (definer ?? '').lastIndexOf('@')
  return `DEFINER=${quote((definer ?? '').slice(0, at))}@${quote((definer ?? '').slice(at + 1))}`
}

function viewText(row: Row): string {
  const checked = row.checked === 'NONE' || row.checked === null ? '' : ` WITH ${row.checked} CHECK OPTION`
  return `CREATE ${definerText(row)} SQL SECURITY ${row.security} VIEW ${quote(row.name ?? '')} AS ${row.body}${checked}`
}

function routineText(row: Row, parameters: readonly Row[]): string {
  const own = parameters.filter(({ place }) => Number(place) > 0)
  const result = parameters.find(({ place }) => Number(place) === 0)
  const given = own.map((one) => {
    const way = row.kind === 'PROCEDURE' ? `${one.way} ` : ''
    return `${way}${quote(one.name ?? '')} ${typeText(one)}`
  })
  return [
    `CREATE ${definerText(row)} ${row.kind} ${quote(row.name ?? '')}(${given.join(', ')})`,
    result === undefined ? '' : ` RETURNS ${typeText(result)}`,
    row.access === 'CONTAINS SQL' ? '' : `\n    ${row.access}`,
    row.fixed === 'YES' ? '\n    DETERMINISTIC' : '',
    row.security === 'INVOKER' ? '\n    SQL SECURITY INVOKER' : '',
    row.comment ? `\n    COMMENT ${quotedText(row.comment)}` : '',
    `\n${row.body}`,
  ].join('')
}

function typeText({ type, charset, collation }: Row): string {
  return `${type}${charset ? ` CHARSET ${charset} COLLATE ${collation}` : ''}`
}

function triggerText(row: Row): string {
  const head = `CREATE ${definerText(row)} TRIGGER ${quote(row.name ?? '')}`
  return `${head} ${row.timing} ${row.event} ON ${quote(row.target ?? '')} FOR EACH ROW ${row.body}`
}

function eventText(row: Row): string {
  const [starts, ends] = [row.starts ? ` STARTS '${row.starts}'` : '', row.ends ? ` ENDS '${row.ends}'` : '']
  const isNumber = /^\d+$/.test(row.number ?? '')
  const every = `EVERY ${isNumber ? row.number : quotedText(row.number ?? '')} ${row.unit}${starts}${ends}`
  const status = row.status === 'ENABLED' ? 'ENABLE' : 'DISABLE'
  return [
    `CREATE ${definerText(row)} EVENT ${quote(row.name ?? '')}`,
    ` ON SCHEDULE ${row.kind === 'ONE TIME' ? `AT '${row.at}'` : every}`,
    ` ON COMPLETION ${row.ending} ${status}`,
    row.comment ? ` COMMENT ${quotedText(row.comment)}` : '',
    ` DO ${row.body}`,
  ].join('')
}
