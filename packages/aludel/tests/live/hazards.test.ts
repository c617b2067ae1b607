// What other tools lose: each known hazard of changing a table that has rows, and rows that refer to it, tried as a revision.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Value } from '../../src/database/types.ts'
import type { AludelError } from '../../src/errors.ts'
import { downgrade, upgrade } from '../../src/index.ts'
import { engines, type TestEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

type Rows = readonly (readonly unknown[])[]

interface Stage {
  readonly project: LiveProject
  /** Makes the tables as another program would have, with rows in both. */
  made(...statements: readonly string[]): Promise<void>
  /** Runs one revision with this body. */
  changed(body: string, downgradeBody?: string): Promise<void>
  rows(query: string): Promise<Rows>
  refused(statement: string): Promise<string>
}

function stageOn(project: LiveProject): Stage {
  const rows = (query: string, parameters: readonly Value[] = []) =>
    project.on(async (db) =>
      (await db.query<Record<string, unknown>>(query, parameters)).rows.map((row) => Object.values(row)),
    )
  return {
    project,
    made: (...statements) => project.on((db) => db.statements(statements)),
    changed: async (body, downgradeBody = '') => {
      project.revision('a1', { upgrade: body, downgrade: downgradeBody })
      await upgrade(undefined, { ...project.where, target: 'head' })
    },
    rows,
    refused: (statement) =>
      rows(statement).then(
        () => 'nothing',
        (error: Error) => error.message,
      ),
  }
}

/** A stage of its own for each test of an engine. */
function onStage(name: TestEngine['name'], body: (stage: () => Stage) => void): void {
  const engine = engines.find((one) => one.name === name)
  describe.skipIf(engine?.available !== true)(name, () => {
    let stage: Stage
    beforeEach(async () => {
      stage = stageOn(await liveProject(engine as TestEngine))
    })
    afterEach(() => stage.project.end())
    body(() => stage)
  })
}

const notNull = `op.alterColumn('t', 'a', { nullable: false })`

onStage('sqlite', (stage) => {
  const child = 'CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE)'
  const children = 'INSERT INTO child VALUES (1, 1), (2, 2)'
  const prepare = (columns: string, ...more: readonly string[]) =>
    stage().made(
      `CREATE TABLE t (${columns})`,
      child,
      "INSERT INTO t (id, a) VALUES (1, 'x'), (2, 'y')",
      children,
      ...more,
    )
  const expectRows = async () => {
    expect(await stage().rows('SELECT id, a FROM t ORDER BY id')).toEqual([
      [1, 'x'],
      [2, 'y'],
    ])
    expect(await stage().rows('SELECT id, t_id FROM child ORDER BY id')).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(await stage().rows('PRAGMA foreign_key_check')).toEqual([])
    expect(await stage().rows('PRAGMA integrity_check')).toEqual([['ok']])
  }
  const expectNotNull = async () =>
    expect(await stage().refused('INSERT INTO t (id, a) VALUES (90, NULL)')).toContain(
      'NOT NULL constraint failed: t.a',
    )

  test('AUTOINCREMENT stays, and so does the last number that it gave', async () => {
    await prepare(
      'id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT',
      "INSERT INTO t VALUES (9, 'z')",
      'DELETE FROM t WHERE id = 9',
    )
    await stage().changed(notNull)
    await expectRows()
    await expectNotNull()
    await stage().rows("INSERT INTO t (a) VALUES ('new')")
    expect(await stage().rows("SELECT id FROM t WHERE a = 'new'")).toEqual([[10]])
  })

  test('a collation stays', async () => {
    await prepare('id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE UNIQUE')
    await stage().changed(notNull)
    await expectRows()
    expect(await stage().rows("SELECT id FROM t WHERE a = 'X'")).toEqual([[1]])
    expect(await stage().refused("INSERT INTO t (a) VALUES ('X')")).toContain('UNIQUE constraint failed')
    await expectNotNull()
  })

  test('checks without a name stay, of the table and of a column', async () => {
    await prepare(
      "id INTEGER PRIMARY KEY, a TEXT CHECK (a <> 'bad'), b INTEGER DEFAULT 1 CHECK (b > 0), CHECK (a <> 'worse')",
    )
    await stage().changed(notNull)
    await expectRows()
    for (const values of ["('bad', 1)", "('worse', 1)", "('ok', 0)"]) {
      expect(await stage().refused(`INSERT INTO t (a, b) VALUES ${values}`)).toContain('CHECK constraint failed')
    }
    await expectNotNull()
  })

  test('the actions of a foreign key that stands with its column stay', async () => {
    await stage().made(
      'CREATE TABLE parent (id INTEGER PRIMARY KEY)',
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, p INTEGER DEFAULT 7 REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL)',
      child,
      'INSERT INTO parent VALUES (7), (8)',
      "INSERT INTO t VALUES (1, 'x', 7), (2, 'y', 8)",
      children,
    )
    await stage().changed(`${notNull}\n  op.alterColumn('t', 'p', { default: null })`)
    await expectRows()
    await stage().rows('UPDATE parent SET id = 9 WHERE id = 7')
    expect(await stage().rows('SELECT p FROM t WHERE id = 1')).toEqual([[null]])
    await stage().rows('DELETE FROM parent WHERE id = 8')
    expect(await stage().rows('SELECT id FROM t')).toEqual([[1]])
    expect(await stage().rows('SELECT id FROM child')).toEqual([[1]])
  })

  test('triggers on the table stay', async () => {
    await prepare(
      'id INTEGER PRIMARY KEY, a TEXT',
      'CREATE TABLE log (what TEXT)',
      "CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('new; ' || new.a); END",
    )
    await stage().changed(notNull)
    await expectRows()
    expect(await stage().rows('SELECT what FROM log')).toEqual([])
    await stage().rows("INSERT INTO t (a) VALUES ('z')")
    expect(await stage().rows('SELECT what FROM log')).toEqual([['new; z']])
  })

  test('a view of the table stays, and is no hindrance', async () => {
    await prepare('id INTEGER PRIMARY KEY, a TEXT', 'CREATE VIEW seen AS SELECT id, upper(a) AS a FROM t')
    await stage().changed(notNull)
    await expectRows()
    expect(await stage().rows('SELECT a FROM seen ORDER BY id')).toEqual([['X'], ['Y']])
    await expectNotNull()
  })

  test('indexes stay, on expressions and on some of the rows', async () => {
    await prepare(
      'id INTEGER PRIMARY KEY, a TEXT',
      'CREATE UNIQUE INDEX lowered ON t (lower(a), a DESC)',
      "CREATE UNIQUE INDEX one_x ON t (a COLLATE NOCASE) WHERE a < 'y'",
    )
    const before = await stage().rows(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 't' ORDER BY name",
    )
    await stage().changed(notNull)
    await expectRows()
    expect(
      (
        await stage().rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 't' ORDER BY name")
      ).flat(),
    ).toEqual(before.map(([name]) => name))
    expect(await stage().refused("INSERT INTO t (a) VALUES ('X')")).toContain('UNIQUE constraint failed')
  })

  test.each(['VIRTUAL', 'STORED'])('a generated column stays, and is computed anew: %s', async (kind) => {
    await prepare(`id INTEGER PRIMARY KEY, a TEXT, shout TEXT GENERATED ALWAYS AS (upper(a)) ${kind}`)
    await stage().changed(notNull)
    await expectRows()
    expect(await stage().rows('SELECT shout FROM t ORDER BY id')).toEqual([['X'], ['Y']])
    await stage().rows("UPDATE t SET a = 'w' WHERE id = 1")
    expect(await stage().rows('SELECT shout FROM t WHERE id = 1')).toEqual([['W']])
  })

  test('STRICT, WITHOUT ROWID and a unique without a name stay', async () => {
    await stage().made(
      'CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT, b INTEGER, UNIQUE (a, b)) STRICT, WITHOUT ROWID',
      child,
      "INSERT INTO t (id, a, b) VALUES (1, 'x', 1), (2, 'y', 1)",
      children,
    )
    await stage().changed(notNull)
    await expectRows()
    expect(await stage().refused("INSERT INTO t VALUES (3, 'x', 1)")).toContain('UNIQUE constraint failed: t.a, t.b')
    expect(await stage().refused("INSERT INTO t VALUES (3, 'z', 'no number')")).toContain('cannot store TEXT value')
    expect(await stage().refused('SELECT rowid FROM t')).toContain('no such column: rowid')
  })

  test.each(['ON DELETE CASCADE', 'ON DELETE SET NULL', ''])(
    'rows that refer to the table stay: %s',
    async (action) => {
      await stage().made(
        'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)',
        `CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ${action})`,
        "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
        children,
      )
      await stage().changed(notNull)
      await expectRows()
      await expectNotNull()
      expect(await stage().refused('INSERT INTO child VALUES (3, 99)')).toContain('FOREIGN KEY constraint failed')
    },
  )

  test('a table that refers to itself still does', async () => {
    await stage().made(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, up INTEGER REFERENCES t (id) ON DELETE CASCADE)',
      child,
      "INSERT INTO t VALUES (1, 'x', NULL), (2, 'y', 1)",
      children,
    )
    await stage().changed(notNull)
    await expectRows()
    await stage().rows('DELETE FROM t WHERE id = 1')
    expect(await stage().rows('SELECT count(*) FROM t')).toEqual([[0]])
    expect(await stage().rows('SELECT count(*) FROM child')).toEqual([[0]])
  })

  test('a column that an index and a check have goes with both, and no row is lost', async () => {
    await prepare(
      'id INTEGER PRIMARY KEY, a TEXT, b INTEGER CONSTRAINT positive CHECK (b IS NULL OR b > 0), c INTEGER',
      'CREATE INDEX ix_b ON t (b)',
      'CREATE INDEX ix_c ON t (c)',
    )
    await stage().changed(`op.dropColumn('t', 'b')`)
    await expectRows()
    expect(await stage().rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 't'")).toEqual([
      ['ix_c'],
    ])
    expect((await stage().project.schema()).tables.find(({ name }) => name === 't')?.checks).toEqual([])
  })

  test('a column that a check, an index, a trigger and a view use is renamed in them', async () => {
    await prepare(
      'id INTEGER PRIMARY KEY, a TEXT, b INTEGER DEFAULT 1 CONSTRAINT positive CHECK (b > 0)',
      'CREATE INDEX ix_b ON t (b)',
      'CREATE VIEW seen AS SELECT b FROM t',
      'CREATE TABLE log (what)',
      'CREATE TRIGGER noted AFTER UPDATE OF b ON t BEGIN INSERT INTO log VALUES (new.b); END',
    )
    await stage().changed(`op.renameColumn('t', 'b', 'size')\n  ${notNull}`)
    await expectRows()
    expect(await stage().refused("INSERT INTO t (a, size) VALUES ('z', 0)")).toContain(
      'CHECK constraint failed: positive',
    )
    await stage().rows('UPDATE t SET size = 5 WHERE id = 1')
    expect(await stage().rows('SELECT what FROM log')).toEqual([[5]])
    expect(await stage().rows('SELECT * FROM seen ORDER BY 1')).toEqual([[1], [5]])
    expect((await stage().project.schema()).tables.find(({ name }) => name === 't')?.indexes).toHaveLength(1)
    await expectNotNull()
  })

  test('a failure leaves nothing behind, and the next run is free to go on', async () => {
    await prepare('id INTEGER PRIMARY KEY, a TEXT, b INTEGER', 'CREATE VIEW seen AS SELECT a FROM t')
    const everything = () =>
      stage().rows("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%a_u%' ORDER BY name")
    const before = await everything()
    const failing = () => stage().changed(`op.alterColumn('t', 'b', { nullable: false })`)
    for (const attempt of [1, 2]) {
      const error = await failing().then(
        () => null,
        (thrown: unknown) => thrown as AludelError,
      )
      expect({ attempt, code: error?.code }).toEqual({ attempt, code: 'not-null' })
      expect((await everything()).filter(([, name]) => !/^(?:alembic|aludel|sqlite)_/.test(String(name)))).toEqual(
        before,
      )
    }
    await stage().rows('UPDATE t SET b = 1')
    await failing()
    await expectRows()
  })
})

onStage('mysql', (stage) => {
  const child =
    'CREATE TABLE child (id int PRIMARY KEY, t_id int NOT NULL, CONSTRAINT fk_t FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE ON UPDATE CASCADE)'
  const prepare = (columns: string, ...more: readonly string[]) =>
    stage().made(
      `CREATE TABLE t (id int NOT NULL AUTO_INCREMENT COMMENT 'the key' PRIMARY KEY, ${columns}) AUTO_INCREMENT = 50 COMMENT = 'a table'`,
      child,
      "INSERT INTO t (id, a) VALUES (1, 'x'), (2, 'y')",
      'INSERT INTO child VALUES (1, 1), (2, 2)',
      ...more,
    )
  const lines = async () =>
    String((await stage().rows('SHOW CREATE TABLE t'))[0]?.[1])
      .split('\n')
      .map((line) => line.trim().replace(/,$/, ''))
  const lineOf = async (column: string) => (await lines()).find((line) => line.startsWith(`\`${column}\``)) ?? ''
  const expectRows = async () => {
    expect(await stage().rows('SELECT id, a FROM t ORDER BY id')).toEqual([
      [1, 'x'],
      [2, 'y'],
    ])
    expect(await stage().rows('SELECT id, t_id FROM child ORDER BY id')).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(await stage().refused('INSERT INTO child (id, t_id) VALUES (3, 99)')).toContain(
      'foreign key constraint fails',
    )
  }
  const latin = "a varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'z' COMMENT 'about a'"

  test.each([
    [
      'a longer type',
      '{ type: string(30) }',
      "`a` varchar(30) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'z' COMMENT 'about a'",
    ],
    [
      'NULL',
      '{ nullable: true }',
      "`a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'z' COMMENT 'about a'",
    ],
    [
      'a default',
      "{ default: 'w' }",
      "`a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'w' COMMENT 'about a'",
    ],
    [
      'no default',
      '{ default: null }',
      "`a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL COMMENT 'about a'",
    ],
    [
      'a comment',
      "{ comment: 'new' }",
      "`a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'z' COMMENT 'new'",
    ],
    [
      'a name',
      "{ name: 'a', comment: 'new' }",
      "`a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'z' COMMENT 'new'",
    ],
  ])('a column that is given %s keeps its character set, NOT NULL, default and comment', async (_, change, wanted) => {
    await prepare(latin)
    const before = await lines()
    await stage().changed(`op.alterColumn('t', 'a', ${change})`)
    expect(await lineOf('a')).toBe(wanted)
    expect((await lines()).filter((line) => !line.startsWith('`a`'))).toEqual(
      before.filter((line) => !line.startsWith('`a`')),
    )
    await expectRows()
  })

  test('a renamed column keeps all of it', async () => {
    await prepare(latin)
    const before = await lines()
    await stage().changed(`op.renameColumn('t', 'a', 'b')`)
    expect(await lines()).toEqual(before.map((line) => line.replace(/^`a`/, '`b`')))
  })

  test('a key that others refer to keeps its numbers, its comment and its referents', async () => {
    await prepare('a varchar(20)')
    await stage().changed(`op.alterColumn('t', 'id', { comment: 'changed' })`)
    expect(await lineOf('id')).toBe("`id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'changed'")
    await expectRows()
    await stage().rows("INSERT INTO t (a) VALUES ('new')")
    expect(await stage().rows("SELECT id FROM t WHERE a = 'new'")).toEqual([[50]])
    await stage().rows('DELETE FROM t WHERE id = 2')
    expect(await stage().rows('SELECT id FROM child')).toEqual([[1]])
  })

  test('a moment that the server sets keeps its precision and ON UPDATE', async () => {
    await prepare('a varchar(20), at datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3)')
    await stage().changed(`op.alterColumn('t', 'at', { comment: 'when' })`)
    expect(await lineOf('at')).toBe(
      "`at` datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3) COMMENT 'when'",
    )
    await expectRows()
  })

  test('a column keeps its sign, a generated one its formula, a hidden one that it is hidden, and each its check', async () => {
    await prepare(
      'a varchar(20), n int unsigned NOT NULL DEFAULT 7 CHECK (n < 100), twice int GENERATED ALWAYS AS (n * 2) STORED, h int INVISIBLE DEFAULT 5',
    )
    const before = await lines()
    await stage().changed(
      ['n', 'twice', 'h'].map((name) => `op.alterColumn('t', '${name}', { comment: 'c' })`).join('\n  '),
    )
    const without = (await lines()).map((line) => line.replace(" COMMENT 'c'", ''))
    expect(without).toEqual(before)
    expect(await stage().rows('SELECT n, twice, h FROM t WHERE id = 1')).toEqual([[7, 14, 5]])
    await expectRows()
  })

  test('values of an enumeration are added without losing what else the column has', async () => {
    await prepare(
      "a varchar(20), mood enum('ok','bad') CHARACTER SET latin1 NOT NULL DEFAULT 'bad' COMMENT 'how it is'",
      "UPDATE t SET mood = 'ok' WHERE id = 1",
    )
    await stage().changed(`op.alterColumn('t', 'mood', { type: enumeration('mood', ['ok', 'bad', 'best']) })`)
    expect(await lineOf('mood')).toMatch(
      /^`mood` enum\('ok','bad','best'\).* NOT NULL DEFAULT 'bad' COMMENT 'how it is'$/,
    )
    expect(await stage().rows('SELECT mood FROM t ORDER BY id')).toEqual([['ok'], ['bad']])
  })

  test('a reference that stands with its column, which MySQL passes over in silence, is a foreign key', async () => {
    await prepare('a varchar(20)')
    await stage().changed(
      `op.addColumn('child', 'other_id', integer().references(() => ({ table: { namespace: null, name: 't' }, column: 'id' }), { onDelete: 'set null' }))`,
    )
    await expectRows()
    await stage().rows('UPDATE child SET other_id = 2 WHERE id = 1')
    expect(await stage().refused('UPDATE child SET other_id = 99')).toContain('foreign key constraint fails')
    await stage().rows('DELETE FROM t WHERE id = 2')
    expect(await stage().rows('SELECT id, other_id FROM child')).toEqual([[1, null]])
  })

  test('another primary key takes the place of one in a single statement, and no row is without a key', async () => {
    await stage().made(
      'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(20) NOT NULL)',
      "INSERT INTO t VALUES (1, 'x')",
    )
    await stage().changed(
      `op.dropConstraint('PRIMARY', 't', { type: 'primaryKey' })\n  op.createPrimaryKey('pk', 't', ['a', 'id'])`,
      `op.dropConstraint('PRIMARY', 't', { type: 'primaryKey' })\n  op.createPrimaryKey('pk', 't', ['id'])`,
    )
    expect((await lines()).filter((line) => line.includes('PRIMARY'))).toEqual(['PRIMARY KEY (`a`,`id`)'])
    await downgrade(undefined, { ...stage().project.where, target: 'base' })
    expect((await lines()).filter((line) => line.includes('PRIMARY'))).toEqual(['PRIMARY KEY (`id`)'])
    expect(await stage().rows('SELECT * FROM t')).toEqual([[1, 'x']])
  })

  test('NOT NULL over rows that hold NULL is refused, and makes no empty texts of them', async () => {
    await prepare('a varchar(20), b varchar(20)')
    const error = await stage()
      .changed(`op.alterColumn('t', 'b', { nullable: false })`)
      .then(
        () => null,
        (thrown: unknown) => thrown as AludelError,
      )
    expect(error?.code).toMatch(/not-null|cast/)
    expect(await stage().rows('SELECT b FROM t')).toEqual([[null], [null]])
    await expectRows()
  })
})
