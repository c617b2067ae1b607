// A project: where it lies, what its configuration says and what the command line and the environment say over it.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Connection } from '../database/types.ts'
import { AludelError, isAludelError } from '../errors.ts'
import { defaultNaming, type NamingConvention } from '../schema/naming.ts'
import { checkedConfiguration } from './check-configuration.ts'
import { type Configuration, defineConfig, type SchemaGiven, type TransactionMode } from './configuration.ts'
import { createLoader, type Loader, type OwnModules } from './loader.ts'
import { isSchema, isSchemaReference } from './schema-source.ts'

export interface Project {
  /** The folder that relative paths start from: the config file's, else the working directory. */
  readonly directory: string
  readonly configFile: string | null
  readonly configuration: Configuration
  /** The folders that hold `versions/`, absolute; the first is where new revisions go. */
  readonly migrations: readonly string[]
  readonly versionTable: string
  readonly historyTable: string
  readonly naming: NamingConvention
  readonly transaction: TransactionMode
  readonly lockTimeout: number
  /** What `-x key=value` gave. */
  readonly arguments: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly loader: Loader
  /** The address of the database; refuses where none is set. */
  url(): Promise<string>
  connect: (() => Promise<Connection>) | null
  /** The wanted schema, or where it comes from; refuses where the configuration says neither. */
  schema(): Promise<SchemaGiven>
}

export interface ProjectRequest {
  readonly cwd: string
  /** A configuration itself, or the path of one; else it is looked for upwards from `cwd`. */
  readonly config?: Configuration | string | undefined
  readonly directory?: string | undefined
  readonly url?: string | undefined
  readonly env?: string | undefined
  readonly database?: string | undefined
  readonly lockTimeout?: number | undefined
  readonly arguments?: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Loads the modules that the project's files share with this program. */
  readonly own: () => Promise<OwnModules>
}

const names = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `aludel.config.${ending}`)

/** Opens the project that `cwd` lies in. Without a config file the defaults stand. */
export async function openProject(request: ProjectRequest): Promise<Project> {
  const loader = createLoader(request.own)
  const { environment } = request
  const given = typeof request.config === 'object' ? request.config : null
  const named = typeof request.config === 'string' ? request.config : environment.ALUDEL_CONFIG
  const configFile = given !== null ? null : findConfig(request.cwd, named)
  const directory = configFile === null ? request.cwd : dirname(configFile)
  const base = given ?? (configFile === null ? {} : await readConfig(configFile, loader))
  const configuration = chosen(base, request.env ?? environment.ALUDEL_ENV, request.database)
  const folder = request.directory ?? environment.ALUDEL_DIRECTORY
  const migrations = folder === undefined ? (configuration.migrations ?? 'migrations') : resolve(request.cwd, folder)
  return {
    directory,
    configFile,
    configuration,
    migrations: (typeof migrations === 'string' ? [migrations] : migrations).map((path) =>
      isAbsolute(path) ? path : resolve(directory, path),
    ),
    versionTable: configuration.versionTable ?? 'alembic_version',
    historyTable: configuration.historyTable ?? 'aludel_history',
    naming: { ...defaultNaming, ...configuration.naming },
    transaction: configuration.transaction ?? 'revision',
    lockTimeout:
      request.lockTimeout ?? numberIn(environment, 'ALUDEL_LOCK_TIMEOUT') ?? configuration.lockTimeout ?? 60_000,
    arguments: request.arguments ?? {},
    environment,
    loader,
    url: () => addressOf(request, configuration, configFile),
    connect:
      configuration.connect === undefined || request.url !== undefined
        ? null
        : () => answered('connect', configFile, async () => configuration.connect?.() as Promise<Connection>),
    schema: () => schemaOf(configuration, configFile),
  }
}

function findConfig(cwd: string, named: string | undefined): string | null {
  if (named !== undefined && named !== '') {
    const file = resolve(cwd, named)
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory() === false) return file
    const what = found === undefined ? `There is no config file ${file}.` : `${file} is a folder, not a config file.`
    throw new AludelError('no-config', what, {
      hint: 'Correct --config, or run `aludel init`.',
    })
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((file) => existsSync(file))
    if (found !== undefined) return found
    if (dirname(folder) === folder) return null
  }
}

async function readConfig(file: string, loader: Loader): Promise<Configuration> {
  if (file.endsWith('.json')) return checkedConfiguration(readJson(file), file)
  const exports = loader.loadPlain(file, { aludel: { defineConfig } }) ?? (await loadWhole(file, loader))
  const configuration = exports.default ?? exports.config ?? (file.endsWith('.cjs') ? exports : undefined)
  if (configuration !== undefined) return checkedConfiguration(configuration, file)
  throw new AludelError('invalid-config', `${file} has no default export.`, {
    hint: 'Write `export default defineConfig({ url: ..., schema: ... })`.',
  })
}

async function loadWhole(file: string, loader: Loader): Promise<Record<string, unknown>> {
  await loader.ready()
  return loader.load(file)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new AludelError('invalid-config', `${file} is not valid JSON: ${(error as Error).message}.`, { cause: error })
  }
}

function chosen(base: Configuration, environment: string | undefined, database: string | undefined): Configuration {
  const withEnvironment = over(base, base.environments, environment, 'environment', '--env')
  return over(withEnvironment, withEnvironment.databases, database, 'database', '--database')
}

function over(
  base: Configuration,
  sets: Readonly<Record<string, Configuration>> | undefined,
  name: string | undefined,
  what: string,
  flag: string,
): Configuration {
  if (name === undefined || name === '') return base
  const set = sets?.[name]
  if (set !== undefined) return { ...base, ...set }
  const known = Object.keys(sets ?? {})
  throw new AludelError(`unknown-${what}`, `The configuration has no ${what} "${name}".`, {
    hint:
      known.length === 0
        ? `Leave ${flag} out, or add \`${what}s\` to the configuration.`
        : `There are: ${known.join(', ')}.`,
    details: { candidates: known },
  })
}

function numberIn(environment: Project['environment'], name: string): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new AludelError('invalid-environment', `${name} is "${text}", but it must be a number of milliseconds.`)
}

async function addressOf(
  request: ProjectRequest,
  configuration: Configuration,
  configFile: string | null,
): Promise<string> {
  // An address chosen by --env or --database is more particular than the environment's.
  const particular = request.env !== undefined || request.database !== undefined
  const fromEnvironment = particular ? undefined : request.environment.DATABASE_URL || undefined
  const { url } = configuration
  const found =
    request.url ??
    fromEnvironment ??
    (typeof url === 'function' ? await answered('url', configFile, async () => url()) : url)
  if (typeof found === 'string' && found !== '') return found
  throw new AludelError('no-database', 'No database is set.', {
    hint:
      configFile === null
        ? 'Set DATABASE_URL, give --url sqlite:app.db, or run `aludel init` for a config file.'
        : `Set DATABASE_URL, give --url sqlite:app.db, or write \`url\` in ${configFile}.`,
  })
}

/** What a function of the configuration answers; what it throws is told as its own. */
async function answered<T>(setting: string, configFile: string | null, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isAludelError(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new AludelError('config-failed', `\`${setting}\` of ${configFile ?? 'the configuration'} failed: ${reason}`, {
      hint: 'Mend the function in the configuration.',
      details: { setting },
      cause: error,
    })
  }
}

async function schemaOf(configuration: Configuration, configFile: string | null): Promise<SchemaGiven> {
  const { schema: source } = configuration
  const given = typeof source === 'function' ? await answered('schema', configFile, async () => source()) : source
  const isObject = typeof given === 'object' && given !== null
  const schema = isObject && 'schema' in given ? given.schema : given
  if (typeof schema === 'string' || isSchemaReference(schema) || isSchema(schema)) return schema
  throw new AludelError(
    'no-schema',
    source === undefined
      ? 'The configuration names no schema.'
      : 'What the configuration gives as `schema` is neither a schema nor a source of one.',
    {
      hint: `Write \`schema: () => import('./models.ts').then((m) => m.schema)\` in ${configFile ?? 'aludel.config.ts'}; defineSchema([...]) makes one.`,
    },
  )
}
