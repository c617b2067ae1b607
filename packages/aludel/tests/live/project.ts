// A project in a folder of its own, with revisions written as a person would, on a database of its own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../src/database/types.ts'
import { connect, introspect } from '../../src/index.ts'
import type { Schema } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import type { TestEngine } from '../engines/index.ts'

export interface LiveProject {
  readonly folder: string
  /** What every function of the library is given. */
  readonly where: { readonly cwd: string; readonly url: string }
  write(path: string, text: string): void
  /** Takes a file away, where it is there. */
  remove(path: string): void
  /** Writes a revision: its body is the text of `upgrade` and of `downgrade`. */
  revision(id: string, revision: RevisionText): void
  /** Something done on a connection of its own. */
  on<T>(work: (db: Connection) => Promise<T>): Promise<T>
  rows(): Promise<readonly string[]>
  history(): Promise<readonly Record<string, unknown>[]>
  /** The tables without the two of bookkeeping. */
  schema(): Promise<Schema>
  end(): Promise<void>
}

export interface RevisionText {
  readonly down?: string | readonly string[]
  readonly message?: string
  readonly upgrade?: string
  readonly downgrade?: string
  /** More of the header, as lines of source. */
  readonly header?: string
  /** The whole of what follows the header. */
  readonly body?: string
}

const names =
  'bigint, boolean, check, desc, enumeration, foreignKey, index, integer, name, now, primaryKey, smallint, sql, sqlType, string, text, timestamp, unique'

export async function liveProject(engine: TestEngine): Promise<LiveProject> {
  const folder = mkdtempSync(join(tmpdir(), 'aludel-live-'))
  const database = await engine.freshDatabase()
  const where = { cwd: folder, url: database.url }
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const on = async <T>(work: (db: Connection) => Promise<T>) => {
    const db = await connect(database.url, { cwd: folder })
    return work(db).finally(() => db.close())
  }
  const quote = engine.name === 'mysql' ? '`' : '"'
  const quoted = (text: string) => `${quote}${text}${quote}`
  write('aludel.config.ts', "import { defineConfig } from 'aludel'\nexport default defineConfig({})\n")
  return {
    folder,
    where,
    write,
    remove: (path) => rmSync(join(folder, path), { force: true }),
    revision: (id, revision) => write(`migrations/versions/${id}.ts`, revisionSource(id, revision)),
    on,
    rows: () =>
      on(async (db) => {
        const { rows } = await db.query<{ version_num: string }>('SELECT version_num FROM alembic_version')
        return rows.map((row) => row.version_num).sort()
      }),
    history: () => on(async (db) => (await db.query(`SELECT * FROM aludel_history ORDER BY ${quoted('id')}`)).rows),
    schema: () =>
      on(async (db) => {
        const found = await introspect(db)
        const own = ['alembic_version', 'aludel_history']
        return sortedSchema({ ...found, tables: found.tables.filter((table) => !own.includes(table.name)) })
      }),
    end: async () => {
      rmSync(folder, { recursive: true, force: true })
      await database.drop()
    },
  }
}

function revisionSource(id: string, { down, message, upgrade, downgrade, header, body }: RevisionText): string {
  const parents = down === undefined ? 'null' : JSON.stringify(down)
  const functions =
    body ??
    `export function upgrade(op: Operations) {\n${upgrade ?? ''}\n}\n\nexport function downgrade(op: Operations) {\n${downgrade ?? ''}\n}\n`
  return `/** ${message ?? id} */
import type { Operations } from 'aludel'
import { ${names} } from 'aludel/schema'

export const revision = '${id}'
export const downRevision = ${parents}
${header ?? ''}
${functions}`
}
