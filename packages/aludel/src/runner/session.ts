// A connection with the dialect that belongs to it, opened from a project.

import type { Dialect } from '../dialects/dialect.ts'
import { dialectNamed, dialectNameOf, dialectOf } from '../dialects/registry.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { type Contact, openContact, withContact } from './contact.ts'

export interface Session extends Contact {
  readonly dialect: Dialect
}

/** Connects to the project's database. `mustExist` is for verbs that only read: they make no file. */
export async function openSession(project: Project, options: { readonly mustExist: boolean }): Promise<Session> {
  const contact = await openContact(project, options)
  return contact.session()
}

/** Opens a session, hands it to `work` and closes it whatever happens. */
export function withSession<T>(
  project: Project,
  options: { readonly mustExist: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return withContact(project, options, async (contact) => work(await contact.session()))
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
