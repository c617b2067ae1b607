// The project's models against its database: the shared half of migrate and check.

import { setImmediate } from 'node:timers/promises'
import { type CompareRequest, type Comparison, compare } from '../compare/compare.ts'
import { dialectNamed } from '../dialects/registry.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { isSchema } from '../project/schema-source.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { realHeads } from '../revisions/relations.ts'
import { foldAt } from '../runner/fold.ts'
import { ownTables } from '../runner/own-tables.ts'
import type { Session } from '../runner/session.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import { standingOf } from './revision-json.ts'
import { withSources } from './with-sources.ts'

/** How a comparison is to be made, beside what the configuration says. */
export interface CompareOptions extends Pick<CompareRequest, 'answers' | 'ask' | 'dropUnknown'> {}

export async function compareProject(
  project: Project,
  session: Session,
  graph: RevisionGraph<Script>,
  options: CompareOptions = {},
): Promise<Comparison> {
  const { held, wanted } = await bothSides(project, session)
  const request: CompareRequest = {
    db: session.db,
    dialect: session.dialect,
    wanted,
    held,
    scope: {
      own: ownTables(project),
      include: project.configuration.include,
      exclude: project.configuration.exclude,
    },
    chain: () => foldAt(project, graph, realHeads(graph), session.dialect).schema,
    engines: await Promise.all((project.configuration.engines ?? []).map((name) => dialectNamed(name))),
    ...options,
  }
  return compare(request)
}

/** The server reads its catalog while the models are loaded; the question goes out first, since loading leaves no room. */
async function bothSides(project: Project, session: Session) {
  const held = session.dialect.introspect(session.db, 'all')
  const read = held.then(
    () => undefined,
    () => undefined,
  )
  await setImmediate()
  try {
    await project.loader.ready()
    return { held, wanted: await wantedSchema(project) }
  } catch (error) {
    await read
    throw error
  }
}

/** What the configuration gives as `schema`, whatever source it comes from. */
async function wantedSchema(project: Project): Promise<Schema> {
  const given = await project.schema()
  if (isSchema(given)) return given
  const request = {
    references: [{ kind: 'models' as const }],
    dev: null,
    directory: project.directory,
    signal: new AbortController().signal,
  }
  return withSources(project, request, async ({ resolved: [only] }) => only?.schema ?? emptySchema)
}

/** True where every head has been applied and every row is known. */
export function isAtHead(graph: RevisionGraph<Script>, rows: readonly string[]): boolean {
  const standing = standingOf(graph, rows)
  return standing.unknown.length === 0 && realHeads(graph).every((id) => standing.applied.has(id))
}

/** What `migrate` says to a database that is not where its revisions end. */
export function notUpToDate(graph: RevisionGraph<Script>, rows: readonly string[]): AludelError {
  const standing = standingOf(graph, rows)
  const [unknown] = standing.unknown
  if (unknown !== undefined) {
    return new AludelError(
      'unknown-revision',
      `Can't locate revision "${unknown}", at which the database stands: no file here has it.`,
      {
        hint: 'Pull or check out the branch that has the file; `aludel current` shows where the database stands.',
        details: { unknown: standing.unknown },
      },
    )
  }
  const pending = [...graph.revisions.keys()].filter((id) => !standing.applied.has(id))
  return new AludelError(
    'not-up-to-date',
    `Target database is not up to date: ${pending.length} ${pending.length === 1 ? 'revision is' : 'revisions are'} not applied yet, so models and database cannot be compared.`,
    {
      hint: 'Type `aludel upgrade` first, then this again. If the database was made by other means and is as the head says, `aludel stamp head`.',
      details: { current: rows, pending, heads: realHeads(graph) },
    },
  )
}
