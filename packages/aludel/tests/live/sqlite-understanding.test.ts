// SQL as it was written is understood as what SQLite makes of it, or not at all.

import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { engine as sqliteEngine } from '../../src/dialects/sqlite/engine.ts'
import { features } from '../../src/dialects/sqlite/features.ts'
import { createUnderstanding } from '../../src/dialects/sqlite/understanding.ts'
import { connect, downgrade, introspect, script, upgrade } from '../../src/index.ts'
import { objectRef } from '../../src/ops/definition.ts'
import { record } from '../../src/ops/recorder.ts'
import { applyAll } from '../../src/ops/registry.ts'
import { integer, string, text } from '../../src/schema/column.ts'
import { check, foreignKey, index } from '../../src/schema/constraints.ts'
import { emptySchema, type Schema } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { sql } from '../../src/schema/sql.ts'
import { engines, type FreshDatabase } from '../engines/index.ts'
import { expectSchema, withBench } from './bench.ts'
import { clientOf } from './client.ts'
import { type LiveProject, liveProject } from './project.ts'

const [sqlite] = engines
if (sqlite === undefined) throw new Error('SQLite is an engine everywhere.')
const { understanding } = sqliteEngine.offline

const baseline = record({ dialect: 'sqlite', features, naming: defaultNaming }, (op) => {
  op.createTable('team', { id: integer().identity().primaryKey(), name: string(40) })
  op.createTable(
    'user',
    { id: integer().identity().primaryKey(), email: text().notNull(), age: integer(), team_id: integer() },
    (t) => [
      foreignKey(['team_id'], 'team', ['id'], { name: 'fk_team' }),
      check('adult', sql`age > 17`),
      index('ix_age').on(t.age),
    ],
  )
  op.createTable('log', { what: text() })
  op.createView('grown', 'SELECT email FROM user WHERE age > 20')
  op.createTrigger(
    'noted',
    'user',
    'CREATE TRIGGER noted AFTER INSERT ON "user" BEGIN INSERT INTO log VALUES (new.email); END',
  )
})
const before = applyAll(emptySchema, baseline)

const understood: readonly string[] = [
  'CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT)',
  "create table if not exists plain (id INT, size VARCHAR(20) NOT NULL DEFAULT 'a;b');",
  'CREATE TABLE IF NOT EXISTS user (other TEXT)',
  'CREATE TABLE "a ""b"" c" ([x y] TEXT, `z``` INT, "q""" TEXT, PRIMARY KEY ([x y], `z```))',
  "CREATE TABLE 'single' ('a' INTEGER)",
  'CREATE TABLE main.placed (id INTEGER)',
  '-- first; of all\nCREATE TABLE commented ( -- here\n  a TEXT, /* and; there */ b TEXT -- last\n) -- end',
  'CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT DEFAULT CURRENT_TIMESTAMP)',
  'CREATE TABLE keyed (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID',
  'CREATE TABLE strictly (a INT NOT NULL, b ANY, c BLOB) STRICT',
  'CREATE TABLE both (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  'CREATE TABLE collated (a TEXT COLLATE NOCASE UNIQUE, b TEXT COLLATE RTRIM)',
  "CREATE TABLE computed (a INT, b INT AS (a * 2) STORED, c TEXT GENERATED ALWAYS AS ('x' || a) VIRTUAL)",
  "CREATE TABLE defaulted (a INT DEFAULT -1, b TEXT DEFAULT ('x' || 'y'), c REAL DEFAULT 1.50, d BLOB DEFAULT x'00ff', e BOOLEAN DEFAULT TRUE)",
  "CREATE TABLE checked (a INT CHECK (a > 0), mood TEXT CHECK (\"mood\" IN ('good', 'bad')), CONSTRAINT both CHECK (a < 9))",
  'CREATE TABLE referring (team_id INTEGER REFERENCES team ON DELETE CASCADE, boss INTEGER REFERENCES referring (boss), FOREIGN KEY (team_id) REFERENCES later (id) DEFERRABLE INITIALLY DEFERRED)',
  'CREATE TABLE one (id INTEGER PRIMARY KEY); CREATE TABLE two (id INTEGER REFERENCES one); CREATE INDEX ix_two ON two (id)',
  'CREATE INDEX ix_email ON user (email COLLATE NOCASE DESC, age)',
  'CREATE UNIQUE INDEX IF NOT EXISTS "ix part" ON [user] (email) WHERE age > 1 AND email <> \';\'',
  'CREATE INDEX ix_expr ON user (lower(email), (age + 1) DESC)',
  'CREATE INDEX IF NOT EXISTS ix_age ON log (what)',
  'DROP INDEX ix_age',
  'DROP INDEX IF EXISTS nowhere',
  'DROP TABLE log',
  'DROP TABLE IF EXISTS "USER"; DROP TABLE IF EXISTS nowhere',
  "CREATE TRIGGER loud BEFORE UPDATE OF age ON user WHEN new.age > 1 BEGIN UPDATE log SET what = CASE WHEN 1 THEN 'a;' END; DELETE FROM log; END",
  'CREATE TRIGGER IF NOT EXISTS noted AFTER INSERT ON log BEGIN SELECT 1; END',
  'DROP TRIGGER noted',
  'DROP TRIGGER noted; CREATE TRIGGER noted AFTER DELETE ON user BEGIN SELECT 1; END',
  'CREATE VIEW names (n) AS SELECT name FROM team -- all',
  'CREATE VIEW IF NOT EXISTS grown AS SELECT 1',
  'DROP VIEW grown; CREATE VIEW "grown" AS SELECT id FROM user',
  'CREATE VIEW writable AS SELECT what FROM log; CREATE TRIGGER instead INSTEAD OF INSERT ON writable BEGIN INSERT INTO log VALUES (new.what); END; DROP VIEW writable',
  'ALTER TABLE user RENAME TO person',
  'ALTER TABLE team RENAME TO "the team"',
  'ALTER TABLE user RENAME COLUMN age TO "years old"',
  'ALTER TABLE team RENAME id TO number',
  "ALTER TABLE User ADD COLUMN note TEXT NOT NULL DEFAULT 'it''s'",
  'ALTER TABLE log ADD level INT REFERENCES team (id) CHECK (level > 0)',
  'ALTER TABLE team DROP COLUMN name',
  'CREATE TABLE old (a INT CHECK (a > 0), b INT); ALTER TABLE old DROP COLUMN a; ALTER TABLE old ADD COLUMN c TEXT',
  'CREATE TABLE user_new (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO user_new SELECT id, email FROM user; DROP VIEW grown; DROP TABLE user; ALTER TABLE user_new RENAME TO user',
  "PRAGMA foreign_keys = OFF; INSERT INTO log VALUES ('CREATE TABLE x (y)'); ANALYZE; REINDEX",
  "WITH a AS (SELECT 1 AS n) INSERT INTO log SELECT n FROM a; UPDATE log SET what = 'attach'; DELETE FROM log",
  ' ; -- nothing\n',
]

const unknown: readonly string[] = [
  'CREATE TABLE copied AS SELECT * FROM user',
  'CREATE TEMP TABLE passing (id INT)',
  'CREATE TABLE temp.passing (id INT)',
  'CREATE VIRTUAL TABLE found USING fts5(words)',
  'CREATE TABLE lost (a INT UNIQUE ON CONFLICT REPLACE)',
  'CREATE TABLE lost (a INT CONSTRAINT filled NOT NULL)',
  'CREATE TABLE lost (a INT, PRIMARY KEY (a DESC))',
  'CREATE TABLE spelled (name TEXT, UNIQUE (NAME))',
  'CREATE TABLE spelled (team_id INT REFERENCES TEAM (id))',
  'CREATE TABLE early (later_id INT REFERENCES later)',
  'CREATE INDEX ix_spelled ON user (EMAIL)',
  "CREATE INDEX ix_text ON user ('email')",
  'CREATE INDEX ix_nulls ON user (age NULLS FIRST)',
  'CREATE TABLE user (id INT)',
  'CREATE INDEX ix ON nowhere (id)',
  'DROP TABLE nowhere',
  'ALTER TABLE nowhere ADD COLUMN a INT',
  'ALTER TABLE user ADD COLUMN note TEXT NOT NULL ON CONFLICT IGNORE DEFAULT 1',
  'ALTER TABLE user DROP COLUMN age',
  'CREATE TABLE broken (',
  'CREATE TABLE fine (id INT); CREATE TABLE broken (',
  'PRAGMA legacy_alter_table = ON',
  'PRAGMA writable_schema = ON',
  "UPDATE sqlite_master SET sql = ''",
  "ATTACH 'other.db' AS other",
  'DETACH other',
  'VACUUM',
  "VACUUM INTO 'copy.db'",
  "SELECT load_extension('anything')",
  "CREATE TABLE t (trigger, begin); ATTACH 'other.db' AS other",
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT one',
  'RELEASE one',
  '.read file.sql',
  'EXPLAIN SELECT 1',
  'CREATE TABLE zero (a INT)\0; COMMIT',
]

beforeAll(() => understanding.ready())

test('nothing is understood before it is ready', () => {
  expect(createUnderstanding().effects('CREATE TABLE x (id INT)', emptySchema)).toBeNull()
})

describe('is understood as what SQLite makes of it', () => {
  test.each(understood)('%s', (statement) =>
    withBench(sqlite, async (bench) => {
      await bench.run(baseline)
      await bench.db.script(statement)
      const effects = understanding.effects(statement, before)
      expect(effects).not.toBeNull()
      const after = applyAll(before, effects ?? [])
      await expectSchema(bench, after)
      expect(viewsOf(after)).toEqual(
        await bench.db
          .query("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
          .then(({ rows }) => rows),
      )
      const views = after.objects.filter(({ kind }) => kind === 'view')
      const refs = views.map((view) => objectRef('view', view))
      const found = await bench.dialect.introspect(bench.db, { objects: refs })
      expect(found.objects.filter(({ kind }) => kind === 'view')).toEqual(views)
    }),
  )
})

function viewsOf({ objects }: Schema) {
  return objects
    .flatMap((object) => (object.kind === 'view' ? [{ name: object.name }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

describe('is not understood', () => {
  test.each(unknown)('%j', (statement) => {
    expect(understanding.effects(statement, before)).toBeNull()
  })
})

test('a trigger is not understood under another name than its text gives it', () => {
  const named = before.objects.map((object) => (object.kind === 'trigger' ? { ...object, name: 'other' } : object))
  expect(understanding.effects('DROP TRIGGER noted', before)).toHaveLength(1)
  expect(understanding.effects('ALTER TABLE user RENAME TO person', { ...before, objects: named })).toBeNull()
  expect(understanding.effects('ALTER TABLE user ADD COLUMN a', { ...before, objects: named })).toBeNull()
})

test('hundreds of tables made one after the other are followed in no time', () => {
  const start = performance.now()
  let schema = emptySchema
  for (let at = 0; at < 500; at += 1) {
    const effects = understanding.effects(`CREATE TABLE t${at} (id INTEGER PRIMARY KEY, name TEXT)`, schema)
    schema = applyAll(schema, effects ?? [])
  }
  expect(schema.tables).toHaveLength(500)
  // A second on an idle machine; making every table for each text would take far longer than this.
  expect(performance.now() - start).toBeLessThan(10_000)
})

const client = clientOf(sqlite)

describe('a chain that makes its tables with SQL of its own', () => {
  let project: LiveProject
  let other: FreshDatabase
  beforeEach(async () => {
    project = await liveProject(sqlite)
    other = await sqlite.freshDatabase()
    const made = [
      'CREATE TABLE note (code TEXT PRIMARY KEY, body TEXT CHECK (length(body) > 0), size INT, gone TEXT); -- as it was',
      'CREATE INDEX ix_size ON note (size) WHERE size > 1',
      "CREATE TRIGGER small BEFORE INSERT ON note WHEN new.size < 0 BEGIN SELECT RAISE(ABORT, 'too small'); END",
    ]
    const rows = "INSERT INTO note (code, body, size) VALUES (NULL, 'a', 1), ('b', 'b', 2)"
    project.revision('a1', {
      body: `export function upgrade(op: Operations) { op.execute(${JSON.stringify([...made, rows])}) }\n`,
    })
  })
  afterEach(async () => {
    await project.end()
    await other.drop()
  })

  const stateOf = async (url: string) => {
    const db = await connect(url, { cwd: project.folder })
    try {
      const texts = await db.query("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'note' ORDER BY 1, 2")
      const rows = texts.rows.length === 0 ? [] : (await db.query('SELECT * FROM note ORDER BY body')).rows
      return { schema: sortedSchema(await introspect(db)), texts: texts.rows, rows }
    } finally {
      await db.close()
    }
  }

  test.skipIf(client === null)('goes on in a script as in a run, where a table is made anew', async () => {
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.alterColumn('note', 'size', { type: string(9) })\n  op.dropColumn('note', 'gone')",
    })
    project.revision('c1', {
      down: 'b1',
      upgrade: "op.dropColumn('note', 'body')\n  op.addColumn('note', 'body', text())",
    })
    const target = 'head'
    const { sql: texts } = await script('upgrade', undefined, { ...project.where, target })
    expect(client?.apply(other.url, texts)).toBeNull()
    await upgrade(undefined, { ...project.where, target })
    expect(await stateOf(other.url)).toEqual(await stateOf(project.where.url))
  })

  test('brings a dropped table back as it was', async () => {
    project.revision('b1', {
      down: 'a1',
      body: "export function upgrade(op: Operations) { op.dropTable('note') }\nexport { inverse as downgrade } from 'aludel'\n",
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    const made = await project.schema()
    await upgrade(undefined, { ...project.where, target: 'b1' })
    expect((await project.schema()).tables).toEqual([])
    await downgrade(undefined, { ...project.where, target: 'a1' })
    expect(await project.schema()).toEqual(made)
  })

  test('is refused where its SQL is not understood', async () => {
    project.revision('a1', { upgrade: "op.execute('CREATE TABLE note AS SELECT 1 AS size')" })
    project.revision('b1', { down: 'a1', upgrade: "op.alterColumn('note', 'size', { type: string(9) })" })
    const made = script('upgrade', undefined, { ...project.where, target: 'head' })
    await expect(made).rejects.toMatchObject({ code: 'unknown-object' })
  })
})
