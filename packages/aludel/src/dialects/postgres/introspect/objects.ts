// Everything beside the tables, and what the catalog tells of how it hangs together.

import type { Connection } from '../../../database/types.ts'
import type { Catalogue } from '../../../schema/catalogue.ts'
import type { Index } from '../../../schema/model.ts'
import type { SchemaObject } from '../../../schema/object-model.ts'
import { readComments } from './comments.ts'
import { readDependencies } from './dependencies.ts'
import { readExtensions } from './extensions.ts'
import { readPolicies, readRowSecurity } from './policies.ts'
import { readPrivileges } from './privileges.ts'
import { readEventTriggers, readRules, readStatistics, readTriggers } from './programs.ts'
import { readRoutines } from './routines.ts'
import { readUnmodelled } from './unmodelled.ts'
import { readViews } from './views.ts'

export interface Beside {
  readonly objects: readonly SchemaObject[]
  readonly catalogue: Catalogue
}

/** `indexes` are those of materialized views, by number. */
export async function readObjects(db: Connection, indexes: ReadonlyMap<number, readonly Index[]>): Promise<Beside> {
  const extensions = await readExtensions(db)
  const routines = await readRoutines(db)
  const views = await readViews(db, indexes)
  const objects: readonly SchemaObject[] = [
    ...extensions,
    ...routines.objects,
    ...views.objects,
    ...(await readStatistics(db)),
    ...(await readRules(db)),
    ...(await readTriggers(db)),
    ...(await readRowSecurity(db)),
    ...(await readPolicies(db)),
    ...(await readEventTriggers(db)),
    ...(await readComments(db)),
    ...(await readPrivileges(db)),
  ]
  const catalogue = {
    dependencies: await readDependencies(db),
    shapes: Object.fromEntries([...routines.shapes, ...views.shapes]),
    unmodelled: await readUnmodelled(db),
    serials: [],
  }
  return { objects, catalogue }
}
