// Making a table anew on SQLite loses nothing, and a refused one leaves everything as it was.

import { describe, expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { features } from '../../src/dialects/sqlite/features.ts'
import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { bigint, integer, now, string, text, timestamp } from '../../src/schema/column.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { sql } from '../../src/schema/sql.ts'
import { engines } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

const everything = `
CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT, code TEXT CONSTRAINT uq_team UNIQUE);
CREATE TABLE tag (code TEXT REFERENCES team (code));
CREATE TABLE log (what TEXT);
CREATE TABLE "user" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
  "email" TEXT NOT NULL COLLATE NOCASE UNIQUE,
  "age" INTEGER CHECK ("user"."age" >= 0),
  "team_id" INTEGER REFERENCES team ON DELETE SET NULL ON UPDATE CASCADE,
  "boss_id" INTEGER DEFAULT 1 REFERENCES "user" (id),
  "note" TEXT DEFAULT 'it''s',
  "mood" TEXT,
  "shown" TEXT,
  "shout" TEXT GENERATED ALWAYS AS (upper(email)) VIRTUAL,
  "double" INTEGER GENERATED ALWAYS AS (age * 2) STORED,
  CONSTRAINT adult CHECK (age >= 18 OR age IS NULL),
  CHECK (length(email) > 2),
  CONSTRAINT pair UNIQUE (email, age)
);
CREATE INDEX grown ON "user" (age) WHERE age >= 21;
CREATE UNIQUE INDEX lowered ON "user" (lower(email), "note" COLLATE NOCASE DESC);
CREATE TABLE post (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES "user" (id) ON DELETE CASCADE);
CREATE VIEW adults AS SELECT id, email, shown FROM "user" WHERE age >= 18;
CREATE TRIGGER noted AFTER UPDATE OF age ON "user" BEGIN INSERT INTO log VALUES ('age; of ' || new.email); END;
CREATE TRIGGER elsewhere AFTER INSERT ON post BEGIN INSERT INTO log SELECT coalesce(mood, email) FROM "user" WHERE id = new.user_id; END;
INSERT INTO team VALUES (7, 'red', 'r');
INSERT INTO tag VALUES ('r');
INSERT INTO "user" (email, age, team_id) VALUES ('ada@x.y', 36, 7), ('bob@x.y', 40, NULL), ('gone@x.y', 50, 7);
DELETE FROM "user" WHERE id = 3;
INSERT INTO post VALUES (1, 1), (2, 2);
DELETE FROM log;
`

const [sqlite] = engines
if (sqlite === undefined) throw new Error('SQLite is an engine everywhere.')

function withDatabase(script: string, body: (bench: Bench) => Promise<void>): Promise<void> {
  return withBench(sqlite as NonNullable<typeof sqlite>, async (bench) => {
    await bench.db.script(script)
    await body(bench)
  })
}

const recorded = (work: (op: Operations) => void) =>
  record({ dialect: 'sqlite', features, naming: defaultNaming }, work)

async function rowsOf(db: Connection, query: string): Promise<readonly unknown[]> {
  return (await db.query(query)).rows.map((row) =>
    Object.values(row).map((value) => (typeof value === 'bigint' ? Number(value) : value)),
  )
}

/** What the engine refuses, by its own words. */
async function refusal(db: Connection, statement: string): Promise<string> {
  return db.query(statement).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

const changes: readonly (readonly [what: string, work: (op: Operations) => void])[] = [
  ['another type', (op) => op.alterColumn('user', 'note', { type: string(200) })],
  ['another default', (op) => op.alterColumn('user', 'note', { default: 'new' })],
  ['NOT NULL', (op) => op.alterColumn('user', 'note', { nullable: false })],
  ['a type of a column with a key and a check', (op) => op.alterColumn('user', 'age', { type: bigint() })],
  ['a column that goes', (op) => op.dropColumn('user', 'boss_id')],
  ['a column that is filled', (op) => op.addColumn('user', 'made_at', timestamp().notNull().default(now()))],
  ['a computed column', (op) => op.addColumn('user', 'twice', integer().generated(sql`age + age`))],
  ['a unique constraint', (op) => op.createUniqueConstraint('uq_note', 'user', ['note', 'id'])],
  ['a check', (op) => op.createCheckConstraint('ck_age', 'user', sql`age < 200`)],
  [
    'a foreign key',
    (op) => op.createForeignKey('fk_again', 'user', 'team', ['team_id'], ['id'], { onDelete: 'cascade' }),
  ],
  ['a constraint that goes', (op) => op.dropConstraint('pair', 'user')],
  ['a check without a name that goes', (op) => op.dropConstraint({ check: 'length(email) > 2' }, 'user')],
  [
    'many things at once',
    (op) => {
      op.addColumn('user', 'bio', text())
      op.alterColumn('user', 'note', { comment: 'nothing here', default: null })
      op.dropColumn('user', 'boss_id')
      op.createIndex('ix_bio', 'user', ['bio'])
      op.createCheckConstraint('ck_bio', 'user', sql`length(bio) < 1000`)
    },
  ],
]

describe.each(changes)('%s', (_, work) => {
  test('leaves rows, children, numbers, checks, indexes, triggers and views as they were', async () => {
    await withDatabase(everything, async ({ db, run }) => {
      await run(recorded(work))
      const people = 'SELECT id, email, age, team_id, note, shout, "double" FROM "user" ORDER BY id'
      const before = [
        [1, 'ada@x.y', 36, 7, "it's", 'ADA@X.Y', 72],
        [2, 'bob@x.y', 40, null, "it's", 'BOB@X.Y', 80],
      ]
      expect(await rowsOf(db, people)).toEqual(before)
      expect(await rowsOf(db, 'SELECT id, user_id FROM post')).toEqual([
        [1, 1],
        [2, 2],
      ])
      expect(await rowsOf(db, 'SELECT id, email FROM adults')).toEqual([
        [1, 'ada@x.y'],
        [2, 'bob@x.y'],
      ])
      expect(await rowsOf(db, 'PRAGMA foreign_key_check')).toEqual([])
      expect(await rowsOf(db, 'PRAGMA integrity_check')).toEqual([['ok']])
      await behavesAsBefore(db)
    })
  })
})

async function behavesAsBefore(db: Connection): Promise<void> {
  const insert = (values: string) => refusal(db, `INSERT INTO "user" (email, age, note) VALUES (${values})`)
  expect(await insert("'ADA@x.y', 20, 'x'")).toContain('UNIQUE constraint failed')
  expect(await insert("'a@b.c', -1, 'x'")).toContain('CHECK constraint failed')
  expect(await insert("'a@b.c', 17, 'x'")).toContain('CHECK constraint failed: adult')
  expect(await insert("NULL, 20, 'x'")).toContain('NOT NULL constraint failed')
  expect(await refusal(db, 'UPDATE "user" SET team_id = 99')).toContain('FOREIGN KEY constraint failed')
  expect(await insert("'new@x.y', 20, 'x'")).toBe('nothing')
  // The third number was given once already.
  expect(await rowsOf(db, 'SELECT id FROM "user" WHERE email = \'NEW@X.Y\'')).toEqual([[4]])
  await db.query('UPDATE "user" SET age = 37 WHERE id = 1')
  await db.query('INSERT INTO post VALUES (3, 2)')
  expect(await rowsOf(db, 'SELECT what FROM log')).toEqual([['age; of ada@x.y'], ['bob@x.y']])
  await db.query('DELETE FROM "user" WHERE id = 2')
  expect(await rowsOf(db, 'SELECT id FROM post')).toEqual([[1]])
  await db.query('UPDATE team SET id = 8')
  expect(await rowsOf(db, 'SELECT team_id FROM "user" WHERE id = 1')).toEqual([[8]])
  expect(
    await rowsOf(
      db,
      "SELECT name FROM sqlite_master WHERE tbl_name = 'user' AND name IN ('grown', 'lowered', 'noted') ORDER BY 1",
    ),
  ).toEqual([['grown'], ['lowered'], ['noted']])
}

describe('what fails', () => {
  const failing: readonly (readonly [what: string, message: string, work: (op: Operations) => void])[] = [
    [
      'a check that rows contradict',
      'CHECK constraint failed',
      (op) => op.createCheckConstraint('c', 'user', sql`age < 37`),
    ],
    [
      'a unique that rows contradict',
      'UNIQUE constraint failed: user.note',
      (op) => op.createUniqueConstraint('u', 'user', ['note']),
    ],
    [
      'NOT NULL that rows contradict',
      'NOT NULL constraint failed: user.team_id',
      (op) => op.alterColumn('user', 'team_id', { nullable: false }),
    ],
    [
      'a column that is not filled',
      'NOT NULL constraint failed: user.made',
      (op) => op.addColumn('user', 'made', text().notNull()),
    ],
    [
      'a foreign key without its rows',
      'rows whose referent is gone: 2 in "user" that refer to "team"',
      (op) => op.createForeignKey('f', 'user', 'team', ['age'], ['id']),
    ],
    [
      'a foreign key to what is no key',
      'Table "post" would refer to columns of "team"',
      (op) => op.createForeignKey('f', 'post', 'team', ['id'], ['name']),
    ],
    [
      'a key that others stand on',
      'Table "tag" would refer to columns of "team"',
      (op) => op.dropConstraint('uq_team', 'team'),
    ],
    [
      'a table that others refer to',
      'Table "user" cannot be dropped: "post" refers to it',
      (op) => op.dropTable('user'),
    ],
    ['a column that a view shows', 'View "adults" uses "shown"', (op) => op.dropColumn('user', 'shown')],
    ['a column that a trigger reads', 'Trigger "elsewhere" uses "mood"', (op) => op.dropColumn('user', 'mood')],
    ['a table that a view shows', 'uses "log"', (op) => op.dropTable('log')],
  ]

  test.each(failing)('%s: everything stays as it was', async (_, message, work) => {
    await withDatabase(everything, async (bench) => {
      const { db, dialect } = bench
      const master = () => rowsOf(db, 'SELECT type, name, sql FROM sqlite_master ORDER BY name')
      const all = async () => [
        await master(),
        await rowsOf(db, 'SELECT * FROM "user"'),
        await rowsOf(db, 'SELECT * FROM post'),
      ]
      const before = await all()
      const error = await bench.run(recorded(work)).then(
        () => new Error('It did not fail.'),
        (thrown: Error & { cause?: unknown }) => thrown,
      )
      expect(dialect.explain(error.name === 'SendFailure' ? error.cause : error).message).toContain(message)
      expect(await all()).toEqual(before)
      expect(await rowsOf(db, 'PRAGMA foreign_keys')).toEqual([[1]])
      await behavesAsBefore(db)
    })
  })
})

describe('what the model cannot hold', () => {
  const odd = `
CREATE TABLE "user" (
  "id" INTEGER PRIMARY KEY,
  "email" TEXT UNIQUE ON CONFLICT REPLACE,
  "name" TEXT NOT NULL ON CONFLICT FAIL,
  "note" TEXT,
  CONSTRAINT one UNIQUE ("name" COLLATE NOCASE)
);
INSERT INTO "user" VALUES (1, 'ada@x.y', 'Ada', NULL)`

  test('stays where it is not touched', async () => {
    await withDatabase(odd, async ({ db, run }) => {
      await run(recorded((op) => op.alterColumn('user', 'note', { default: 'x' })))
      await run(recorded((op) => op.createCheckConstraint('c', 'user', sql`id > 0`)))
      await db.query(`INSERT INTO "user" (id, email, name) VALUES (2, 'ada@x.y', 'Bea')`)
      expect(await rowsOf(db, 'SELECT * FROM "user"')).toEqual([[2, 'ada@x.y', 'Bea', 'x']])
      expect(await refusal(db, `INSERT INTO "user" (name) VALUES ('BEA')`)).toContain('UNIQUE constraint failed')
    })
  })

  test('is not lost silently where it would have to be written anew', async () => {
    await withDatabase(odd, async ({ db, run }) => {
      const refused = (work: (op: Operations) => void) => expect(run(recorded(work))).rejects
      await refused((op) => op.alterColumn('user', 'email', { nullable: false })).toMatchObject({
        code: 'unsupported-rebuild',
        message:
          'SQLite changes table "user" by making it anew, and column "email" of it has ON CONFLICT REPLACE, which would be lost.',
        hint: expect.stringContaining('op.execute'),
      })
      await refused((op) => op.alterColumn('user', 'name', { type: string(20) })).toMatchObject({
        code: 'unsupported-rebuild',
      })
      expect(await rowsOf(db, 'SELECT * FROM "user"')).toEqual([[1, 'ada@x.y', 'Ada', null]])
    })
  })

  test('goes with what it belongs to', async () => {
    await withDatabase(odd, async ({ db, run }) => {
      await run(recorded((op) => op.dropConstraint('one', 'user')))
      await run(recorded((op) => op.dropConstraint({ unique: ['email'] }, 'user')))
      await run(recorded((op) => op.dropColumn('user', 'name')))
      const [[text_]] = (await rowsOf(db, "SELECT sql FROM sqlite_master WHERE name = 'user'")) as [[string]]
      expect(text_).toBe('CREATE TABLE "user" (\n  "id" INTEGER PRIMARY KEY,\n  "email" TEXT,\n  "note" TEXT\n)')
    })
  })
})

test('rows that had lost their referent before are no reason to refuse', async () => {
  const orphaned = `PRAGMA foreign_keys = OFF; ${everything} INSERT INTO post VALUES (9, 99); PRAGMA foreign_keys = ON;`
  await withDatabase(orphaned, async ({ db, run }) => {
    await run(recorded((op) => op.alterColumn('user', 'note', { nullable: false })))
    expect(await rowsOf(db, 'SELECT user_id FROM post')).toEqual([[1], [2], [99]])
    await expect(run(recorded((op) => op.createForeignKey('f', 'user', 'team', ['age'], ['id'])))).rejects.toThrow(
      'in "user"',
    )
  })
})

test('a foreign key that refers to no key, as it did before, is no reason to refuse', async () => {
  const sloppy = `${everything} CREATE TABLE vote (name TEXT REFERENCES team (name));`
  await withDatabase(sloppy, async ({ db, run }) => {
    await run(recorded((op) => op.alterColumn('user', 'note', { nullable: false })))
    await run(recorded((op) => op.addColumn('vote', 'at', timestamp().notNull().default(now()))))
    await expect(run(recorded((op) => op.createForeignKey('f', 'user', 'team', ['age'], ['id'])))).rejects.toThrow(
      'in "user"',
    )
    expect(await rowsOf(db, 'SELECT count(*) FROM "user"')).toEqual([[2]])
  })
})

test('a computed column that becomes a plain one keeps its values', async () => {
  await withDatabase(everything, async ({ db, run }) => {
    await run(recorded((op) => op.alterColumn('user', 'double', { generated: null })))
    expect(await rowsOf(db, 'SELECT "double" FROM "user"')).toEqual([[72], [80]])
  })
})
