// Every kind of source in one total table, and how one is resolved.

import type { SchemaReference } from '../project/schema-source.ts'
import { command } from './command.ts'
import { database } from './database.ts'
import { models, module } from './models.ts'
import { revision } from './revision.ts'
import type { Resolved, Resolver, SourceContext } from './source.ts'
import { sql } from './sql.ts'

type Kind = SchemaReference['kind']

const resolvers: { readonly [K in Kind]: Resolver<K> } = { command, database, models, module, revision, sql }

/** The schema that a reference names, read with everything that the context gives. */
export function resolveSource(reference: SchemaReference, given: Omit<SourceContext, 'resolve'>): Promise<Resolved> {
  const context: SourceContext = { ...given, resolve: (other) => resolveSource(other, given) }
  return resolverOf(reference.kind)(reference, context)
}

function resolverOf<K extends Kind>(kind: K): Resolver<Kind> {
  return resolvers[kind] as Resolver<Kind>
}
