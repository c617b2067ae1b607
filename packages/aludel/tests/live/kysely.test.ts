// What an application reads and writes through Kysely is the same on every engine.

import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { engineNamed } from '../../src/dialects/registry.ts'
import { type Connection, connect } from '../../src/index.ts'
import { type KyselyDatabase, kyselyOn, readJson } from '../../src/kysely/index.ts'
import {
  bigint,
  binary,
  boolean,
  date,
  defineSchema,
  double,
  enumeration,
  integer,
  json,
  now,
  numeric,
  string,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
} from '../../src/schema/index.ts'
import { emptySchema } from '../../src/schema/model.ts'
import { type FreshDatabase, onEveryEngine, type TestEngine } from '../engines/index.ts'

const user = table('user', {
  id: integer().identity().primaryKey(),
  name: string(40).notNull(),
  isActive: boolean('is_active').notNull().default(true),
  visits: bigint().notNull().default(0n),
  credit: numeric(12, 2),
  score: double(),
  born: date(),
  wakes: time(),
  key: uuid(),
  avatar: binary(),
  settings: json().as<{ readonly colours: readonly string[] }>(),
  role: enumeration('user_role', ['member', 'moderator']).notNull().default('member'),
  bio: text(),
  seenAt: timestamptz('seen_at'),
  createdAt: timestamp('created_at').notNull().default(now()),
})
const setting = table('setting', { key: string(40).primaryKey(), value: text() })
const schema = defineSchema([user, setting])
type Database = KyselyDatabase<typeof schema>

async function createTables(db: Connection): Promise<void> {
  const dialect = (await engineNamed(db.dialect)).dialectFor(db.server)
  const enums = schema.enums.map((type) => ({ kind: 'createEnum' as const, enumeration: type }))
  const tables = schema.tables.map((model) => ({ kind: 'createTable' as const, table: model, ifNotExists: false }))
  const ops = dialect.features.enumTypes ? [...enums, ...tables] : tables
  await db.statements(dialect.render(ops, emptySchema).map((statement) => statement.sql))
}

onEveryEngine((engine: TestEngine) => {
  let place: FreshDatabase
  let connection: Connection
  let db: Kysely<Database>

  beforeAll(async () => {
    place = await engine.freshDatabase()
    connection = await connect(place.url)
    await createTables(connection)
    db = kyselyOn<Database>(connection)
  })
  afterAll(async () => {
    await connection?.close()
    await place?.drop()
  })
  beforeEach(async () => {
    await db.deleteFrom('user').execute()
    await db.deleteFrom('setting').execute()
  })

  const names = async () =>
    (await db.selectFrom('user').select('name').orderBy('id').execute()).map((row) => row.name).join(' ')

  test('every value comes back as it went in', async () => {
    const moment = new Date('2026-11-23T10:11:12.345Z')
    const values = {
      ...{ name: 'Ünï 🙂', is_active: false, visits: 9_007_199_254_740_993n, credit: '1234567890.05', score: 0.1 },
      ...{ born: '1999-12-31', wakes: '06:30:00', key: '0b0e7b5e-6f0a-4a58-9d0a-3f1f2b9c9d10', bio: null },
      ...{ role: 'moderator' as const, seen_at: moment, created_at: moment },
    }
    const avatar = new Uint8Array([0, 1, 127, 128, 255])
    const settings = { colours: ['red', 'blue'] }
    await db
      .insertInto('user')
      .values({ ...values, avatar, settings })
      .execute()
    const {
      id,
      avatar: bytes,
      settings: told,
      wakes,
      ...row
    } = await db.selectFrom('user').selectAll().executeTakeFirstOrThrow()
    const { wakes: wanted, ...others } = values
    expect(row).toEqual(others)
    expect(wakes?.replace(/\.0+$/, '')).toBe(wanted)
    expect(typeof id).toBe('number')
    expect([...(bytes ?? [])]).toEqual([...avatar])
    expect(readJson(told)).toEqual(settings)
  })

  test('what is left out the database fills, or it is null', async () => {
    const before = Date.now()
    await db.insertInto('user').values({ name: 'Ada' }).execute()
    const row = await db.selectFrom('user').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      is_active: true,
      visits: 0n,
      role: 'member',
      credit: null,
      avatar: null,
      settings: null,
    })
    expect(Math.abs(row.created_at.getTime() - before)).toBeLessThan(30_000)
  })

  test('booleans and moments are compared as such', async () => {
    const seen = new Date('2026-01-02T03:04:05.678Z')
    await db.insertInto('user').values({ name: 'Ada', is_active: false, seen_at: seen }).execute()
    await db.insertInto('user').values({ name: 'Bob' }).execute()
    const query = db.selectFrom('user').select('name')
    expect(await query.where('is_active', '=', false).execute()).toEqual([{ name: 'Ada' }])
    expect(await query.where('seen_at', '=', seen).execute()).toEqual([{ name: 'Ada' }])
    expect(await query.where('created_at', '>', seen).where('is_active', '=', true).execute()).toEqual([
      { name: 'Bob' },
    ])
  })

  test('a count is a number', async () => {
    await db
      .insertInto('user')
      .values([{ name: 'Ada' }, { name: 'Bob' }])
      .execute()
    const { total } = await db.selectFrom('user').select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
    expect(total).toBe(2)
  })

  test('the number that an INSERT was given is told, by RETURNING or by insertId', async () => {
    const insert = db.insertInto('user').values({ name: 'Ada' })
    const { supportsReturning } = db.getExecutor().adapter
    const id = supportsReturning
      ? (await insert.returning('id').executeTakeFirstOrThrow()).id
      : Number((await insert.executeTakeFirstOrThrow()).insertId)
    expect(await db.selectFrom('user').select('name').where('id', '=', id).execute()).toEqual([{ name: 'Ada' }])
  })

  test('an INSERT into a table without numbers tells none of an earlier one', async () => {
    await db.insertInto('user').values({ name: 'Ada' }).execute()
    const result = await db.insertInto('setting').values({ key: 'theme', value: 'dark' }).executeTakeFirstOrThrow()
    if (engine.name !== 'sqlite') expect(result.insertId).toBe(undefined)
    expect(result.numInsertedOrUpdatedRows).toBe(1n)
  })

  test('updates and deletes say how many rows they changed', async () => {
    await db
      .insertInto('user')
      .values([{ name: 'Ada' }, { name: 'Bob' }])
      .execute()
    const { numUpdatedRows } = await db.updateTable('user').set({ bio: 'x' }).executeTakeFirstOrThrow()
    const { numDeletedRows } = await db.deleteFrom('user').where('name', '=', 'Ada').executeTakeFirstOrThrow()
    expect([numUpdatedRows, numDeletedRows]).toEqual([2n, 1n])
  })

  test('a transaction that throws leaves nothing behind', async () => {
    const work = db.transaction().execute(async (trx) => {
      await trx.insertInto('user').values({ name: 'Ada' }).execute()
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await names()).toBe('')
  })

  test('queries from outside wait until a transaction has ended', async () => {
    const order: string[] = []
    const transaction = db.transaction().execute(async (trx) => {
      await trx.insertInto('user').values({ name: 'Ada' }).execute()
      order.push('inside')
    })
    const outside = names().then((found) => order.push(`outside ${found}`))
    await Promise.all([transaction, outside])
    expect(order).toEqual(['inside', 'outside Ada'])
  })

  test('a savepoint takes back what came after it and keeps what was before', async () => {
    const trx = await db.startTransaction().execute()
    await trx.insertInto('user').values({ name: 'Ada' }).execute()
    const after = await trx.savepoint('after').execute()
    await after.insertInto('user').values({ name: 'Bob' }).execute()
    await after.rollbackToSavepoint('after').execute()
    await trx.commit().execute()
    expect(await names()).toBe('Ada')
  })

  test('a transaction of the connection inside one of Kysely is a savepoint', async () => {
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('user').values({ name: 'Ada' }).execute()
      await connection
        .transaction(async () => {
          await connection.query(`INSERT INTO ${engine.name === 'mysql' ? '`user`' : '"user"'} (name) VALUES ('Bob')`)
          throw new Error('no')
        })
        .catch(() => undefined)
    })
    expect(await names()).toBe('Ada')
  })

  test('a refused statement leaves the connection usable', async () => {
    await db.insertInto('setting').values({ key: 'theme' }).execute()
    await expect(db.insertInto('setting').values({ key: 'theme' }).execute()).rejects.toThrow()
    expect(await db.selectFrom('setting').select('key').execute()).toEqual([{ key: 'theme' }])
  })

  test('an isolation level can be chosen', async () => {
    const isolationLevel = 'serializable'
    await db
      .transaction()
      .setIsolationLevel(isolationLevel)
      .execute((trx) => trx.insertInto('user').values({ name: 'Ada' }).execute())
    expect(await names()).toBe('Ada')
  })

  test('rows can be streamed', async () => {
    await db
      .insertInto('user')
      .values(Array.from({ length: 25 }, (_, at) => ({ name: `n${at}`, is_active: at % 2 === 0 })))
      .execute()
    const found: boolean[] = []
    for await (const row of db.selectFrom('user').select('is_active').orderBy('id').stream(10))
      found.push(row.is_active)
    expect(found).toEqual(Array.from({ length: 25 }, (_, at) => at % 2 === 0))
  })
})
