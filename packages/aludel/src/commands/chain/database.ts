// What a database says of its own place in the chain, and what is wrong with that.

import type { Project } from '../../project/project.ts'
import type { Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import { isBeginning } from '../../revisions/lookup.ts'
import { nearest } from '../../revisions/nearest.ts'
import { ancestors } from '../../revisions/relations.ts'
import { type Fault, leftToPeople } from '../../revisions/repair/fault.ts'
import { quotedList } from '../../revisions/sentences.ts'
import { ownTables, readVersionRows } from '../../runner/own-tables.ts'
import { brokenOffSteps } from '../../runner/past.ts'
import type { Session } from '../../runner/session.ts'

export interface DatabaseRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  /** Where the file of an identifier that no file has can be had from, in a sentence; null where nobody knows. */
  readonly whereabouts: (id: string) => string | null
}

export async function databaseFaults(request: DatabaseRequest): Promise<readonly Fault[]> {
  const { project, session, graph } = request
  const rows = await readVersionRows(project, session)
  if (rows === null || rows.length === 0) return unstampedFaults(request, rows)
  return [...rowFaults(request, rows), ...overlapFaults(graph, rows), ...(await brokenOffFaults(request))]
}

function finding(code: string, revisions: readonly string[], message: string, repair: string): Fault {
  return leftToPeople({ code, severity: 'error', revisions, message, repair })
}

/** Tables that nobody stamped: made by something else, or by a run whose version table was lost. */
async function unstampedFaults(
  { project, session, graph }: DatabaseRequest,
  rows: readonly string[] | null,
): Promise<readonly Fault[]> {
  const ours = new Set(ownTables(project))
  const { tables } = await session.dialect.introspect(session.db, 'all')
  const found = tables.map(({ name }) => name).filter((name) => !ours.has(name))
  if (found.length === 0 || graph.nodes.length === 0) return []
  const shown = found.length > 4 ? `${found.slice(0, 3).join(', ')} and ${found.length - 3} more` : found.join(', ')
  const why = rows === null ? 'has no version table' : 'has an empty version table'
  return [
    finding(
      'unstamped-database',
      [],
      `The database has tables (${shown}) but ${why}, so nothing tells which revisions made them.`,
      'Compare it with the models by `aludel check`. Where it agrees, `aludel stamp head`; else stamp the revision whose schema it has.',
    ),
  ]
}

function rowFaults({ graph, whereabouts }: DatabaseRequest, rows: readonly string[]): readonly Fault[] {
  const faults: Fault[] = []
  const twice = [...new Set(rows.filter((row, place) => rows.indexOf(row) !== place))]
  for (const row of twice) {
    faults.push(
      finding(
        'row-duplicated',
        graph.revisions.has(row) ? [row] : [],
        `The version table has the row "${row}" ${rows.filter((one) => one === row).length} times, not once.`,
        `${stamping(graph, rows)} writes each row once.`,
      ),
    )
  }
  for (const row of new Set(rows)) {
    if (graph.revisions.has(row)) continue
    faults.push(unknownRow(graph, row, rows, whereabouts))
  }
  return faults
}

function unknownRow(
  graph: RevisionGraph<Script>,
  row: string,
  rows: readonly string[],
  whereabouts: DatabaseRequest['whereabouts'],
): Fault {
  if (row.trim() === '') {
    const what = settled(graph, rows).length === 0 ? ', with the revision that the schema is at' : ' takes it away'
    return finding('row-empty', [], 'The version table has an empty row.', `${stamping(graph, rows)}${what}.`)
  }
  const found = begunBy(graph, row)
  const [full] = found
  if (full !== undefined && found.length === 1) {
    return finding(
      'row-abbreviated',
      [full],
      `The version table has "${row}", which is only the beginning of "${full}": an upgrade would leave both rows.`,
      `${stamping(graph, rows)} writes it out.`,
    )
  }
  if (found.length > 1) {
    return finding(
      'row-abbreviated',
      found,
      `The version table has "${row}", with which ${quotedList(found)} begin.`,
      `Find out by the schema which of them ran last, then \`aludel stamp --purge\` that one.`,
    )
  }
  const message = `The database is at "${row}", and no file has that identifier.`
  return finding('row-unknown', [row], message, whereabouts(row) ?? lostAdvice(graph, row, rows))
}

function lostAdvice(graph: RevisionGraph<Script>, row: string, rows: readonly string[]): string {
  const kept = settled(graph, rows)
  const [near] = nearest(row, graph.revisions.keys())
  const slip =
    near === undefined
      ? ''
      : ` If the row is a slip for "${near}", \`aludel stamp --purge ${[...new Set([...kept, near])].join(' ')}\`.`
  const lost = `compare the schema with the chain, then \`aludel stamp --purge ${[...kept, 'REVISION'].join(' ')}\``
  return `Get the code that this database was upgraded with.${slip} If that code is lost, ${lost}.`
}

/** The command that leaves the rows as they must be, for the rows that are known or can be told. */
function stamping(graph: RevisionGraph<Script>, rows: readonly string[]): string {
  const kept = settled(graph, rows)
  return `\`aludel stamp --purge ${kept.length === 0 ? 'REVISION' : kept.join(' ')}\``
}

/** Each row once, written out, without those that another one contains. */
function settled(graph: RevisionGraph<Script>, rows: readonly string[]): readonly string[] {
  const known = rows.flatMap((row) => {
    if (graph.revisions.has(row)) return [row]
    const found = row.trim() === '' ? [] : begunBy(graph, row)
    return found.length === 1 ? found : []
  })
  return [...new Set(known)].filter((row) => !isContained(graph, row, known))
}

function isContained(graph: RevisionGraph<Script>, row: string, rows: readonly string[]): boolean {
  return rows.some((other) => other !== row && ancestors(graph, [other]).includes(row))
}

/** The revisions that a row is the beginning of. */
function begunBy({ revisions }: RevisionGraph<Script>, row: string): readonly string[] {
  return [...revisions.keys()].filter((id) => isBeginning(row, id))
}

function overlapFaults(graph: RevisionGraph<Script>, rows: readonly string[]): readonly Fault[] {
  const known = [...new Set(rows)].filter((row) => graph.revisions.has(row))
  const lower = known.filter((row) => isContained(graph, row, known))
  if (lower.length === 0) return []
  const kept = known.filter((row) => !lower.includes(row))
  return [
    finding(
      'rows-overlap',
      [...lower, ...kept],
      `The version table has ${lower.map((row) => `"${row}"`).join(', ')} beside ${kept.map((row) => `"${row}"`).join(', ')}, which contains ${lower.length === 1 ? 'it' : 'them'}.`,
      `${stamping(graph, rows)} leaves what contains the rest. If a parent was changed after this database was upgraded, look first whether everything below ran here.`,
    ),
  ]
}

async function brokenOffFaults({ project, session }: DatabaseRequest): Promise<readonly Fault[]> {
  const found = await brokenOffSteps(project, session)
  return found.map(({ revision, direction, statements }) =>
    finding(
      'half-applied',
      [revision],
      statements === 0
        ? `A run began the ${direction} of "${revision}" and neither ended nor failed: it is still at work, or it died there.`
        : `A run broke off in the ${direction} of "${revision}" after ${statements} ${statements === 1 ? 'statement' : 'statements'}, which the engine has kept.`,
      `${statements === 0 ? 'Let it end where it is still at work. Else run' : 'Run'} \`aludel ${direction}\` again: it goes on after what was applied. Or finish it by hand and \`aludel stamp\` where that leads; \`aludel ${direction} --sql\` shows what was to run.`,
    ),
  )
}
