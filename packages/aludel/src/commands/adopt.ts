// adopt: a database that is there already gets models, a first revision and its stamp, once both are seen to say what is there.

import { existsSync, mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { compare } from '../compare/compare.ts'
import { withinScope } from '../compare/scope.ts'
import { diff } from '../diff/diff.ts'
import { AludelError } from '../errors.ts'
import { isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll, definitionOf, invertAll } from '../ops/registry.ts'
import { modelsText } from '../project/models-file.ts'
import type { Project } from '../project/project.ts'
import { isSchema } from '../project/schema-source.ts'
import { pathFrom } from '../project/script-places.ts'
import { loadScripts, requireWritable, versionFolders } from '../project/scripts.ts'
import { writeNewFile } from '../project/write.ts'
import { illegalIdReason } from '../revisions/problems.ts'
import { planStamp } from '../revisions/stamp.ts'
import { ownTables, readVersionRows } from '../runner/own-tables.ts'
import { type Session, withSession } from '../runner/session.ts'
import { runStamp } from '../runner/stamp.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import type { Command } from './command.ts'
import type { RevisionJson } from './revision-json.ts'
import { type NewRevisionOptions, writeRevision } from './write-revision.ts'

export interface AdoptOptions extends Pick<NewRevisionOptions, 'message' | 'revisionId' | 'createdAt' | 'versionPath'> {
  /** The file of models to write, from the project's folder; default: `models.ts`. Not written where the configuration names a schema. */
  readonly models?: string
}

export interface AdoptResult {
  readonly database: string
  readonly revision: RevisionJson
  /** Files that were written, relative to the project's folder. */
  readonly created: readonly string[]
  readonly tables: number
  /** True where the version table held the revision's identifier already. */
  readonly wasStamped: boolean
  /** What the new files do not say as the database has it; the database is stamped only where this is empty. */
  readonly differences: readonly Op[]
  readonly text: readonly string[]
  readonly notes: readonly string[]
}

export const adopt: Command<AdoptOptions, AdoptResult> = async (project, options) => {
  const graph = requireWritable(loadScripts(project))
  if (graph.revisions.size > 0) throw chainExists([...graph.revisions.keys()])
  return withSession(project, { mustExist: true }, async (session) => {
    const id = adoptedId((await readVersionRows(project, session)) ?? [], options.revisionId)
    const found = await ours(project, session)
    if (found.tables.length + found.objects.length === 0) throw nothingToAdopt(session)
    const address = project.connect === null ? await project.url() : session.db.address
    const models = project.configuration.schema === undefined ? writeModels(project, address, found, options) : null
    const wanted = await wantedOf(project, models?.file ?? null)
    const { revision, file } = writeFirst(project, wanted, { ...options, ...(id === null ? {} : { revisionId: id }) })
    const created = [...(models?.created ?? []), pathFrom(project.directory, file)]
    const { differences, notes } = await compared(project, session, wanted)
    if (differences.length === 0) await stampAt(project, session, revision.id)
    return {
      database: session.db.address,
      revision,
      created,
      tables: found.tables.length,
      wasStamped: id !== null && differences.length === 0,
      differences,
      text: differences.map((op) => definitionOf(op).describe(op)),
      notes: [...unmodelledNotes(found), ...notes],
    }
  })
}

/** The identifier that the database has already; null where it has none, so that any will do. */
function adoptedId(rows: readonly string[], wanted: string | undefined): string | null {
  const [only, ...others] = rows
  if (only === undefined) return null
  if (others.length > 0) {
    throw new AludelError(
      'multiple-heads',
      `The database stands at ${rows.length} revisions at once, ${rows.join(', ')}, and one revision cannot stand for all.`,
      {
        hint: 'Join them with the tool that made them (`alembic merge heads`, then `alembic upgrade head`), then adopt again.',
        details: { rows },
      },
    )
  }
  const reason = illegalIdReason(only)
  if (reason !== null) {
    throw new AludelError('illegal-id', `The database stands at "${only}", which ${reason}, so no revision can be it.`)
  }
  if (wanted !== undefined && wanted !== only) {
    throw new AludelError('illegal-id', `The database stands at ${only}, so the first revision cannot be ${wanted}.`, {
      hint: 'Leave --rev-id out: with the identifier that is there, the other tool can go on as well.',
      details: { rows },
    })
  }
  return only
}

async function ours({ versionTable, historyTable, configuration }: Project, { db, dialect }: Session): Promise<Schema> {
  const { include, exclude } = configuration
  return withinScope(await dialect.introspect(db, 'all'), { own: [versionTable, historyTable], include, exclude })
}

interface WrittenModels {
  readonly file: string
  readonly created: readonly string[]
}

/** The models, and a config file that names them where there is none. */
function writeModels(project: Project, address: string, found: Schema, options: AdoptOptions): WrittenModels {
  const { directory, configFile } = project
  const file = resolve(directory, options.models ?? 'models.ts')
  if (existsSync(file)) {
    throw new AludelError('file-exists', `The file ${file} is there already, and nothing is overwritten.`, {
      hint: 'Name another with --models FILE, or name it as `schema` in the config file to adopt by it.',
      details: { file },
    })
  }
  writeNewFile(file, modelsText(found, `The models of ${titleOf(address)}`))
  const created = [pathFrom(directory, file)]
  if (configFile !== null) return { file, created }
  const config = join(directory, 'aludel.config.ts')
  writeNewFile(config, configText(project, file, address))
  return { file, created: [...created, pathFrom(directory, config)] }
}

/** The database's name, without the server that it is on. */
function titleOf(address: string): string {
  return address.startsWith('sqlite:') ? address : `the database ${new URL(address).pathname.slice(1)}`
}

function configText({ directory, migrations: [folder] }: Project, models: string, address: string): string {
  const from = (file: string) => `./${relative(directory, file).split('\\').join('/')}`
  // An address of a server may hold a password, which no file should.
  const url = address.startsWith('sqlite:') ? `process.env.DATABASE_URL ?? '${address}'` : 'process.env.DATABASE_URL'
  return `import { defineConfig } from 'aludel'

export default defineConfig({
  url: ${url},
  schema: () => import('${from(models)}').then((m) => m.schema),
  migrations: '${from(folder ?? join(directory, 'migrations'))}',
})
`
}

async function wantedOf(project: Project, file: string | null): Promise<Schema> {
  await project.loader.ready()
  const given = file === null ? await project.schema() : project.loader.load(file).schema
  if (isSchema(given)) return given
  throw new AludelError(
    'no-models',
    'The configuration gives its schema by a source, and models are what adopt needs.',
    {
      hint: 'Write the first revision with `aludel migrate`, on an empty database, and stamp this one: `aludel stamp head`.',
    },
  )
}

function writeFirst(project: Project, wanted: Schema, options: AdoptOptions & NewRevisionOptions) {
  for (const folder of versionFolders(project).slice(0, 1)) mkdirSync(folder, { recursive: true })
  const upgrade = diff(emptySchema, wanted)
  const back = invertAll(upgrade, emptySchema)
  const remarks = isIrreversible(back) ? [`Write the way back by hand: ${back.irreversible}`] : []
  const downgrade = isIrreversible(back) ? [] : back
  return writeRevision(project, [], { message: 'What was there', ...options }, { upgrade, downgrade, remarks })
}

/** The database beside what the new revision makes. */
async function compared(project: Project, { db, dialect }: Session, wanted: Schema) {
  const { include, exclude } = project.configuration
  const { upgrade, notes } = await compare({
    db,
    dialect,
    wanted,
    scope: { own: ownTables(project), include, exclude },
    chain: () => applyAll(emptySchema, diff(emptySchema, wanted)),
    dropUnknown: true,
  })
  return { differences: upgrade, notes }
}

async function stampAt(project: Project, session: Session, id: string): Promise<void> {
  const graph = requireWritable(loadScripts(project))
  const plan = (current: readonly string[]) => planStamp(graph, { current, target: id })
  await runStamp({ project, session, graph, purge: false, plan, progress: () => undefined })
}

function unmodelledNotes({ catalogue }: Schema): readonly string[] {
  return (catalogue?.unmodelled ?? []).map(
    ({ kind, name }) => `There is a ${kind} "${name}", which no model stands for; it is left alone.`,
  )
}

function chainExists(ids: readonly string[]): AludelError {
  return new AludelError('chain-exists', `There are ${ids.length} revisions already, and adopt writes the first one.`, {
    hint: 'Compare with `aludel check`; `aludel stamp head` marks a database that is as the revisions say.',
    details: { revisions: ids },
  })
}

function nothingToAdopt({ db }: Session): AludelError {
  return new AludelError('nothing-to-adopt', `There is nothing in ${db.address} that models could stand for.`, {
    hint: 'Begin with models instead: `aludel init`, then `aludel migrate -m "First tables"`.',
  })
}
