// The command line on every engine: the whole life of a small chain, and what servers refuse.

import { expect, test } from 'vitest'
import { engines, onEveryEngine, type TestEngine } from '../engines/index.ts'
import { onDatabase, tablesOf } from './database.ts'
import { chain, projectWith, revisionFile, type TestProject } from './project.ts'

interface Place {
  readonly project: TestProject
  readonly url: string
}

async function at(engine: TestEngine, files: Readonly<Record<string, string>>, body: (place: Place) => Promise<void>) {
  const { url, drop } = await engine.freshDatabase()
  const project = projectWith({ 'aludel.config.json': JSON.stringify({ url }), ...files })
  await body({ project, url }).finally(drop)
}

const failing = {
  ...chain('a1'),
  'migrations/versions/b1.ts': revisionFile('b1', ['a1'], {
    upgrade: `op.createTable('t_b1', { id: integer().primaryKey() })
  op.execute('INSERT INTO nowhere VALUES (1)')`,
  }),
}

async function rowsOf(project: TestProject): Promise<string> {
  return (await project.json<{ readonly rows: readonly string[] }>('current')).rows.join(' ')
}

onEveryEngine((engine) => {
  test('a database goes up, down, is stamped and says where it is', async () => {
    await at(engine, chain('a1', 'b1<a1', 'c1<a1', 'd1<b1,c1'), async ({ project, url }) => {
      for (const [line, rows, tables] of [
        ['upgrade b1', 'b1', 't_a1 t_b1'],
        ['upgrade', 'd1', 't_a1 t_b1 t_c1 t_d1'],
        ['downgrade a1', 'a1', 't_a1'],
        ['stamp b1', 'b1', 't_a1'],
        ['stamp --purge a1', 'a1', 't_a1'],
        ['downgrade base', '', ''],
      ] as const) {
        expect(await project.run(line)).toMatchObject({ code: 0 })
        expect({ line, rows: await rowsOf(project) }).toEqual({ line, rows })
        expect({ line, tables: (await tablesOf(url)).join(' ') }).toEqual({ line, tables })
      }
    })
  })

  test('SQL that fails in the middle is rolled back, or it is said what stays', async () => {
    await at(engine, failing, async ({ project, url }) => {
      const failure = await project.failure('upgrade')
      expect(failure).toMatchObject({
        code: 'does-not-exist',
        message: expect.stringContaining('migrations/versions/b1.ts'),
        details: { revision: 'b1', statement: 'INSERT INTO nowhere VALUES (1)' },
      })
      expect(await rowsOf(project)).toBe('a1')
      if (engine.name === 'mysql') {
        expect(failure.message).not.toContain('was rolled back')
        expect(failure.message).toContain('1 statement of this revision')
        expect(failure.hint).toContain('`aludel resolve --applied b1`')
        expect(await tablesOf(url)).toEqual(['t_a1', 't_b1'])
      } else {
        expect(failure.message).toContain('was rolled back')
        expect(await tablesOf(url)).toEqual(['t_a1'])
      }
    })
  })

  test('after the file is mended, the same command goes on; where DDL commits by itself, behind what stays', async () => {
    await at(engine, failing, async ({ project, url }) => {
      const { hint } = await project.failure('upgrade')
      if (engine.name === 'mysql') {
        expect(hint).toContain('it goes on after what was applied')
      }
      const file = 'migrations/versions/b1.ts'
      project.write({ [file]: project.read(file).replace('INTO nowhere VALUES', 'INTO t_b1 VALUES') })
      expect(await project.run('upgrade')).toMatchObject({ code: 0 })
      expect(await tablesOf(url)).toEqual(['t_a1', 't_b1'])
      const { rows } = await onDatabase(url, (db) => db.query('SELECT id FROM t_b1'))
      expect(rows).toEqual([{ id: 1 }])
    })
  })

  test('a drop that others depend on is refused with the order that works', async () => {
    const files = {
      ...chain('a1'),
      'migrations/versions/b1.ts': revisionFile('b1', ['a1'], {
        upgrade: `op.createTable('t_b1', { id: integer().primaryKey(), a: integer() })
  op.createForeignKey('fk_a', 't_b1', 't_a1', ['a'], ['id'])
  op.execute('INSERT INTO t_a1 VALUES (1)')
  op.execute('INSERT INTO t_b1 VALUES (1, 1)')`,
      }),
      'migrations/versions/c1.ts': revisionFile('c1', ['b1'], { upgrade: `op.dropTable('t_a1')` }),
    }
    await at(engine, files, async ({ project, url }) => {
      const { code, message, hint } = await project.failure('upgrade')
      expect(code).toBe('dependent-objects')
      expect(`${message} ${hint}`).toContain('t_b1')
      expect(hint?.indexOf('t_b1')).toBeLessThan(hint?.lastIndexOf('t_a1') ?? -1)
      expect(await tablesOf(url)).toEqual(['t_a1', 't_b1'])
    })
  })
})

for (const engine of engines.filter(({ name }) => name !== 'sqlite')) {
  const altered = async (change: (url: URL) => void, body: (project: TestProject, url: string) => Promise<void>) =>
    at(engine, chain('a1'), async ({ url, project }) => {
      const other = new URL(url)
      change(other)
      await body(project, other.href)
    })

  test.skipIf(!engine.available)(`${engine.name}: a wrong password is masked`, async () => {
    await altered(
      (url) => {
        url.password = 'hunter2secret'
      },
      async (project, url) => {
        for (const line of ['upgrade', 'current']) {
          const { stdout, stderr, code } = await project.run([line, '--url', url, '-v'])
          expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
          expect(stderr).toContain(':***@')
          expect(stderr).not.toContain('hunter2secret')
          const failure = await project.failure([line, '--url', url])
          expect(failure.code).toBe('authentication')
          expect(JSON.stringify(failure)).not.toContain('hunter2secret')
        }
      },
    )
  })

  test.skipIf(!engine.available)(
    `${engine.name}: a database that is not there is told with how to make it`,
    async () => {
      await altered(
        (url) => {
          url.pathname = '/not_there'
        },
        async (project, url) => {
          const failure = await project.failure(['upgrade', '--url', url])
          expect(failure.code).toBe('unknown-database')
          expect(`${failure.message}${failure.hint}`).toMatch(/CREATE DATABASE|createdb/)
        },
      )
    },
  )

  test.skipIf(!engine.available)(`${engine.name}: --sql prints what the engine runs`, async () => {
    await at(engine, chain('a1', 'b1<a1'), async ({ project, url }) => {
      const { stdout } = await project.run('upgrade --sql')
      await onDatabase(url, async (db) => {
        if (engine.name === 'postgres') return db.script(stdout)
        for (const statement of stdout.split(/;\n/).filter((text) => text.trim() !== '')) await db.query(statement)
      })
      expect(await tablesOf(url)).toEqual(['t_a1', 't_b1'])
      expect(await rowsOf(project)).toBe('b1')
    })
  })
}
