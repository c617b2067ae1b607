// A connection to the project's database, with the language of its engine: enough to see whether there is anything to do.

import type { Connection } from '../database/types.ts'
import type { ConnectOptions, Language } from '../dialects/dialect.ts'
import { connectorFor, connectorNamed, engineNamed } from '../dialects/registry.ts'
import type { Project } from '../project/project.ts'
import type { Session } from './session.ts'

export interface Contact {
  readonly db: Connection
  readonly dialect: Language
  /** False for a connection of the caller's, which goes on after the run. */
  readonly isOwn: boolean
  /** The same connection with everything that its engine can do; loaded when it is asked for. */
  session(): Promise<Session>
  close(): Promise<void>
}

/** Connects to the project's database. `mustExist` is for verbs that only read: they make no file. */
export async function openContact(project: Project, options: { readonly mustExist: boolean }): Promise<Contact> {
  const isOwn = project.connect === null
  const db = project.connect === null ? await connectTo(project, await project.url(), options) : await project.connect()
  const { language } = await connectorNamed(db.dialect)
  const close = () => (isOwn ? db.close() : Promise.resolve())
  const session = async (): Promise<Session> => {
    const engine = await engineNamed(db.dialect)
    return sessionOver({ db, isOwn, close, dialect: engine.dialectFor(db.server) })
  }
  return { db, dialect: language, isOwn, close, session }
}

/** A contact that has its engine already. */
export function sessionOver(parts: Omit<Session, 'session'>): Session {
  const session: Session = { ...parts, session: async () => session }
  return session
}

/** Opens a contact, hands it to `work` and closes it whatever happens. */
export async function withContact<T>(
  project: Project,
  options: { readonly mustExist: boolean },
  work: (contact: Contact) => Promise<T>,
): Promise<T> {
  const contact = await openContact(project, options)
  try {
    return await work(contact)
  } finally {
    await contact.close()
  }
}

async function connectTo(
  project: Project,
  url: string,
  { mustExist }: { readonly mustExist: boolean },
): Promise<Connection> {
  const connector = await connectorFor(url)
  return connector.connect(optionsFor(project, url, mustExist))
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
