// `panel promote`: makes the first moderator, whom no other moderator could make.

import { openDatabase } from './panel.ts'

/** True where there is such a user. */
export async function promote(email: string, databaseUrl: string): Promise<boolean> {
  const { db, close } = openDatabase(databaseUrl)
  try {
    const { numUpdatedRows } = await db
      .updateTable('user')
      .set({ role: 'moderator' })
      .where('email', '=', email.trim().toLowerCase())
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  } finally {
    await close()
  }
}
