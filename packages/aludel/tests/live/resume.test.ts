// A step that broke off goes on where it stopped: the journal and the catalogue say where that is, and nothing is done twice.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AludelError, downgrade, resolve, resume, stamp, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const users = {
  upgrade:
    "op.createTable('user', { id: integer().primaryKey(), email: string(50) })\n  op.bulkInsert('user', [{ id: 1, email: 'a' }, { id: 2, email: 'a' }])",
}
const good = [
  "op.addColumn('user', 'age', integer())",
  "op.createIndex('ix_age', 'user', ['age'])",
  "op.execute('UPDATE user_ SET age = 1 WHERE id = 1')",
  "op.addColumn('user', 'size', integer().notNull().default(7))",
  "op.renameColumn('user', 'size', 'height')",
  "op.bulkInsert('user', [{ id: 3, email: 'c', age: 3, height: 9 }])",
]
const bad = "op.execute('INSERT INTO nosuch VALUES (1)')"

onEveryEngine((engine) => {
  const q = engine.name === 'mysql' ? '`' : '"'
  const quoted = (text: string) => text.replace('user_', `${q}user${q}`)
  let project: LiveProject
  let said: string[]
  beforeEach(async () => {
    project = await liveProject(engine)
    said = []
    project.write('aludel.config.ts', "export default { transaction: 'none' }\n")
    project.revision('a1', users)
  })
  afterEach(() => project.end())

  const go = () => upgrade(undefined, { ...project.where, target: 'head', log: (message) => said.push(message) })
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(AludelError)
    return error as AludelError
  }
  const send = (...texts: readonly string[]) =>
    project.on(async (db) => {
      for (const text of texts) await db.query(text)
    })
  const write = (...calls: readonly string[]) =>
    project.revision('b1', {
      down: 'a1',
      upgrade: calls.map(quoted).join('\n  '),
      downgrade: "op.dropColumn('user', 'age')",
    })
  const rows = () => project.on(async (db) => (await db.query(`SELECT * FROM ${q}user${q} ORDER BY id`)).rows)
  const journal = async () =>
    (await project.history())
      .filter(({ revision }) => revision === 'b1')
      .map(({ event, position }) => [event, position])
  const failure = `${q}event${q} = 'failed'`

  /** What a run without any mishap leaves. */
  const whole = async () => {
    const other = await liveProject(engine)
    other.write('aludel.config.ts', "export default { transaction: 'none' }\n")
    other.revision('a1', users)
    other.revision('b1', { down: 'a1', upgrade: good.map(quoted).join('\n  ') })
    await upgrade(undefined, { ...other.where, target: 'head' })
    const left = [
      await other.schema(),
      await other.on(async (db) => (await db.query(`SELECT * FROM ${q}user${q} ORDER BY id`)).rows),
    ]
    await other.end()
    return left
  }

  test.each(good.map((_, at) => at))(
    'after a failure behind %i operations it goes on there, once that is mended',
    async (at) => {
      write(...good.slice(0, at), bad, ...good.slice(at))
      await refusal(go())
      write(...good)
      await go()
      expect([await project.schema(), await rows()]).toEqual(await whole())
      const positions = (await journal()).filter(([event]) => event === 'statement').map(([, position]) => position)
      expect(positions).toEqual(positions.map((_, position) => position))
      if (at > 0)
        expect(said.join()).toMatch(
          /An earlier upgrade of revision b1 broke off after \d+ statements?; it goes on from there\./,
        )
      await go()
      expect(await project.rows()).toEqual(['b1'])
    },
  )

  test.each([0, 1, 3, 4])('a statement that came to its end without its client is not sent again (%i)', async (at) => {
    const by: Readonly<Record<number, string>> = {
      0: `ALTER TABLE ${q}user${q} ADD COLUMN age ${engine.name === 'mysql' ? 'int' : 'integer'}`,
      1: `CREATE INDEX ix_age ON ${q}user${q} (age)`,
      3: `ALTER TABLE ${q}user${q} ADD COLUMN size ${engine.name === 'mysql' ? 'int' : 'integer'} DEFAULT 7 NOT NULL`,
      4: `ALTER TABLE ${q}user${q} RENAME COLUMN size TO height`,
    }
    write(...good.slice(0, at), bad, ...good.slice(at))
    await refusal(go())
    // The client died while it ran: no failure was told, and the server went on.
    await send(`DELETE FROM aludel_history WHERE ${failure}`, by[at] ?? '')
    write(...good)
    await go()
    expect([await project.schema(), await rows()]).toEqual(await whole())
  })

  test('what somebody has undone by hand begins at its beginning', async () => {
    write(...good.slice(0, 2), bad)
    await refusal(go())
    await send(
      `DROP INDEX ix_age${engine.name === 'mysql' ? ` ON ${q}user${q}` : ''}`,
      `ALTER TABLE ${q}user${q} DROP COLUMN age`,
    )
    write(...good)
    await go()
    expect(said.join()).toContain('it starts from its beginning')
    expect([await project.schema(), await rows()]).toEqual(await whole())
  })

  test('a database that is neither as it was nor as it should be is left alone', async () => {
    write(...good.slice(0, 2), bad)
    await refusal(go())
    await send(`ALTER TABLE ${q}user${q} ADD COLUMN other ${engine.name === 'mysql' ? 'int' : 'integer'}`)
    write(...good)
    const before = await project.schema()
    const error = await refusal(go())
    expect(error).toMatchObject({ code: 'broken-off', details: { statements: 2 } })
    expect(error.message).toContain('neither as it did then nor as it did before')
    expect(error.message).toContain('Statement 3 of')
    expect(error.hint).toContain('aludel resume --from 3')
    expect(error.hint).toContain('aludel resolve --applied b1')
    expect(await project.schema()).toEqual(before)
  })

  test('where a person says is where it goes on', async () => {
    write(...good.slice(0, 2), bad)
    await refusal(go())
    await send(`ALTER TABLE ${q}user${q} ADD COLUMN other ${engine.name === 'mysql' ? 'int' : 'integer'}`)
    write(...good)
    expect((await refusal(resume(undefined, { ...project.where, from: 20 }))).code).toBe('no-such-statement')
    const result = await resume(undefined, { ...project.where, from: 3 })
    expect(result).toMatchObject({ revision: 'b1', current: ['a1'], heads: ['b1'] })
    expect((await rows()).length).toBe(3)
    expect((await refusal(resume(undefined, project.where))).code).toBe('nothing-to-resume')
  })

  test('a step that was finished by hand counts as applied, one that was undone does not', async () => {
    const say = (as: 'applied' | 'undone') => resolve(undefined, { ...project.where, revision: 'b1', as })
    write(...good)
    expect((await refusal(say('applied'))).code).toBe('nothing-to-resolve')
    write(...good.slice(0, 2), bad)
    await refusal(go())
    expect(await say('applied')).toMatchObject({ current: ['a1'], heads: ['b1'] })
    expect(await project.rows()).toEqual(['b1'])
    await go()
    expect((await refusal(say('undone'))).code).toBe('nothing-to-resolve')
    await stamp(undefined, { ...project.where, targets: ['a1'] })
    await send(
      `DROP INDEX ix_age${engine.name === 'mysql' ? ` ON ${q}user${q}` : ''}`,
      `ALTER TABLE ${q}user${q} DROP COLUMN age`,
    )
    await refusal(go())
    expect(await say('undone')).toMatchObject({ current: ['a1'], heads: ['a1'] })
    await send(
      `DROP INDEX ix_age${engine.name === 'mysql' ? ` ON ${q}user${q}` : ''}`,
      `ALTER TABLE ${q}user${q} DROP COLUMN age`,
    )
    write(...good)
    await go()
    expect([await project.schema(), await rows()]).toEqual(await whole())
  })

  test('a file that was changed where it has run already is refused', async () => {
    write(...good.slice(0, 2), bad)
    await refusal(go())
    write(good[0]?.replace("'age'", "'years'") ?? '', ...good.slice(1))
    expect((await refusal(go())).code).toBe('edited-since')
  })

  test('what is set aside is not copied again', async () => {
    const keep = ["op.addColumn('user', 'age', integer())", "op.dropColumn('user', 'email', { keep: true })"]
    write(...keep, bad)
    await refusal(go())
    write(...keep)
    await go()
    const kept = await project.on(
      async (db) => (await db.query('SELECT * FROM aludel_kept_b1_user_email ORDER BY id')).rows,
    )
    expect(kept).toEqual([
      { id: 1, email: 'a' },
      { id: 2, email: 'a' },
    ])
    expect((await rows()).map((row) => Object.keys(row as object))).toEqual([
      ['id', 'age'],
      ['id', 'age'],
    ])
  })

  test('code that has run does not run again', async () => {
    write("op.run(async ({ db }) => { await db.query('UPDATE user_ SET id = id + 10 WHERE id < 3') })", bad)
    await refusal(go())
    write("op.run(async ({ db }) => { await db.query('UPDATE user_ SET id = id + 10 WHERE id < 3') })")
    await send(`UPDATE ${q}user${q} SET id = 1 WHERE id = 11`)
    await go()
    expect((await rows()).map((row) => (row as { id: number }).id)).toEqual([1, 12])
  })

  describe('code that died', () => {
    const code = "op.run(async ({ db }) => { await db.query('UPDATE user_ SET id = id + 10 WHERE id < 3') })"
    const columns =
      engine.name === 'mysql'
        ? '`run`, `format`, `event`, `revision`, `direction`, `at`'
        : 'run, format, event, revision, direction, at'
    const begun = (position: number | null, total: number | null) =>
      send(
        `INSERT INTO aludel_history (${columns}, position, total) SELECT ${columns}, ${position}, ${total} FROM aludel_history WHERE revision = 'b1' AND ${q}event${q} = 'begin'`,
      )
    const died = async () => {
      project.write('aludel.config.ts', 'export default {}\n')
      const autocommit = "op.autocommit((op) => op.createIndex('ix_email', 'user', ['email']))"
      write(`${autocommit}\n  ${code}`, bad)
      await refusal(go())
      await send(
        `DELETE FROM aludel_history WHERE ${failure}`,
        `DELETE FROM aludel_history WHERE revision = 'b1' AND position = 1`,
        `UPDATE ${q}user${q} SET id = id - 10`,
      )
      write(`${autocommit}\n  ${code}`)
    }

    test('left nothing where it shares a transaction with the journal, and runs again', async () => {
      await died()
      await go()
      expect((await rows()).map((row) => (row as { id: number }).id)).toEqual([11, 12])
    })

    test('after it had committed a part stops the next run', async () => {
      await died()
      await begun(1, 2)
      expect((await refusal(go())).code).toBe('broken-off')
      expect((await rows()).map((row) => (row as { id: number }).id)).toEqual([1, 2])
    })
  })

  // Elsewhere a view shares a transaction with its row of the journal.
  test.skipIf(engine.name !== 'mysql')(
    'what the comparison of tables does not show is made so that it does no harm, and counted once',
    async () => {
      const view = "op.createView('known', 'SELECT id FROM `user`')"
      write(good[0] ?? '', bad)
      await refusal(go())
      await send(`DELETE FROM aludel_history WHERE ${failure}`, `CREATE VIEW known AS SELECT id FROM ${q}user${q}`)
      write(good[0] ?? '', view, bad)
      await refusal(go())
      write(good[0] ?? '', view, good[1] ?? '')
      await go()
      expect(await project.rows()).toEqual(['b1'])
      expect((await journal()).filter(([event]) => event === 'statement').map(([, position]) => position)).toEqual([
        0, 1, 2,
      ])
    },
  )

  // A table that is made anew is known by its text, which the chain does not hold: SQLite wants the file as it was.
  test.skipIf(engine.name === 'sqlite')('the way down goes on, too', async () => {
    project.revision('b1', {
      down: 'a1',
      upgrade: `${good[0]}\n  op.addColumn('user', 'size', integer())`,
      downgrade: quoted(`op.dropColumn('user', 'size')\n  ${bad}\n  op.dropColumn('user', 'age')`),
    })
    await go()
    const down = () => downgrade(undefined, { ...project.where, target: 'a1' })
    await refusal(down())
    project.revision('b1', {
      down: 'a1',
      upgrade: `${good[0]}\n  op.addColumn('user', 'size', integer())`,
      downgrade: "op.dropColumn('user', 'size')\n  op.dropColumn('user', 'age')",
    })
    await down()
    expect((await project.schema()).tables[0]?.columns.map(({ name }) => name)).toEqual(['email', 'id'])
  })

  describe.skipIf(engine.name !== 'postgres')('an index that is built beside the work', () => {
    const index = "op.createIndex('uq_email', 'user', ['email'], { unique: true, postgres: { concurrently: true } })"

    test('and could not be finished leaves nothing invalid behind when it is tried again', async () => {
      project.write('aludel.config.ts', 'export default {}\n')
      write("op.addColumn('user', 'age', integer())", index)
      expect((await refusal(go())).code).toBe('unique')
      const invalid = () =>
        project.on(async (db) => (await db.query('SELECT 1 FROM pg_index WHERE NOT indisvalid')).rows.length)
      expect(await invalid()).toBe(1)
      await send('UPDATE "user" SET email = \'b\' WHERE id = 2')
      await go()
      expect(await invalid()).toBe(0)
      expect(said.join()).toContain('DROP INDEX CONCURRENTLY "public"."uq_email"')
      const [table] = (await project.schema()).tables
      expect(table?.columns.map(({ name }) => name)).toEqual(['age', 'email', 'id'])
      expect(await project.rows()).toEqual(['b1'])
    })

    test('and was finished without its client is not built again', async () => {
      project.write('aludel.config.ts', 'export default {}\n')
      write("op.addColumn('user', 'age', integer())", index)
      await refusal(go())
      await send(
        `DELETE FROM aludel_history WHERE ${failure}`,
        'DROP INDEX uq_email',
        'UPDATE "user" SET email = \'b\' WHERE id = 2',
        'CREATE UNIQUE INDEX uq_email ON "user" (email)',
      )
      await go()
      expect(await project.rows()).toEqual(['b1'])
    })
  })
})
