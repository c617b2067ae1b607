// Another database, as it is.

import { titleOf } from './reference.ts'
import type { Resolver } from './source.ts'

export const database: Resolver<'database'> = async (reference, { project, directory, places }) => {
  const db = await places.database(reference.url ?? (await project.url()))
  return places.read(titleOf(reference, directory), db, true)
}
