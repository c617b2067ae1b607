// A connection with the dialect that belongs to it, opened from a project.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { dialectOf, engineFor, engineNamed } from '../dialects/registry.ts'
import { isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'

export interface Session {
  readonly db: Connection
  readonly dialect: Dialect
  close(): Promise<void>
}

/** Connects to the project's database. `mustExist` is for verbs that only read: they make no file. */
export async function openSession(project: Project, options: { readonly mustExist: boolean }): Promise<Session> {
  const db = project.connect === null ? await connectTo(project, await project.url(), options) : await project.connect()
  const engine = await engineNamed(db.dialect)
  return {
    db,
    dialect: engine.dialectFor(db.server),
    close: () => (project.connect === null ? db.close() : Promise.resolve()),
  }
}

/** Opens a session, hands it to `work` and closes it whatever happens. */
export async function withSession<T>(
  project: Project,
  options: { readonly mustExist: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(project, options)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** The dialect that the project's address names, without connecting. */
export async function offlineDialect(project: Project): Promise<Dialect> {
  return (await engineFor(await project.url())).offline
}

/** The engine of the project's address; of its `engines`, or SQLite, where none is set: operations read alike on all. */
export async function recordingDialect(project: Project): Promise<Dialect> {
  const [configured] = project.configuration.engines ?? []
  try {
    return (await engineNamed(dialectOf(await project.url()))).offline
  } catch (error) {
    if (!isAludelError(error)) throw error
    return (await engineNamed(configured ?? 'sqlite')).offline
  }
}

async function connectTo(
  project: Project,
  url: string,
  { mustExist }: { readonly mustExist: boolean },
): Promise<Connection> {
  const engine = await engineFor(url)
  return engine.connect({
    url,
    directory: project.directory,
    lockTimeout: project.lockTimeout,
    statementTimeout: project.configuration.statementTimeout ?? null,
    mustExist,
    resolveFrom: [project.directory],
  })
}
