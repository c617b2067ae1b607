// The version rows of the project's database, for verbs that mostly do without a database.

import type { Project } from '../project/project.ts'

/** The rows; none where there is no version table yet. The driver and the runner are loaded here and not before. */
export async function databaseRows(project: Project): Promise<readonly string[]> {
  const [{ readVersionRows }, { withContact }] = await Promise.all([
    import('../runner/own-tables.ts'),
    import('../runner/contact.ts'),
  ])
  return withContact(project, { mustExist: true }, async (session) => (await readVersionRows(project, session)) ?? [])
}
