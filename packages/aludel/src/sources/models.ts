// Models in TypeScript: what the configuration gives as `schema`, or a module that exports one.

import { AludelError } from '../errors.ts'
import { isSchema, isSchemaReference, type SchemaReference } from '../project/schema-source.ts'
import type { Schema } from '../schema/model.ts'
import { referenceOf, titleOf } from './reference.ts'
import type { Resolved, Resolver } from './source.ts'

/** The configuration may give a schema, or say where another source has it. */
export const models: Resolver<'models'> = async (_, { project, resolve }) => {
  await project.loader.ready()
  const given = await project.schema()
  if (isSchema(given)) return written('models', given)
  const reference = typeof given === 'string' ? referenceOf(given, project.directory) : given
  if (reference.kind !== 'models') return resolve(reference)
  throw new AludelError(
    'no-schema',
    'The configuration gives "models" as `schema`, which stands for that very setting.',
    {
      hint: "Write `schema: () => import('./models.ts').then((m) => m.schema)`, or sqlFile('schema.sql').",
    },
  )
}

export const module: Resolver<'module'> = async ({ path }, { project, directory, resolve }) => {
  await project.loader.ready()
  const exports = project.loader.load(path)
  const given = exports.schema ?? exports.default
  const found: unknown = typeof given === 'function' ? await given() : given
  if (isSchema(found)) return written(titleOf({ kind: 'module', path }, directory), found)
  if (isSchemaReference(found) && !isModels(found)) return resolve(found)
  throw new AludelError('no-schema', `${path} exports no schema.`, {
    hint: 'Write `export const schema = defineSchema([...])`.',
    details: { file: path },
  })
}

function isModels({ kind }: SchemaReference): boolean {
  return kind === 'models'
}

function written(title: string, schema: Schema): Resolved {
  return { title, schema, printed: null, isLive: false }
}
