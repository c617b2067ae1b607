// What a run leaves in a database, and what it says when it cannot go on: one suite for all engines.

import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AludelError, current, downgrade, script, stamp, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const command = resolve(dirname(fileURLToPath(import.meta.url)), '../../bin/aludel.js')

const users = {
  upgrade: `op.createTable('user', { id: integer().identity().primaryKey(), email: string(50).notNull() }, (t) => [unique().on(t.email)])`,
  downgrade: `op.dropTable('user')`,
}

async function refusal(work: Promise<unknown>): Promise<AludelError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AludelError)
  return error as AludelError
}

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
  })
  afterEach(() => project.end())
  const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
  const back = (target = '-1') => downgrade(undefined, { ...project.where, target })
  const allOrNothing = engine.name !== 'mysql'

  describe('the version rows', () => {
    test('are those of Alembic, over branches and a merge', async () => {
      project.revision('a1', users)
      project.revision('b1', { down: 'a1' })
      project.revision('b2', { down: 'a1' })
      project.revision('c1', { down: ['b1', 'b2'] })
      await go('heads')
      expect(await project.rows()).toEqual(['c1'])
      await back('b1')
      expect(await project.rows()).toEqual(['b1', 'b2'])
      await back('base')
      expect(await project.rows()).toEqual([])
      await go('b2')
      expect(await project.rows()).toEqual(['b2'])
    })

    test('of a database that Alembic made are taken over', async () => {
      project.revision('a1', users)
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.addColumn('user', 'age', integer())`,
        downgrade: `op.dropColumn('user', 'age')`,
      })
      await project.on((db) =>
        db.statements([
          'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))',
          "INSERT INTO alembic_version (version_num) VALUES ('a1')",
          `CREATE TABLE ${engine.name === 'mysql' ? '`user`' : '"user"'} (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(50) NOT NULL)`,
        ]),
      )
      expect((await go()).steps.map((step) => step.revision)).toEqual(['b1'])
      expect(await project.rows()).toEqual(['b1'])
    })

    test('take identifiers that Alembic would cut, in a table that is widened for them', async () => {
      const long = 'audit_log_add_ip_address_and_user_agent_columns'
      project.revision('a1', users)
      await go()
      project.revision(long, { down: 'a1' })
      await go()
      expect(await project.rows()).toEqual([long])
      await back()
      expect(await project.rows()).toEqual(['a1'])
    })

    test('that no file answers for stop a run, and say how to go on', async () => {
      project.revision('a1', users)
      await go()
      await project.on((db) => db.statements(["UPDATE alembic_version SET version_num = 'gone'"]))
      const error = await refusal(go())
      expect(error.code).toBe('unknown-revision')
      expect(error.hint).toContain('stamp --purge')
      await stamp(undefined, { ...project.where, targets: ['a1'], purge: true })
      expect((await current(undefined, project.where)).atHead).toBe(true)
    })
  })

  describe('the history', () => {
    test('has a done row for each step, with who, what, when and where it led', async () => {
      project.revision('a1', { ...users, message: 'Create users' })
      await go()
      await back()
      const rows = (await project.history()).filter((row) => row.event === 'done')
      expect(rows.map((row) => [row.revision, row.direction, row.heads])).toEqual([
        ['a1', 'upgrade', '["a1"]'],
        ['a1', 'downgrade', '[]'],
      ])
      expect(rows[0]).toMatchObject({ format: 1, tool: expect.stringMatching(/^aludel \d/), error: null })
      expect(rows[0]?.raw_sha).toMatch(/^[0-9a-f]{64}$/)
      expect(rows[0]?.ops_sha).toMatch(/^[0-9a-f]{64}$/)
      expect(rows[0]?.at).toBeInstanceOf(Date)
    })

    test.skipIf(allOrNothing)(
      'says begin before and statement after each where the engine commits by itself',
      async () => {
        project.revision('a1', { upgrade: `${users.upgrade}\n  op.addColumn('user', 'age', integer())` })
        await go()
        const rows = await project.history()
        expect(rows.map((row) => row.event)).toEqual(['begin', 'statement', 'statement', 'done'])
        expect(rows.map((row) => row.position)).toEqual([null, 0, 1, null])
      },
    )

    test('has a stamp row', async () => {
      project.revision('a1', users)
      await stamp(undefined, { ...project.where, targets: ['head'] })
      expect((await project.history()).map((row) => [row.event, row.heads])).toEqual([['stamp', '["a1"]']])
    })

    test('is not made by verbs that only read', async () => {
      project.revision('a1', users)
      await current(undefined, project.where)
      expect((await project.on((db) => import('../../src/index.ts').then((all) => all.introspect(db)))).tables).toEqual(
        [],
      )
    })
  })

  describe('a step that fails', () => {
    test('in its SQL leaves nothing where the engine can take it back, and says what stays where it cannot', async () => {
      project.revision('a1', users)
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.addColumn('user', 'age', integer())\n  op.execute('INSERT INTO nosuch VALUES (1)')\n  op.addColumn('user', 'size', integer())`,
      })
      const error = await refusal(go())
      expect(error.code).toBe('does-not-exist')
      expect(error.message).toContain('b1')
      expect(await project.rows()).toEqual(['a1'])
      const [table] = (await project.schema()).tables
      expect(table?.columns.map((column) => column.name)).toEqual(
        allOrNothing ? ['email', 'id'] : ['age', 'email', 'id'],
      )
      expect(error.message).toMatch(
        allOrNothing ? /rolled back/ : /1 statement of this revision had been applied and stay/,
      )
      expect((await project.history()).at(-1)).toMatchObject({ event: 'failed', revision: 'b1' })
    })

    test.skipIf(allOrNothing)('is known again by the next run, which goes on behind what stays', async () => {
      project.revision('a1', { upgrade: `${users.upgrade}\n  op.execute('INSERT INTO nosuch VALUES (1)')` })
      await refusal(go())
      const error = await refusal(go())
      expect(error.code).toBe('does-not-exist')
      expect(error.message).toContain('1 statement of this revision had been applied and stay')
      expect(error.hint).toContain('it goes on after what was applied')
      expect(error.hint).toContain('aludel resolve --applied a1')
    })

    test('in its code sends nothing, and names the line', async () => {
      project.revision('a1', { upgrade: `${users.upgrade}\n  throw new Error('no luck')` })
      const error = await refusal(go())
      expect(error.code).toBe('body-failed')
      expect(error.message).toMatch(/a1\.ts:\d+/)
      expect(error.message).toContain('no luck')
      expect((await project.schema()).tables).toEqual([])
    })

    test('leaves the steps before it applied', async () => {
      project.revision('a1', users)
      for (const [at, id] of ['b1', 'b2', 'b3'].entries()) project.revision(id, { down: at === 0 ? 'a1' : `b${at}` })
      project.revision('c1', { down: 'b3', upgrade: `op.execute('NO SUCH STATEMENT')` })
      project.revision('d1', { down: 'c1' })
      expect((await refusal(go())).details.revision).toBe('c1')
      expect(await project.rows()).toEqual(['b3'])
    })

    test.each(['NO SUCH STATEMENT', 'INSERT INTO nowhere VALUES (1)'])(
      'leaves all that came before it applied, however many steps were under way: %s',
      async (sql) => {
        const id = (at: number) => `s${String(at).padStart(2, '0')}`
        for (let at = 0; at < 45; at += 1) {
          const upgrade =
            at === 37 ? `op.execute('${sql}')` : `op.createTable('${id(at)}', { id: integer().primaryKey() })`
          project.revision(id(at), at === 0 ? { upgrade } : { down: id(at - 1), upgrade })
        }
        expect((await refusal(go())).details.revision).toBe(id(37))
        expect(await project.rows()).toEqual([id(36)])
        expect((await project.schema()).tables).toHaveLength(37)
        const events = (await project.history()).map(({ event, revision }) => `${event} ${revision}`)
        expect(events.filter((event) => event.startsWith('done'))).toEqual(
          Array.from({ length: 37 }, (_, at) => `done ${id(at)}`),
        )
        expect(events.at(-1)).toBe(`failed ${id(37)}`)
      },
    )

    test.skipIf(!allOrNothing)('takes the whole run back where that was asked', async () => {
      project.write('aludel.config.ts', "export default { transaction: 'run' }\n")
      project.revision('a1', users)
      project.revision('b1', { down: 'a1', upgrade: `op.execute('NO SUCH STATEMENT')` })
      await refusal(go())
      expect((await project.schema()).tables).toEqual([])
      project.revision('b1', { down: 'a1', upgrade: `op.alterColumn('user', 'email', { type: string(80) })` })
      await go()
      expect(await project.rows()).toEqual(['b1'])
    })

    test('because others depend on a table names them and the order that works', async () => {
      project.revision('a1', {
        upgrade: `${users.upgrade}
  op.createTable('server', { id: integer().identity().primaryKey(), owner_id: integer() }, () => [foreignKey(['owner_id'], 'user', ['id'])])
  op.createTable('server_user', { id: integer().identity().primaryKey(), server_id: integer() }, () => [foreignKey(['server_id'], 'server', ['id'])])`,
        downgrade: `op.dropTable('user')`,
      })
      await go()
      const error = await refusal(back())
      expect(error.code).toBe('dependent-objects')
      expect(error.details.dependants).toEqual(['server'])
      expect(error.hint).toMatch(/op\.dropTable\('server'\)\s+op\.dropTable\('user'\)/)
      expect((await project.schema()).tables).toHaveLength(3)
      expect(await project.rows()).toEqual(['a1'])
    })
  })

  describe('what a revision may do', () => {
    test('code runs with a live connection and a live recorder, in its place', async () => {
      project.revision('a1', {
        upgrade: `${users.upgrade}
  op.bulkInsert('user', [{ email: 'a@example.org' }, { email: "b'\\\\@example.org" }])
  op.run(async ({ db, op, log }) => {
    const { rows } = await db.query<{ count: number }>(\`SELECT count(*) AS count FROM \${op.dialect === 'mysql' ? '\`user\`' : '"user"'}\`)
    log(String(rows[0]?.count))
    if (rows[0]?.count === 2) await op.addColumn('user', 'two', integer())
  })
  op.alterColumn('user', 'two', { default: 2 })`,
      })
      const logged: string[] = []
      await upgrade(undefined, { ...project.where, log: (line) => logged.push(line) })
      expect(logged).toEqual(['2'])
      const [table] = (await project.schema()).tables
      expect(table?.columns.find((column) => column.name === 'two')?.default).toEqual({ kind: 'value', value: 2 })
    })

    test('values are values, whatever is in them', async () => {
      const nasty = `it's a "test" \\\\ with ? and $1 and :name; -- no comment`
      project.revision('a1', users)
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.execute(sql\`INSERT INTO \${name('user')} (email) VALUES (\${${JSON.stringify(nasty.slice(0, 49))}})\`)`,
      })
      await go()
      const { rows } = await project.on((db) =>
        db.query<{ email: string }>(`SELECT email FROM ${engine.name === 'mysql' ? '`user`' : '"user"'}`),
      )
      expect(rows).toEqual([{ email: nasty.slice(0, 49) }])
    })

    test('SQL that is refused inside a transaction goes outside by itself', async () => {
      project.revision('a1', users)
      const own = {
        postgres: 'op.execute(\'-- now\\nVACUUM "user"; create unique index concurrently ix_raw on "user" (email)\')',
        sqlite: "op.execute('/* small */ VACUUM')",
        mysql: "op.execute('OPTIMIZE TABLE `user`')",
      }[engine.name]
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.addColumn('user', 'age', integer())\n  ${own}\n  op.addColumn('user', 'size', integer())`,
      })
      await go()
      const [table] = (await project.schema()).tables
      expect(table?.columns.map((column) => column.name)).toEqual(['age', 'email', 'id', 'size'])
      expect(await project.rows()).toEqual(['b1'])
    })

    test('a part may stay outside the transaction', async () => {
      project.revision('a1', users)
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.addColumn('user', 'age', integer())\n  op.createIndex('ix_age', 'user', ['age'], { postgres: { concurrently: true } })\n  op.autocommit((op) => op.createIndex('ix_two', 'user', ['age', 'email']))`,
        downgrade: `op.dropIndex('ix_two', 'user')\n  op.dropIndex('ix_age', 'user', { concurrently: true })\n  op.dropColumn('user', 'age')`,
      })
      await go()
      expect((await project.schema()).tables[0]?.indexes.map((index) => index.name)).toEqual(['ix_age', 'ix_two'])
      await back()
      expect((await project.schema()).tables[0]?.indexes).toEqual([])
    })

    test('the way back may be the inverse of the way forth', async () => {
      project.revision('a1', {
        ...users,
        body:
          `export function upgrade(op: Operations) {\n  ${users.upgrade}\n}\n` +
          "export { inverse as downgrade } from 'aludel'\n",
      })
      project.revision('b1', {
        down: 'a1',
        body: `export function upgrade(op: Operations) {\n  op.alterColumn('user', 'email', { type: string(90), nullable: true })\n  op.dropTable('user')\n}\nexport { inverse as downgrade } from 'aludel'\n`,
      })
      await go('a1')
      const before = await project.schema()
      await go()
      expect((await project.schema()).tables).toEqual([])
      await back()
      expect(await project.schema()).toEqual(before)
      await back()
      expect((await project.schema()).tables).toEqual([])
    })
  })

  test('up, down and up again leaves what up alone leaves, with the rows that were there', async () => {
    project.revision('a1', users)
    project.revision('b1', {
      down: 'a1',
      upgrade: `op.addColumn('user', 'status', string(32))\n  op.execute(sql\`UPDATE \${name('user')} SET status = \${'active'}\`)\n  op.alterColumn('user', 'status', { nullable: false, default: 'new' })\n  op.createCheckConstraint('ck_status', 'user', sql\`status <> 'none'\`)`,
      downgrade: `op.dropConstraint('ck_status', 'user', { type: 'check' })\n  op.dropColumn('user', 'status')`,
    })
    await go('a1')
    const table = engine.name === 'mysql' ? '`user`' : '"user"'
    await project.on((db) => db.statements([`INSERT INTO ${table} (email) VALUES ('a@example.org')`]))
    await go()
    const once = await project.schema()
    await back()
    await go()
    expect(await project.schema()).toEqual(once)
    const { rows } = await project.on((db) => db.query(`SELECT email, status FROM ${table}`))
    expect(rows).toEqual([{ email: 'a@example.org', status: 'active' }])
  })

  test('the script does what the run does', async () => {
    project.revision('a1', users)
    project.revision('b1', {
      down: 'a1',
      upgrade: `op.addColumn('user', 'status', string(32).notNull().default('new'))\n  op.execute(sql\`UPDATE \${name('user')} SET status = \${"it's"}\`)\n  op.alterColumn('user', 'email', { type: string(80) })`,
      downgrade: `op.dropColumn('user', 'status')`,
    })
    await go()
    const ran = await project.schema()
    await back('base')
    await project.on((db) => db.statements(['DROP TABLE alembic_version']))
    const { sql } = await script('upgrade', undefined, { ...project.where, target: 'head' })
    await project.on((db) => db.script(sql))
    expect(await project.schema()).toEqual(ran)
    expect(await project.rows()).toEqual(['b1'])
  })

  test('five runs at once end well, and each revision runs once', { timeout: 60_000 }, async () => {
    project.revision('a1', users)
    for (let at = 1; at <= 5; at += 1) {
      const down = at === 1 ? 'a1' : `b${at - 1}`
      project.revision(`b${at}`, { down, upgrade: `op.addColumn('user', 'c${at}', integer())` })
    }
    const runs = await Promise.all(Array.from({ length: 5 }, () => runCommand(project, 'upgrade')))
    expect(
      runs.map((run) => run.code),
      runs.map((run) => run.output).join('\n'),
    ).toEqual([0, 0, 0, 0, 0])
    expect(await project.rows()).toEqual(['b5'])
    expect((await project.history()).filter((row) => row.event === 'done')).toHaveLength(6)
  })
})

function runCommand(
  project: LiveProject,
  ...given: readonly string[]
): Promise<{ code: number | null; output: string }> {
  return new Promise((finished, reject) => {
    const child = spawn(process.execPath, [command, ...given, '--url', project.where.url], {
      cwd: join(project.folder),
    })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (code) => finished({ code, output: Buffer.concat(parts).toString() }))
  })
}
