// Where the schemas of one answer are read: which engine it is about, its scratch databases, and that nothing stays open.

import type { Connection, DialectName } from '../database/types.ts'
import type { ScratchServer } from '../dialects/dialect.ts'
import { dialectNameOf, dialectOf, engineFor, engineNamed } from '../dialects/registry.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { isSchema, type SchemaReference } from '../project/schema-source.ts'
import { needsScratch, referenceOf, titleOf } from './reference.ts'
import type { Places, Resolved } from './source.ts'

export interface PlacesRequest {
  readonly project: Project
  readonly references: readonly SchemaReference[]
  /** The address of the scratch database that was asked for; null for what the configuration says, or what can be had. */
  readonly dev: string | null
  readonly signal: AbortSignal
}

/** The engine that the sources are of: its name, and the addresses that are known of it. */
export interface Ground {
  readonly name: DialectName
  readonly dev: string | null
  /** A server that SQL may be loaded on where nothing else can be had. */
  readonly target: string | null
}

/** @throws AludelError `dialect-needed`, `different-engines` */
export async function groundOf({ project, references, dev: asked }: PlacesRequest): Promise<Ground> {
  const dev = asked ?? project.environment.ALUDEL_DEV ?? project.configuration.dev ?? null
  const own = await project.url().catch((error: unknown) => {
    if (isAludelError(error) && error.code === 'no-database') return null
    throw error
  })
  const addresses = references.flatMap((one) => (one.kind === 'database' ? (one.url ?? own ?? []) : []))
  const named = [...addresses, ...(dev === null ? [] : [dev])].map(dialectOf)
  const [name = own === null ? engineOf(project, references) : dialectOf(own)] = named
  const other = named.find((one) => one !== name)
  if (other !== undefined) {
    throw new AludelError('different-engines', `The sources are of different engines: ${name} and ${other}.`, {
      hint: 'Compare schemas of one engine; --dev is a database of the same.',
      details: { engines: [name, other] },
    })
  }
  const [first] = addresses
  const target = first ?? (own !== null && dialectOf(own) === name ? own : null)
  return { name, dev, target }
}

function engineOf(project: Project, references: readonly SchemaReference[]): DialectName {
  const [only, ...others] = project.configuration.engines ?? []
  const name = only !== undefined && others.length === 0 ? dialectNameOf(only) : null
  if (name !== null) return name
  throw new AludelError(
    'dialect-needed',
    `Nothing says which engine ${references.map((one) => titleOf(one, project.directory)).join(' and ')} is for.`,
    {
      hint: 'Add --dev with the address of a scratch database: sqlite::memory:, postgresql://..., mysql://...',
    },
  )
}

/** What the project's models stand for: the sources that are read in the end. */
export async function followed(project: Project, reference: SchemaReference): Promise<SchemaReference> {
  if (reference.kind !== 'models') return reference
  await project.loader.ready()
  const given = await project.schema()
  if (isSchema(given)) return reference
  return typeof given === 'string' ? referenceOf(given, project.directory) : given
}

export function openPlaces({ project, references, signal }: PlacesRequest, ground: Ground): Places {
  const open = new Set<Connection>()
  const several = references.filter(needsScratch).length > 1
  let server: Promise<ScratchServer> | null = null
  const stop = () => {
    for (const db of open) db.cancel().catch(() => undefined)
  }
  signal.addEventListener('abort', stop, { once: true })
  // Nothing is begun after the end: nobody would be left to hear of its failure.
  const taken = async (opening: () => Promise<Connection>): Promise<Connection> => {
    signal.throwIfAborted()
    const db = await opening()
    open.add(db)
    signal.throwIfAborted()
    return db
  }
  return {
    database: async (url) => taken(() => connectTo(project, url)),
    scratch: async (texts) => {
      server ??= scratchServer(project, ground, signal)
      const ready = await server
      return taken(() => ready.open(texts))
    },
    read: async (title, db, isLive) => {
      const schema = (await engineNamed(db.dialect)).dialectFor(db.server)
      const resolved = { title, schema: await schema.introspect(db, 'all'), isLive }
      const stays = isLive || !several || (await server)?.separate !== false
      if (!stays) await closed(db, open)
      return { ...resolved, printed: { server: db.server, db: stays ? db : null } } satisfies Resolved
    },
    close: async () => {
      signal.removeEventListener('abort', stop)
      try {
        for (const db of [...open]) await closed(db, open)
      } finally {
        await (await server?.catch(() => null))?.close()
      }
    },
  }
}

async function closed(db: Connection, open: Set<Connection>): Promise<void> {
  open.delete(db)
  await db.close()
}

async function connectTo(project: Project, url: string): Promise<Connection> {
  const engine = await engineFor(url)
  return engine.connect({
    url,
    directory: project.directory,
    lockTimeout: project.lockTimeout,
    statementTimeout: project.configuration.statementTimeout ?? null,
    mustExist: true,
    resolveFrom: [project.directory],
  })
}

/** The one that was given; else one that the engine brings; else a database on the server that is looked at. */
export async function scratchServer(
  project: Project,
  { name, dev, target }: Ground,
  signal: AbortSignal,
): Promise<ScratchServer> {
  const engine = await engineNamed(name)
  const { directory, lockTimeout } = project
  const options = { directory, lockTimeout, resolveFrom: [directory], signal }
  if (dev !== null) return engine.scratch({ ...options, url: dev, dedicated: true })
  try {
    return await engine.scratch({ ...options, url: null, dedicated: false })
  } catch (error) {
    if (target === null || !isAludelError(error) || error.code !== 'no-scratch-database') throw error
    return engine.scratch({ ...options, url: target, dedicated: false })
  }
}
