// Sources of schemas resolved side by side, with everything closed and dropped afterwards: shared by diff and inspect.

import type { Dialect } from '../dialects/dialect.ts'
import { engineNamed } from '../dialects/registry.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { SchemaReference } from '../project/schema-source.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { resolve } from '../revisions/target.ts'
import { foldAt, readyToFold } from '../runner/fold.ts'
import type { Schema } from '../schema/model.ts'
import { followed, groundOf, openPlaces } from '../sources/places.ts'
import { resolveSource } from '../sources/registry.ts'
import type { Resolved } from '../sources/source.ts'
import { databaseRows } from './database-rows.ts'

export interface SourcesRequest {
  readonly references: readonly SchemaReference[]
  /** The address of a scratch database; null for what the configuration says, or what can be had. */
  readonly dev: string | null
  /** The folder that paths of the references start from. */
  readonly directory: string
  readonly signal: AbortSignal
}

export interface Sources {
  readonly resolved: readonly Resolved[]
  /** The engine that they are of, in the version that printed them where one did. */
  readonly dialect: Dialect
}

export async function withSources<T>(
  project: Project,
  { references: given, dev, directory, signal }: SourcesRequest,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const references: SchemaReference[] = []
  for (const reference of given) references.push(await followed(project, reference))
  const request = { project, references, dev, signal }
  const ground = await groundOf(request)
  const { offline, dialectFor } = await engineNamed(ground.name)
  const places = openPlaces(request, ground)
  const revision = (target: string) => schemaAt(project, target, offline)
  try {
    const resolved: Resolved[] = []
    for (const reference of references) {
      resolved.push(await resolveSource(reference, { project, directory, signal, revision, places }))
    }
    const printed = resolved.find((one) => one.printed !== null)?.printed ?? null
    return await work({ resolved, dialect: printed === null ? offline : dialectFor(printed.server) })
  } catch (error) {
    if (!signal.aborted) throw error
    throw new AludelError('interrupted', 'It was interrupted; what had been made for the moment is gone.', {
      cause: error,
    })
  } finally {
    await places.close()
  }
}

/** What the chain has made at a revision. */
async function schemaAt(project: Project, target: string, dialect: Dialect): Promise<Schema> {
  const graph = requireLegal(loadScripts(project))
  await project.loader.ready()
  await readyToFold(graph, dialect)
  const current = /(?:^|@)(?:current|[-+]\d)/.test(target) ? await databaseRows(project) : null
  const { schema, unknown } = foldAt(project, graph, resolve(graph, target, { current }), dialect)
  const [first] = unknown
  if (first === undefined) return schema
  const [name, since] = first
  throw new AludelError(
    'unknown-object',
    `What ${name === '*' ? 'the schema' : `table "${name}"`} is at ${target} is not known since revision ${since}, which does it by SQL or code.`,
    {
      hint: `Say in revision ${since} what its SQL or code does: { effects: (op) => op.addColumn(...) }.`,
      details: { object: name, since },
    },
  )
}
