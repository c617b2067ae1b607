// What a source is: given where it may look and where it may load SQL, it answers with a schema.

import type { Connection, Server } from '../database/types.ts'
import type { SqlText } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import type { SchemaReference } from '../project/schema-source.ts'
import type { Schema } from '../schema/model.ts'

/** A schema, and who has put it into words. */
export interface Resolved {
  /** As people called it. */
  readonly title: string
  readonly schema: Schema
  /** The engine that printed the schema; null for models and revisions, which are in the house's own words. */
  readonly printed: Printed | null
  /** True of a database that is in use: it may hold what no source of a schema speaks of. */
  readonly isLive: boolean
}

export interface Printed {
  readonly server: Server
  /** Open until every source is done with; null where the database had to make room for the next. */
  readonly db: Connection | null
}

export interface SourceContext {
  readonly project: Project
  /** The folder that paths start from. */
  readonly directory: string
  readonly signal: AbortSignal
  /** The schema at a revision: the chain is followed on a floor above. */
  readonly revision: (target: string) => Promise<Schema>
  readonly places: Places
  /** Another source, on which this one stands. */
  readonly resolve: (reference: SchemaReference) => Promise<Resolved>
}

/** Where schemas are read; everything that was opened ends with it. */
export interface Places {
  /** A database by its address. */
  database(url: string): Promise<Connection>
  /** A scratch database with these texts in it. */
  scratch(texts: readonly SqlText[]): Promise<Connection>
  /** Takes the schema of a connection of either kind, and keeps it open where it may stay so. */
  read(title: string, db: Connection, isLive: boolean): Promise<Resolved>
  close(): Promise<void>
}

/** What each kind of reference needs to become a schema. */
export type Resolver<K extends SchemaReference['kind']> = (
  reference: Extract<SchemaReference, { readonly kind: K }>,
  context: SourceContext,
) => Promise<Resolved>
