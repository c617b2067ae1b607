// The tables that Aludel keeps in a user's database, by name, and where it stands by them.

import type { Language } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import type { TableName } from '../schema/model.ts'
import type { Contact } from './contact.ts'

export function versionTableName(project: Project): TableName {
  return { namespace: project.configuration.versionTableNamespace ?? null, name: project.versionTable }
}

/** The name of the table of leases; it is there only where one was ever taken. */
export const leaseTableName = 'aludel_lock'

/** The names of the tables that are ours, whoever looks at the rest. */
export function ownTables(project: Project): readonly string[] {
  return [project.versionTable, project.historyTable, leaseTableName]
}

/** What a run locks: two version tables of one database do not wait for each other. */
export function lockKey(project: Project): string {
  const { namespace, name } = versionTableName(project)
  return namespace === null ? name : `${namespace}.${name}`
}

export function historyTableName(project: Project): TableName {
  return { namespace: project.configuration.versionTableNamespace ?? null, name: project.historyTable }
}

/** The rows of the version table, sorted; null where there is no such table. */
export async function readVersionRows(
  project: Project,
  { db, dialect }: Pick<Contact, 'db' | 'dialect'>,
): Promise<readonly string[] | null> {
  const at = quoted(dialect, versionTableName(project))
  try {
    const { rows } = await db.query<{ version_num: string }>(`SELECT ${dialect.quote('version_num')} FROM ${at}`)
    return rows.map((row) => row.version_num).sort()
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return null
    throw error
  }
}

/** True where the rows of the version table, as they were read, are these in whatever order. */
export function areRows(read: readonly string[] | null, expected: readonly string[]): boolean {
  return (read ?? []).join('\0') === [...expected].sort().join('\0')
}

export function quoted(dialect: Language, { namespace, name }: TableName): string {
  return namespace === null ? dialect.quote(name) : `${dialect.quote(namespace)}.${dialect.quote(name)}`
}
