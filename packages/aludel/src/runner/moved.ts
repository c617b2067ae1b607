// Version rows that somebody else has moved between reading and writing.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { areRows, readVersionRows } from './own-tables.ts'
import type { Session } from './session.ts'

/**
 * Asked in the transaction that writes, since nothing else guards the file of SQLite.
 *
 * @param rows as they were read and planned from
 * @throws AludelError `rows-moved`
 */
export async function requireStill(project: Project, session: Session, rows: readonly string[]): Promise<void> {
  if (areRows(await readVersionRows(project, session), rows)) return
  throw new AludelError('rows-moved', 'Another run has moved the revision of the database in the meantime.', {
    hint: 'Look with `aludel current`, and run the command again.',
  })
}
