// bulkInsert from files beside the revision: the same rows on every engine, all or nothing, and a refusal has its place.

import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AludelError, script, upgrade } from '../../src/index.ts'
import { canonicalJson } from '../../src/schema/canonical.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const header = "import { binary, numeric, timestamptz, uuid } from 'aludel/schema'"
const users = `op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), active: boolean(), born: timestamptz(), price: numeric(8, 2), note: text() }, (t) => [unique('uq_email').on(t.email)])`
const typed = `id,email,active,born,price,note
1,a@example.org,true,2026-01-31 09:30:00.250+01,10.50,"say ""hi""
there"
2,,f,,,""
`

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
    project.revision('a1', { header, upgrade: users })
  })
  afterEach(() => project.end())
  const go = () => upgrade(undefined, { ...project.where, target: 'head' })
  const data = (path: string, content: string | Buffer) =>
    writeFileSync(join(project.folder, 'migrations/versions', path), content)
  const insert = (given: string, more = '') =>
    project.revision('b1', { down: 'a1', upgrade: `op.bulkInsert('user', ${given})${more}` })
  const user = engine.name === 'mysql' ? '`user`' : '"user"'
  const rows = () =>
    project.on(
      async (db) => (await db.query(`SELECT id, email, active, born, price, note FROM ${user} ORDER BY id`)).rows,
    )
  const count = () =>
    project.on(async (db) =>
      Number((await db.query<{ count: number }>(`SELECT count(*) AS count FROM ${user}`)).rows[0]?.count),
    )

  const born = new Date('2026-01-31T08:30:00.250Z')
  const both = [
    { id: 1, email: 'a@example.org', born, price: '10.50', note: 'say "hi"\nthere' },
    { id: 2, email: null, born: null, price: null, note: '' },
  ]
  const expectBoth = async () => {
    const found = await rows()
    expect(found.map(({ active }) => Number(active))).toEqual([1, 0])
    expect(found.map(({ active: _, ...row }) => row)).toEqual(both)
  }

  describe('rows from a file', () => {
    test('in CSV take the types of their columns, with a byte order mark and line ends of Windows', async () => {
      data('users.csv', `\uFEFF${typed.replace(/\n/g, '\r\n').replace('hi""\r\n', 'hi""\n')}`)
      insert("{ csv: 'users.csv' }")
      await go()
      await expectBoth()
    })

    test('in CSV may be written another way', async () => {
      data('users.csv', 'id;email;note\n1;NULL;"NULL"\n2;;x\n')
      insert("{ csv: 'users.csv' }, { delimiter: ';', null: 'NULL' }")
      await go()
      expect((await rows()).map(({ email, note }) => [email, note])).toEqual([
        [null, 'NULL'],
        ['', 'x'],
      ])
    })

    test.each(['json', 'jsonl'])('in %s may leave columns out', async (ending) => {
      const objects = [
        {
          id: 1,
          email: 'a@example.org',
          active: true,
          born: '2026-01-31T08:30:00.250Z',
          price: '10.50',
          note: 'say "hi"\nthere',
        },
        { id: 2, active: false, note: '' },
      ]
      const lines = objects.map((object) => JSON.stringify(object)).join('\n')
      data(`users.${ending}`, ending === 'json' ? JSON.stringify(objects, null, 2) : lines)
      insert(`{ json: 'users.${ending}' }`)
      await go()
      await expectBoth()
    })

    test('go on being numbered where the file ends', async () => {
      data('users.csv', typed)
      insert("{ csv: 'users.csv' }", "\nop.bulkInsert('user', [{ email: 'next@example.org' }])")
      await go()
      expect((await rows()).map(({ id }) => id)).toEqual([1, 2, 3])
    })

    test('are inserted by code too, in its place', async () => {
      data('users.csv', typed)
      project.revision('b1', {
        down: 'a1',
        upgrade: "op.run(async ({ op }) => { await op.bulkInsert('user', { csv: 'users.csv' }) })",
      })
      await go()
      await expectBoth()
    })

    test('count as one statement, and the history holds the sum of the file and none of its values', async () => {
      data('users.csv', typed)
      insert("{ csv: 'users.csv' }")
      const { steps } = await go()
      expect(steps.at(-1)?.statements).toBe(1)
      const told = (await project.history()).filter((row) => row.revision === 'b1')
      expect(canonicalJson(told)).not.toMatch(/example\.org|there/)
      const sum = createHash('sha256').update(typed).digest('hex')
      expect(told.flatMap((row) => row.statement_sha ?? [])).toEqual(engine.name === 'mysql' ? [sum] : [])
    })

    test('change the sum of the operations when they change', async () => {
      const sums = new Set<unknown>()
      for (const content of [typed, typed.replace('10.50', '10.51')]) {
        data('users.csv', content)
        insert("{ csv: 'users.csv' }")
        await go()
        sums.add((await project.history()).at(-1)?.ops_sha)
        await project.on((db) =>
          db.statements([`DELETE FROM ${user}`, "UPDATE alembic_version SET version_num = 'a1'"]),
        )
      }
      expect(sums.size).toBe(2)
    })
  })

  describe('a row that is refused', () => {
    const many = (at: number, line: string) =>
      `id,email\n${Array.from({ length: 1200 }, (_, n) => (n + 2 === at ? line : `${n + 1},u${n}@example.org`)).join('\n')}\n`

    // SQLite keeps texts of any length.
    const tooLong =
      engine.name === 'sqlite' ? [] : [['by its length', `7000,${'secret'.repeat(10)}`, /b1.*: /] as const]
    test.each([
      ['by its type', 'x,secret@example.org', /users\.csv:1101:1: this is no whole number, for column "id"/] as const,
      ['by a key', '7000,u3@example.org', /users\.csv:1101:1: a row with the same key is there already/] as const,
      ...tooLong,
    ])('%s takes every row back and names file, line and column, not the value', async (_, line, sentence) => {
      data('users.csv', many(1101, line))
      insert("{ csv: 'users.csv' }")
      const error = await refusal(go())
      expect(error.message).toMatch(sentence)
      expect(error.details).toMatchObject({ path: 'users.csv', line: 1101, column: 1 })
      expect(await count()).toBe(0)
      expect(canonicalJson((await project.history()).at(-1))).not.toMatch(/secret|u3@/)
      expect(await project.rows()).toEqual(['a1'])
    })

    test('for a column that the table lacks names it', async () => {
      data('users.csv', 'id,nosuch\n1,2\n')
      insert("{ csv: 'users.csv' }")
      expect((await refusal(go())).message).toContain('users.csv:2:3: table "user" has no column "nosuch"')
    })

    test('for bytes that are no text says where', async () => {
      data('users.csv', Buffer.concat([Buffer.from('id,email\n1,a\n2,'), Buffer.from([0xe9, 0x0a])]))
      insert("{ csv: 'users.csv' }")
      expect((await refusal(go())).message).toContain('users.csv:3:3: here is text that is not UTF-8')
    })
  })

  describe('a file', () => {
    test.each([
      ['/etc/passwd', 'data-file-outside'],
      ['../../../outside.csv', 'data-file-outside'],
      ['C:/users.csv', 'data-file-outside'],
      ['link.csv', 'data-file-outside'],
      ['nosuch.csv', 'no-data-file'],
    ])('named %s is refused before anything is sent', async (path, code) => {
      const outside = join(tmpdir(), `aludel-outside-${process.pid}.csv`)
      writeFileSync(outside, 'id\n1\n')
      mkdirSync(join(project.folder, 'migrations/versions'), { recursive: true })
      symlinkSync(outside, join(project.folder, 'migrations/versions/link.csv'))
      insert(`{ csv: '${path}' }`)
      expect((await refusal(go())).code).toBe(code)
      expect(await project.rows()).toEqual([])
    })

    test('in a folder beside the revisions is found', async () => {
      project.write('migrations/data/users.csv', typed)
      insert("{ csv: '../data/users.csv' }")
      await go()
      await expectBoth()
    })
  })

  test('a script holds the rows, and does what the run does', async () => {
    data('users.csv', typed)
    insert("{ csv: 'users.csv' }")
    const { sql } = await script('upgrade', undefined, { ...project.where, target: 'head' })
    await project.on((db) => db.script(sql))
    await expectBoth()
  })
})
