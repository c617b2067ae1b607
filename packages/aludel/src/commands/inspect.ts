// inspect: one source of a schema as models, as SQL, or as data.

import { destroys } from '../compare/destroys.ts'
import { withinScope } from '../compare/scope.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import { modelsText } from '../project/models-file.ts'
import type { Project } from '../project/project.ts'
import type { SchemaReference } from '../project/schema-source.ts'
import { changeScript, changeText } from '../runner/change-script.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import { referenceOf } from '../sources/reference.ts'
import type { Resolved } from '../sources/source.ts'
import type { Command } from './command.ts'
import { withSources } from './with-sources.ts'

export interface InspectOptions {
  /** As on the command line: a path, an address, `at:REVISION`, `models`, `database`, `command:...`; default: `database`. */
  readonly source?: string | SchemaReference
  /** The address of a scratch database; default: the configuration's `dev`, or what can be had. */
  readonly dev?: string
  /** The folder that paths start from; default: the project's. */
  readonly cwd?: string
  readonly signal?: AbortSignal
}

export interface InspectResult {
  readonly source: string
  readonly schema: Schema
  readonly dialect: Dialect
  /** A module of models that defines the schema. */
  models(): string
  /** The statements that make the schema in an empty database, as a script for the engine's own client. */
  sql(): string
}

export const inspect: Command<InspectOptions, InspectResult> = async (project, options) => {
  const directory = options.cwd ?? project.directory
  const given = options.source ?? 'database'
  const references = [typeof given === 'string' ? referenceOf(given, directory) : given]
  const signal = options.signal ?? new AbortController().signal
  return withSources(project, { references, dev: options.dev ?? null, directory, signal }, async (sources) => {
    const [source] = sources.resolved as readonly [Resolved]
    const { dialect } = sources
    const schema = source.isLive ? ours(source.schema, project) : source.schema
    return {
      source: source.title,
      schema,
      dialect,
      models: () => modelsText(schema, `The models of ${source.title}`),
      sql: () => creationText(source.printed === null ? dialect.normalize(schema) : schema, dialect),
    }
  })
}

/** Without the accounts of migration tools, and what the configuration leaves alone. */
function ours(schema: Schema, { versionTable, historyTable, configuration }: Project): Schema {
  const { include, exclude } = configuration
  return withinScope(schema, { own: [versionTable, historyTable], include, exclude })
}

function creationText(schema: Schema, dialect: Dialect): string {
  const ops = diff(emptySchema, schema)
  const lines = changeScript({
    dialect,
    ops,
    before: emptySchema,
    destroys: (op, before) => destroys(op, before, dialect),
  })
  return changeText(lines, dialect)
}
