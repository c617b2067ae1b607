// Everything beside the tables, and what the catalog tells of how it hangs together.

import type { Connection } from '../../../database/types.ts'
import type { Catalogue } from '../../../schema/catalogue.ts'
import type { Index } from '../../../schema/model.ts'
import type { SchemaObject } from '../../../schema/object-model.ts'
import { readComments } from './comments.ts'
import { readDependencies } from './dependencies.ts'
import { readExtensions } from './extensions.ts'
import { readOwners } from './owners.ts'
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

/** `indexesOf` gives those of a materialized view, by its number. */
export async function readObjects(
  db: Connection,
  indexesOf: Promise<(view: number) => readonly Index[]>,
): Promise<Beside> {
  const [extensions, routines, views, others, dependencies, unmodelled, owners] = await Promise.all([
    readExtensions(db),
    readRoutines(db),
    readViews(db, indexesOf),
    readOthers(db),
    readDependencies(db),
    readUnmodelled(db),
    readOwners(db),
  ])
  return {
    objects: [...extensions, ...routines.objects, ...views.objects, ...others],
    catalogue: {
      dependencies,
      shapes: Object.fromEntries([...routines.shapes, ...views.shapes]),
      unmodelled,
      serials: [],
      owners,
    },
  }
}

async function readOthers(db: Connection): Promise<readonly SchemaObject[]> {
  const lists = await Promise.all<readonly SchemaObject[]>([
    readStatistics(db),
    readRules(db),
    readTriggers(db),
    readRowSecurity(db),
    readPolicies(db),
    readEventTriggers(db),
    readComments(db),
    readPrivileges(db),
  ])
  return lists.flat()
}
