// A database that is there already is taken over: models, a first revision and a stamp that agree with it, or no stamp.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { adopt, check, connect, current, downgrade, introspect, upgrade } from '../../src/index.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { type FreshDatabase, onEveryEngine } from '../engines/index.ts'

let folder: string
let database: FreshDatabase
const where = () => ({ cwd: folder, url: database.url })
const on = async <T>(work: (db: Connection) => Promise<T>) => {
  const db = await connect(database.url, { cwd: folder })
  return work(db).finally(() => db.close())
}
const run = (...statements: readonly string[]) => on((db) => db.statements(statements))

const tables = [
  'CREATE TABLE person (id INTEGER NOT NULL, email VARCHAR(120) NOT NULL, age INTEGER DEFAULT 18, CONSTRAINT pk_person PRIMARY KEY (id), CONSTRAINT uq_email UNIQUE (email), CONSTRAINT grown CHECK (age > 0))',
  'CREATE TABLE server (id INTEGER NOT NULL, owner_id INTEGER NOT NULL, CONSTRAINT pk_server PRIMARY KEY (id), CONSTRAINT fk_owner FOREIGN KEY (owner_id) REFERENCES person (id) ON DELETE CASCADE)',
  'CREATE INDEX ix_age ON person (age, email)',
]
const alembic = ['CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)']

onEveryEngine((engine) => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aludel-adopt-'))
    database = await engine.freshDatabase()
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  })

  test('gets models, a first revision and a stamp; the revision makes the same and takes it away', async () => {
    await run(...tables)
    const { created, revision, tables: count, wasStamped, text } = await adopt(undefined, where())
    expect({ text, count, wasStamped }).toEqual({ text: [], count: 2, wasStamped: false })
    expect(created).toEqual(['models.ts', 'aludel.config.ts', revision.path])
    expect((await current(undefined, where())).rows).toEqual([revision.id])
    expect((await check(undefined, where())).differences).toEqual([])
    const before = sortedSchema(await on(introspect))
    await downgrade(undefined, { ...where(), target: 'base' })
    await upgrade(undefined, where())
    expect(sortedSchema(await on(introspect)).tables).toEqual(before.tables)
  })

  test('keeps the identifier that Alembic gave, so that Alembic can go back', async () => {
    await run(...tables, ...alembic, "INSERT INTO alembic_version VALUES ('8c1f02aa91b3')")
    const { revision, wasStamped } = await adopt(undefined, where())
    expect({ id: revision.id, wasStamped }).toEqual({ id: '8c1f02aa91b3', wasStamped: true })
    const rows = await on((db) => db.query('SELECT version_num FROM alembic_version'))
    expect(rows.rows).toEqual([{ version_num: '8c1f02aa91b3' }])
    expect((await check(undefined, where())).atHead).toBe(true)
  })

  test('goes by the models that the configuration names, and does not stamp where they say something else', async () => {
    await run(...tables)
    writeFileSync(
      join(folder, 'aludel.config.ts'),
      "export default { schema: () => import('./own.ts').then((m) => m.schema) }\n",
    )
    writeFileSync(
      join(folder, 'own.ts'),
      "import { defineSchema, integer, table } from 'aludel/schema'\nexport const schema = defineSchema([table('person', { id: integer().notNull().primaryKey() })])\n",
    )
    const { created, text } = await adopt(undefined, where())
    expect(created).toHaveLength(1)
    expect(text.join('\n')).toContain('drop table "server"')
    expect((await current(undefined, where())).rows).toEqual([])
  })

  test('refuses where it cannot be told what is meant, and writes nothing', async () => {
    const refused = async (code: string) => {
      await expect(adopt(undefined, where())).rejects.toMatchObject({ code })
      expect(existsSync(join(folder, 'migrations'))).toBe(false)
    }
    await refused('nothing-to-adopt')
    await run(...tables, ...alembic, "INSERT INTO alembic_version VALUES ('aaa'), ('bbb')")
    await refused('multiple-heads')
    await run("DELETE FROM alembic_version WHERE version_num = 'bbb'")
    writeFileSync(join(folder, 'models.ts'), '// mine\n')
    await refused('file-exists')
    expect(readFileSync(join(folder, 'models.ts'), 'utf8')).toBe('// mine\n')
  })
})
