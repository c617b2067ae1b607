// Scripts instead of runs: fed to the engine's own client they leave what a run leaves, the rows of bookkeeping included.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stampScript } from '../../src/commands/stamp.ts'
import type { Connection } from '../../src/database/types.ts'
import { type AludelError, connect, downgrade, introspect, script, stamp, upgrade } from '../../src/index.ts'
import { openProject } from '../../src/project/project.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { type FreshDatabase, onEveryEngine } from '../engines/index.ts'
import { clientOf } from './client.ts'
import { type LiveProject, liveProject } from './project.ts'

const nasty = `it's; a "test" \\\\ with ? and $1; -- no comment`

const users = `op.createTable('user', { id: integer().identity().primaryKey(), email: string(50).notNull() }, (t) => [unique('uq_email').on(t.email)])`

onEveryEngine((engine) => {
  const client = clientOf(engine)
  const clientTest = client === null ? test.skip : test
  let project: LiveProject
  let other: FreshDatabase
  beforeEach(async () => {
    project = await liveProject(engine)
    other = await engine.freshDatabase()
    project.revision('a1', { upgrade: users, downgrade: "op.dropTable('user')", message: 'Make users' })
  })
  afterEach(async () => {
    await project.end()
    await other.drop()
  })

  const here = () => project.where
  const on = async <T>(url: string, work: (db: Connection) => Promise<T>) => {
    const db = await connect(url, { cwd: project.folder })
    return work(db).finally(() => db.close())
  }
  const text = (direction: 'upgrade' | 'downgrade', target: string) =>
    script(direction, undefined, { ...here(), target }).then(({ sql }) => sql)
  const apply = (sql: string) => client?.apply(other.url, sql) ?? null
  /** Everything that is there, but for times and the name of the run. */
  const state = (url: string) =>
    on(url, async (db) => {
      const key = db.dialect === 'mysql' ? '`id`' : '"id"'
      const history = await db.query(`SELECT * FROM aludel_history ORDER BY ${key}`)
      const tables = sortedSchema(await introspect(db))
      const rows: Record<string, unknown> = {}
      for (const { name } of tables.tables) {
        const quoted = db.dialect === 'mysql' ? `\`${name}\`` : `"${name}"`
        if (name !== 'aludel_history') rows[name] = (await db.query(`SELECT * FROM ${quoted} ORDER BY 1`)).rows
      }
      const timeless = history.rows.map(({ at, duration_ms, run, ...row }) => ({ ...row, timed: at instanceof Date }))
      return { tables, rows, history: timeless }
    })
  const expectSame = async () => expect(await state(other.url)).toEqual(await state(here().url))

  const chain = () => {
    project.write('migrations/versions/users.csv', 'id,email\n10,x@example.org\n11,"y;\n\'z\'"\n')
    project.revision('b1', {
      down: 'a1',
      message: 'Several; things\n-- and more',
      upgrade: `op.addColumn('user', 'status', string(80))
  op.execute(sql\`INSERT INTO \${name('user')} (email, status) VALUES (\${'a@example.org'}, \${${JSON.stringify(nasty)}})\`)
  op.execute(sql\`UPDATE \${name('user')} SET status = \${'done'} WHERE email = \${'b'} -- at the end\`)
  op.alterColumn('user', 'email', { type: string(90) })
  op.createIndex('ix_status', 'user', ['status'])`,
      downgrade: `op.dropIndex('ix_status', 'user')\n  op.dropColumn('user', 'status')`,
    })
    project.revision('b2', {
      down: 'a1',
      upgrade: `op.bulkInsert('user', { csv: 'users.csv' })\n  op.createTable('note', { id: integer().primaryKey(), user_id: integer() }, () => [foreignKey(['user_id'], 'user', ['id'], { name: 'fk_note' })])\n  op.bulkInsert('note', [{ id: 1, user_id: 10 }])`,
      downgrade: `op.dropTable('note')\n  op.execute(sql\`DELETE FROM \${name('user')} WHERE id > \${9}\`)`,
    })
    project.revision('audit_log_add_ip_address_and_user_agent_columns', {
      down: ['b1', 'b2'],
      upgrade: `op.createIndex('ix_note', 'note', ['user_id'], { postgres: { concurrently: true } })\n  op.autocommit((op) => op.createIndex('ix_two', 'user', ['email', 'status']))`,
      downgrade: `op.dropIndex('ix_two', 'user')\n  op.dropIndex('ix_note', 'note', { concurrently: true })`,
    })
  }

  describe(`a script fed to ${client === null ? 'its client, which is not installed' : client.program}`, () => {
    clientTest('does what the run does, up and down again, with the same rows of bookkeeping', async () => {
      chain()
      expect(apply(await text('upgrade', 'head'))).toBe(null)
      await upgrade(undefined, { ...here(), target: 'head' })
      await expectSame()
      expect(apply(await text('downgrade', 'head:a1'))).toBe(null)
      await downgrade(undefined, { ...here(), target: 'a1' })
      await expectSame()
      expect(apply(await text('upgrade', 'a1:b2'))).toBe(null)
      await upgrade(undefined, { ...here(), target: 'b2' })
      await expectSame()
    })

    clientTest('does what the run does where nothing is in a transaction', async () => {
      project.write('aludel.config.ts', "export default { transaction: 'none' }\n")
      chain()
      expect(apply(await text('upgrade', 'head'))).toBe(null)
      await upgrade(undefined, { ...here(), target: 'head' })
      await expectSame()
    })

    clientTest('does what the run does where one transaction holds all', async () => {
      project.write('aludel.config.ts', "export default { transaction: 'run' }\n")
      chain()
      expect(apply(await text('upgrade', 'b1'))).toBe(null)
      await upgrade(undefined, { ...here(), target: 'b1' })
      await expectSame()
    })

    clientTest('takes a program with semicolons of its own for one statement', async () => {
      const body = 'BEGIN UPDATE other SET n = n + 1; UPDATE other SET n = n * 2; END'
      const texts = {
        sqlite: `CREATE TRIGGER counted AFTER INSERT ON "user" ${body}`,
        mysql: `CREATE TRIGGER counted AFTER INSERT ON \`user\` FOR EACH ROW ${body}`,
        postgres: 'DO $$ BEGIN UPDATE other SET n = 1; UPDATE other SET n = 2; END $$',
      }
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.createTable('other', { id: integer().primaryKey(), n: integer() })
  op.bulkInsert('other', [{ id: 1, n: 0 }])
  op.execute(${JSON.stringify(texts)}, { effects: () => {} })
  op.bulkInsert('user', [{ email: 'a' }])`,
      })
      expect(apply(await text('upgrade', 'head'))).toBe(null)
      await upgrade(undefined, { ...here(), target: 'head' })
      await expectSame()
      expect(await on(other.url, async (db) => (await db.query('SELECT n FROM other')).rows)).toEqual([{ n: 2 }])
    })

    clientTest('stops where a run would, when rows or tables lose their referent', async () => {
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.createTable('note', { id: integer().primaryKey(), user_id: integer() }, () => [foreignKey(['user_id'], 'user', ['id'], { name: 'fk_note' })])
  op.bulkInsert('user', [{ id: 1, email: 'a' }])\n  op.bulkInsert('note', [{ id: 1, user_id: 1 }])`,
      })
      project.revision('c1', {
        down: 'b1',
        upgrade: `op.alterColumn('note', 'user_id', { nullable: false })\n  op.execute(sql\`DELETE FROM \${name('user')}\`)`,
      })
      project.revision('c2', { down: 'b1', upgrade: `op.dropTable('user')` })
      expect(apply(await text('upgrade', 'b1'))).toBe(null)
      const before = await state(other.url)
      for (const target of ['c1', 'c2']) {
        expect(apply(await text('upgrade', `b1:${target}`))).toMatch(/refer|depend|foreign key/i)
        // MariaDB commits what came before the failure.
        if (engine.name !== 'mysql') expect(await state(other.url)).toEqual(before)
      }
    })

    clientTest('of the example application does what its run does, up and down again', async () => {
      const panel = new URL('../../../../examples/panel/migrations/versions/', import.meta.url)
      rmSync(`${project.folder}/migrations/versions/a1.ts`)
      for (const file of readdirSync(panel))
        project.write(`migrations/versions/${file}`, readFileSync(new URL(file, panel), 'utf8'))
      const skipped = { ...here(), target: 'head' }
      expect(apply((await script('upgrade', undefined, skipped)).sql)).toBe(null)
      await upgrade(undefined, skipped)
      await expectSame()
      expect(apply(await text('downgrade', 'head:base'))).toBe(null)
      await downgrade(undefined, { ...here(), target: 'base' })
      await expectSame()
    })

    clientTest('stamps as the run stamps', async () => {
      chain()
      const opened = await openProject({ ...here(), environment: {}, own: async () => ({}) })
      expect(apply((await stampScript(opened, { targets: ['b1'] })).sql)).toBe(null)
      await stamp(undefined, { ...here(), targets: ['b1'] })
      await expectSame()
    })

    clientTest('stops before anything where the database is elsewhere', async () => {
      chain()
      expect(apply(await text('upgrade', 'b1:head'))).not.toBe(null)
      expect(await on(other.url, async (db) => (await introspect(db)).tables)).toEqual([])
      expect(apply(await text('upgrade', 'a1'))).toBe(null)
      const before = await state(other.url)
      expect(apply(await text('upgrade', 'b1:head'))).toContain('The database is not at b1')
      expect(apply(await text('upgrade', 'a1'))).toContain('The database is not at the base')
      expect(apply(await text('downgrade', 'b2:a1'))).toContain('The database is not at b2')
      expect(await state(other.url)).toEqual(before)
    })

    clientTest('of a database that Alembic made goes on there', async () => {
      chain()
      const made = [
        'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))',
        "INSERT INTO alembic_version (version_num) VALUES ('a1')",
        `CREATE TABLE ${engine.name === 'mysql' ? '`user`' : '"user"'} (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(50) NOT NULL)`,
      ]
      for (const url of [other.url, here().url]) await on(url, (db) => db.statements(made))
      project.revision('a_name_that_is_longer_than_alembic_makes_room_for', {
        down: 'a1',
        upgrade: `op.createIndex('ix_email', 'user', ['email'])`,
      })
      const target = 'a_name_that_is_longer_than_alembic_makes_room_for'
      expect(apply(await text('upgrade', `a1:${target}`))).toBe(null)
      await upgrade(undefined, { ...here(), target })
      await expectSame()
    })
  })

  describe('code in a revision', () => {
    beforeEach(() =>
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.run(async function fillIn() {})\n  op.createIndex('ix', 'user', ['email'])`,
      }),
    )

    test('is refused in a script', async () => {
      const error = await text('upgrade', 'head').catch((thrown: unknown) => thrown)
      expect((error as AludelError).code).toBe('opaque-code')
      expect((error as AludelError).hint).toContain('--skip-code')
    })

    test('is a comment with its name where that was asked', async () => {
      const { sql } = await script('upgrade', undefined, { ...here(), target: 'head', skipCode: true })
      expect(sql).toContain('-- Left out: the code "fillIn", which revision b1 runs here')
      expect(sql.indexOf('fillIn')).toBeLessThan(sql.search(/(?:CREATE|ADD) INDEX/))
      await project.on((db) => db.script(sql))
      expect(await project.rows()).toEqual(['b1'])
    })

    test('that is left out leaves the tables that it touches unknown to what comes after it', async () => {
      project.revision('b1', { down: 'a1', upgrade: `op.run(() => {}, { touches: ['user'] })` })
      project.revision('c1', { down: 'b1', upgrade: `op.alterColumn('user', 'email', { type: string(99) })` })
      const made = script('upgrade', undefined, { ...here(), target: 'head', skipCode: true })
      expect(((await made.catch((thrown: unknown) => thrown)) as AludelError).code).toBe('unknown-object')
    })
  })

  test('a script is the same whenever it is written', async () => {
    chain()
    expect(await text('upgrade', 'head')).toBe(await text('upgrade', 'head'))
  })
})

onEveryEngine((engine) => {
  test('SQL that nobody understands leaves no table known, unless it says what it touches', async () => {
    const project = await liveProject(engine)
    const riddle = {
      postgres: 'DO $$ BEGIN PERFORM 1; END $$',
      mysql: 'CALL something()',
      sqlite: "ATTACH 'other.db' AS other",
    }[engine.name]
    const written = (touches: string) => {
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.execute(${JSON.stringify(riddle)}${touches})\n  op.alterColumn('user', 'email', { type: string(90) })`,
      })
      return script('upgrade', undefined, { ...project.where, target: 'head' })
    }
    project.revision('a1', { upgrade: users })
    await expect(written('')).rejects.toMatchObject({ code: 'unknown-object', details: { table: 'user', since: 'b1' } })
    await expect(written(', { touches: [] }')).resolves.toMatchObject({ target: 'head' })
    await project.end()
  })
})
