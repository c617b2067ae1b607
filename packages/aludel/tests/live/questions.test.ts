// What migrate asks, on every engine: renames keep their rows, what would be lost is said, and other people's tables stay.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AludelError, check, downgrade, migrate, type Question, upgrade } from '../../src/index.ts'
import { definitionOf } from '../../src/ops/registry.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.write('aludel.config.ts', configured(''))
  })
  afterEach(() => project.end())

  const configured = (settings: string) =>
    `import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema), ${settings} })\n`
  const models = (tables: string, names: string) =>
    project.write(
      'models.ts',
      `import { bigint, boolean, check, defineSchema, enumeration, foreignKey, index, integer, sql, string, table, text, unique } from 'aludel/schema'\n${tables}\nexport const schema = defineSchema([${names}])\n`,
    )
  const quote = engine.name === 'mysql' ? '`' : '"'
  const q = (text: string) => text.replaceAll('"', quote)
  const rowsOf = (sql: string) => project.on(async (db) => (await db.query(q(sql))).rows)
  const send = (...list: readonly string[]) => project.on((db) => db.statements(list.map(q)))
  const wrote = async (options: Parameters<typeof migrate>[1] = {}) => {
    const { operations, questions } = await migrate(undefined, { ...project.where, ...options })
    return { told: operations.map((op) => definitionOf(op).describe(op)), questions }
  }
  const agrees = async () => expect((await check(undefined, project.where)).differences).toEqual([])

  const user = (columns: string, name = 'user') =>
    `export const ${name} = table('${name}', { id: integer().identity().primaryKey(), ${columns} }, (t) => [index().on(t.email), unique().on(t.email), check('email', sql\`length(email) > 3\`)])`
  const server = (to: string) =>
    `export const server = table('server', { id: integer().primaryKey(), ownerId: integer('owner_id').references(() => ${to}.columns.id) })`

  async function made(tables: string, names: string): Promise<void> {
    models(tables, names)
    await migrate(undefined, { ...project.where, message: 'First' })
    await upgrade(undefined, project.where)
    await agrees()
  }

  test('a renamed table with renamed columns keeps its rows, there and back', { timeout: 120_000 }, async () => {
    await made(`${user('email: string(120).notNull(), name: string(80)')}\n${server('user')}`, 'user, server')
    await send(
      `INSERT INTO "user" ("id", "email", "name") VALUES (1, 'ada@example.org', 'Ada')`,
      'INSERT INTO "server" ("id", "owner_id") VALUES (1, 1)',
    )
    models(
      `${user("email: string(120).notNull(), fullName: string('full_name', 80)", 'account')}\n${server('account')}`,
      'account, server',
    )
    const open = await wrote()
    expect(open.told).toEqual([])
    expect(open.questions.map(({ id }) => id)).toEqual([
      'rename:table:user=account',
      'rename:column:user.name=account.full_name',
    ])
    const { told, questions } = await wrote({ renames: ['user=account', 'user.name=account.full_name'] })
    expect(questions).toEqual([])
    expect(told.slice(0, 2)).toEqual([
      'rename table "user" to "account"',
      'rename column "name" of table "account" to "full_name"',
    ])
    expect(told.filter((line) => !line.startsWith('rename'))).toEqual([])
    await upgrade(undefined, project.where)
    await agrees()
    expect(await rowsOf('SELECT "id", "email", "full_name" FROM "account"')).toEqual([
      { id: 1, email: 'ada@example.org', full_name: 'Ada' },
    ])
    await downgrade(undefined, project.where)
    expect(await rowsOf('SELECT "id", "email", "name" FROM "user"')).toEqual([
      { id: 1, email: 'ada@example.org', name: 'Ada' },
    ])
    await upgrade(undefined, project.where)
    await agrees()
  })

  test('a column is renamed and changed in one revision', async () => {
    await made(user('email: string(120).notNull(), name: string(80)'), 'user')
    await send(`INSERT INTO "user" ("id", "email", "name") VALUES (1, 'ada@example.org', 'Ada')`)
    models(user("email: string(120).notNull(), fullName: text('full_name').notNull()"), 'user')
    const asked: string[] = []
    const ask = async ({ id }: Question) => {
      asked.push(id)
      return 'yes' as const
    }
    const { told } = await wrote({ ask })
    expect(asked).toEqual(['rename:column:user.name=user.full_name'])
    expect(told).toEqual([
      'rename column "name" of table "user" to "full_name"',
      'alter column "full_name" of table "user": type, nullable',
    ])
    await upgrade(undefined, project.where)
    await agrees()
    expect(await rowsOf('SELECT "full_name" FROM "user"')).toEqual([{ full_name: 'Ada' }])
    await downgrade(undefined, project.where)
    expect(await rowsOf('SELECT "name" FROM "user"')).toEqual([{ name: 'Ada' }])
  })

  test('a renamed check or index is known by what it means', async () => {
    const named = (check: string, index: string) =>
      `export const user = table('user', { id: integer().primaryKey(), age: integer() }, (t) => [check('${check}', sql\`age > 3 AND age < 200\`), index('${index}').on(t.age)])`
    await made(named('grown', 'by_age'), 'user')
    models(named('plausible', 'ix_age'), 'user')
    const { questions } = await wrote()
    expect(questions.map(({ id }) => id)).toEqual([
      'rename:index:user.by_age=user.ix_age',
      'rename:constraint:user.ck_user_grown=user.ck_user_plausible',
    ])
    const { told } = await wrote({ answers: Object.fromEntries(questions.map(({ id }) => [id, 'yes'])) })
    expect(told.map((line) => line.split(' ')[0])).toEqual(['rename', 'rename'])
    await upgrade(undefined, project.where)
    await agrees()
  })

  test('a value of an enumeration is renamed with its rows', async () => {
    const mood = (...values: readonly string[]) =>
      `export const user = table('user', { id: integer().primaryKey(), mood: enumeration('mood', ${JSON.stringify(values)}).notNull() })`
    await made(mood('ok', 'bad'), 'user')
    await send(`INSERT INTO "user" ("id", "mood") VALUES (1, 'ok')`)
    models(mood('fine', 'bad'), 'user')
    expect((await wrote()).questions.map(({ id }) => id)).toContain('rename:enumValue:mood.ok=mood.fine')
    const { told, questions } = await wrote({ renames: ['mood.ok=mood.fine'] })
    expect([told, questions]).toEqual([['rename the value "ok" of enumeration "mood" to "fine"'], []])
    await upgrade(undefined, project.where)
    await agrees()
    expect(await rowsOf('SELECT "mood" FROM "user"')).toEqual([{ mood: 'fine' }])
  })

  describe('what would be lost', () => {
    const first = user('email: string(120).notNull(), note: text(), age: bigint()')
    const fill = () => send(`INSERT INTO "user" ("id", "email", "note", "age") VALUES (1, 'ada@example.org', 'x', 36)`)
    const ids = async (options = {}) => (await wrote(options)).questions.map(({ id }) => id)

    test('is asked where there are rows, and not where there are none', async () => {
      await made(first, 'user')
      models(user('email: string(120).notNull(), age: bigint(), level: integer().notNull()'), 'user')
      expect((await check(undefined, project.where)).questions).toEqual([])
      await fill()
      expect(await ids({ noRenames: true })).toEqual(['not-null:column:user.level', 'drop:column:user.note'])
      expect((await check(undefined, project.where)).questions.map(({ kind }) => kind)).toEqual(['notNull', 'drop'])
      const refused = await wrote({ answers: { 'drop:column:user.note': 'no' } }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(AludelError)
      expect(refused).toMatchObject({ code: 'not-confirmed' })
      expect((await wrote({ yes: true })).told).toEqual([
        'add column "level" to table "user"',
        'drop column "note" of table "user"',
      ])
    })

    test('by a type that takes less is asked, by one that takes more is not', async () => {
      await made(first, 'user')
      await fill()
      models(user('email: string(200).notNull(), note: text(), age: integer()'), 'user')
      expect(await ids()).toEqual(['narrow:column:user.age'])
    })

    test('with a table is asked, and --yes is no answer to a rename', async () => {
      const other = (name: string) =>
        `export const ${name} = table('${name}', { id: integer().primaryKey(), label: string(40), colour: string(20) })`
      await made(other('tag'), 'tag')
      await send(`INSERT INTO "tag" ("id", "label") VALUES (1, 'x')`)
      models(other('badge'), 'badge')
      expect(await ids()).toEqual(['rename:table:tag=badge'])
      expect(await ids({ yes: true })).toEqual(['rename:table:tag=badge'])
      expect(await ids({ noRenames: true })).toEqual(['drop:table:tag'])
      expect((await wrote({ yes: true, noRenames: true })).told).toEqual(['drop table "tag"', 'create table "badge"'])
    })
  })

  test('a rename that names nothing is refused, with what there is', async () => {
    await made(user('email: string(120).notNull(), name: string(80)'), 'user')
    models(user("email: string(120).notNull(), fullName: string('full_name', 80)"), 'user')
    const error = await wrote({ renames: ['user.nam=user.full_name'] }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'unknown-rename',
      hint: 'Did you mean "user.name"? Gone: user.name. New: user.full_name.',
      details: { rename: 'user.nam=user.full_name', from: ['user.name'], to: ['user.full_name'] },
    })
  })

  describe('what is not ours', () => {
    const first = user('email: string(120).notNull()')

    test('is dropped only when that is asked, and bookkeeping never', async () => {
      await made(first, 'user')
      await send(
        'CREATE TABLE "stranger" ("id" INTEGER)',
        'CREATE TABLE "knex_migrations" ("id" INTEGER)',
        'CREATE TABLE "SequelizeMeta" ("name" VARCHAR(100))',
        'CREATE TABLE "migrations" ("id" INTEGER, "timestamp" BIGINT, "name" VARCHAR(100))',
      )
      await agrees()
      const unknown = { ...project.where, dropUnknown: true }
      expect((await check(undefined, unknown)).text).toEqual(['drop table "stranger"'])
      expect((await wrote({ dropUnknown: true })).told).toEqual(['drop table "stranger"'])
    })

    test('a table called "migrations" that is like no tool\'s is a table', async () => {
      await made(first, 'user')
      await send('CREATE TABLE "migrations" ("id" INTEGER, "bird" VARCHAR(100))')
      expect((await check(undefined, { ...project.where, dropUnknown: true })).text).toEqual([
        'drop table "migrations"',
      ])
    })

    test.each([
      ["exclude: ['legacy_*']", ['create table "audit"', 'create table "user"']],
      ["include: ['user']", ['create table "user"']],
      ["exclude: [{ kind: 'table', name: 'a*' }]", ['create table "legacy_user"', 'create table "user"']],
      ["exclude: ({ kind, name }) => kind === 'table' && name !== 'audit'", ['create table "audit"']],
    ])('with %s is left alone', async (settings, wanted) => {
      project.write('migrations/versions/.gitkeep', '')
      project.write('aludel.config.ts', configured(settings))
      models(
        `${first}\nexport const audit = table('audit', { id: integer() })\nexport const legacy = table('legacy_user', { id: integer() })`,
        'user, audit, legacy',
      )
      expect([...(await check(undefined, project.where)).text].sort()).toEqual(wanted)
    })

    test('columns and indexes are left alone, too', async () => {
      await made(first, 'user')
      project.write(
        'aludel.config.ts',
        configured("exclude: [{ kind: 'column', table: 'user', name: 'x_*' }, { kind: 'index', name: 'dba_*' }]"),
      )
      await send('ALTER TABLE "user" ADD COLUMN "x_extra" INTEGER', 'CREATE INDEX "dba_email" ON "user" ("email")')
      await agrees()
      await send('ALTER TABLE "user" ADD COLUMN "other" INTEGER')
      expect((await check(undefined, project.where)).text).toEqual(['drop column "other" of table "user"'])
    })
  })

  test('one revision for each table, each with its own way back', async () => {
    models(`${user('email: string(120).notNull()')}\n${server('user')}`, 'server, user')
    const { revisions } = await migrate(undefined, { ...project.where, split: true })
    expect(revisions?.map(({ message }) => message)).toEqual(['Create user', 'Create server'])
    expect(revisions?.[1]?.downRevisions).toEqual([revisions?.[0]?.id])
    await upgrade(undefined, project.where)
    await agrees()
    const tables = async () => (await project.schema()).tables.map(({ name }) => name)
    await downgrade(undefined, project.where)
    expect(await tables()).toEqual(['user'])
    await downgrade(undefined, project.where)
    expect(await tables()).toEqual([])
  })
})
