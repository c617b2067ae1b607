// The archives of a database: what its own list of them says, and their end.

import { archivesTable, unregistration } from './archives.ts'
import { quoted } from './own-tables.ts'
import type { Session } from './session.ts'

export interface ArchiveRow {
  readonly name: string
  readonly namespace: string | null
  readonly revision: string
  readonly table_name: string
  readonly column_name: string | null
  /** ISO 8601, UTC. */
  readonly at: string
  /** Null where somebody else has dropped the table. */
  readonly rows: number | null
}

/** Every archive, oldest first; none where nothing was ever kept. */
export async function archiveRows({ db, dialect }: Session): Promise<readonly ArchiveRow[]> {
  const { quote } = dialect
  const columns = archivesTable.columns.map(({ name }) => quote(name)).join(', ')
  const listed = await queried(
    { db, dialect },
    `SELECT ${columns} FROM ${quote(archivesTable.name)} ORDER BY ${quote('at')}, ${quote('name')}`,
  )
  const rows: ArchiveRow[] = []
  for (const row of listed ?? []) {
    const { namespace, name, at } = row as unknown as Omit<ArchiveRow, 'rows' | 'at'> & { readonly at: unknown }
    const counted = await queried({ db, dialect }, `SELECT count(*) AS n FROM ${quoted(dialect, { namespace, name })}`)
    const count = counted?.[0]?.n
    rows.push({ ...(row as unknown as ArchiveRow), at: isoTime(at), rows: count === undefined ? null : Number(count) })
  }
  return rows
}

/** Null where the table is not there. */
async function queried(
  { db, dialect }: Pick<Session, 'db' | 'dialect'>,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[] | null> {
  try {
    return (await db.query<Record<string, unknown>>(sql)).rows
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return null
    throw error
  }
}

function isoTime(at: unknown): string {
  if (at instanceof Date) return at.toISOString()
  const text = String(at)
  return new Date(/[zZ]|[-+]\d\d:?\d*$/.test(text) ? text : `${text.replace(' ', 'T')}Z`).toISOString()
}

export async function dropArchives({ db, dialect }: Session, archives: readonly ArchiveRow[]): Promise<void> {
  for (const { namespace, name, rows } of archives) {
    await db.transaction(async () => {
      const gone = rows === null ? [] : [`DROP TABLE ${quoted(dialect, { namespace, name })}`]
      await db.statements([...gone, unregistration({ namespace, name }, dialect)])
    })
  }
}
