// A connection with the dialect that belongs to it, opened from a project.

import type { Connection } from '../database/types.ts'
import type { ConnectOptions, Dialect } from '../dialects/dialect.ts'
import { dialectNamed, dialectNameOf, dialectOf, engineFor, engineNamed } from '../dialects/registry.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'

export interface Session {
  readonly db: Connection
  readonly dialect: Dialect
  /** False for a connection of the caller's, which goes on after the run. */
  readonly isOwn: boolean
  close(): Promise<void>
}

/** Connects to the project's database. `mustExist` is for verbs that only read: they make no file. */
export async function openSession(project: Project, options: { readonly mustExist: boolean }): Promise<Session> {
  const db = project.connect === null ? await connectTo(project, await project.url(), options) : await project.connect()
  const engine = await engineNamed(db.dialect)
  return {
    db,
    dialect: engine.dialectFor(db.server),
    isOwn: project.connect === null,
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

/**
 * The dialect to write for without connecting: the one that is named; else that of the project's address, in the version
 * that its `engines` say; else the only one of these.
 */
export async function offlineDialect(project: Project, named: string | null = null): Promise<Dialect> {
  if (named !== null) return dialectNamed(named)
  const { engines = [] } = project.configuration
  const address = await project.url().catch((error: unknown) => {
    if (engines.length === 0) throw error
    return null
  })
  if (address === null) {
    const [only, ...others] = engines
    if (only !== undefined && others.length === 0) return dialectNamed(only)
    throw new AludelError('dialect-needed', 'Nothing says which of the engines the SQL is for.', {
      hint: `Add --dialect with one of: ${engines.join(', ')}.`,
      details: { engines },
    })
  }
  const name = dialectOf(address)
  const configured = engines.filter((engine) => dialectNameOf(engine) === name)
  const [own = name] = configured
  return dialectNamed(configured.length > 1 ? name : own)
}

/** The engine of the project's address; of its `engines`, or SQLite, where none is set: operations read alike on all. */
export async function recordingDialect(project: Project): Promise<Dialect> {
  const [configured = 'sqlite'] = project.configuration.engines ?? []
  try {
    return await offlineDialect(project)
  } catch (error) {
    if (!isAludelError(error)) throw error
    return dialectNamed(configured)
  }
}

async function connectTo(
  project: Project,
  url: string,
  { mustExist }: { readonly mustExist: boolean },
): Promise<Connection> {
  const engine = await engineFor(url)
  return engine.connect(optionsFor(project, url, mustExist))
}

/** What a second connection to the project's database is opened with. */
export async function connectOptions(project: Project): Promise<ConnectOptions> {
  return optionsFor(project, await project.url(), true)
}

function optionsFor(project: Project, url: string, mustExist: boolean): ConnectOptions {
  return {
    url,
    directory: project.directory,
    lockTimeout: project.lockTimeout,
    statementTimeout: project.configuration.statementTimeout ?? null,
    mustExist,
    resolveFrom: [project.directory],
  }
}
