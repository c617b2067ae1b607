// Privileges on the engines that have users: given, taken, and told apart by any name.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { downgrade, upgrade } from '../../src/index.ts'
import { engines, type TestEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

let project: LiveProject

const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
const back = (target: string) => downgrade(undefined, { ...project.where, target })
const inverted = (upgrade: string) =>
  `export function upgrade(op: Operations) {${upgrade}}\nexport { inverse as downgrade } from 'aludel'\n`
const lines = (query: string) =>
  project.on(async (db) => (await db.query(query)).rows.map((row) => Object.values(row).join(' ')))

const table = `op.createTable('person', { id: integer().primaryKey(), age: integer(), note: string(20) })`
const own = () => new URL(project.where.url).pathname.slice(1)

function engineNamed(name: TestEngine['name']): TestEngine {
  return engines.find((engine) => engine.name === name) as TestEngine
}

/** A server has its users in common, so each test gives its own the name of its database. */
function onEngine(
  name: TestEngine['name'],
  users: () => readonly string[],
  texts: { readonly make: (user: string) => string; readonly drop: (user: string) => readonly string[] },
  body: () => void,
): void {
  const engine = engineNamed(name)
  describe.skipIf(!engine.available)(name, () => {
    beforeEach(async () => {
      project = await liveProject(engine)
      project.revision('a', { body: inverted(table) })
      await go()
      await project.on((db) => db.statements(users().map(texts.make)))
    })
    afterEach(async () => {
      await project.on((db) => db.statements(users().flatMap(texts.drop)))
      await project.end()
    })
    body()
  })
}

const endings = ["it's", 'a "b" `c`', 'back\\slash', '; DROP TABLE person; --', '日本']

const roles = () => endings.map((ending) => `${own()} ${ending}`)
const double = (name: string) => `"${name.replaceAll('"', '""')}"`

onEngine(
  'postgres',
  roles,
  {
    make: (role) => `CREATE ROLE ${double(role)}`,
    drop: (role) => [`DROP OWNED BY ${double(role)}`, `DROP ROLE ${double(role)}`],
  },
  () => {
    const held = () =>
      lines(`SELECT r.rolname || ' ' || a.privilege_type || ' ' || a.is_grantable
        FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
        WHERE c.relname = 'person' AND r.rolname LIKE '${own()}%' ORDER BY 1`)

    test('privileges on a table come and go', async () => {
      const to = JSON.stringify(roles())
      project.revision('b', {
        down: 'a',
        body: inverted(`op.grant(['select'], { on: 'person', to: ${to}, withGrantOption: true })`),
      })
      project.revision('c', {
        down: 'b',
        body: inverted(`op.revoke(['select'], { on: 'person', from: ${to}, grantOption: 'only' })`),
      })
      await go('b')
      expect((await held()).sort()).toEqual(
        roles()
          .map((role) => `${role} SELECT true`)
          .sort(),
      )
      await go()
      expect(await held()).toHaveLength(endings.length)
      expect((await held()).every((line) => line.endsWith('false'))).toBe(true)
      await back('b')
      expect((await held()).every((line) => line.endsWith('true'))).toBe(true)
      await back('a')
      expect(await held()).toEqual([])
    })

    test('privileges on columns, a sequence, a function and a namespace', async () => {
      const to = JSON.stringify(roles().slice(0, 1))
      project.revision('b', {
        down: 'a',
        body: inverted(`
          op.createNamespace('a "space"')
          op.createSequence({ namespace: 'a "space"', name: 'num"bers' })
          op.createFunction('f', 'CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT $1 $$', { arguments: 'integer' })
          op.grant([{ privilege: 'UPDATE', columns: ['id', 'note'] }], { on: 'person', to: ${to} })
          op.grant(['ALL'], { on: { namespace: 'a "space"' }, to: ${to} })
          op.grant(['USAGE'], { on: { sequence: { namespace: 'a "space"', name: 'num"bers' } }, to: ${to} })
          op.revoke(['EXECUTE'], { on: { function: 'f', arguments: 'integer' }, from: ['PUBLIC'] })
          op.grant(['EXECUTE'], { on: { function: 'f', arguments: 'integer' }, to: ['public'] })`),
      })
      await go()
      const columns = await lines(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'person'::regclass AND attacl IS NOT NULL ORDER BY 1",
      )
      expect(columns).toEqual(['id', 'note'])
      await back('a')
      expect(await lines("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'a %'")).toEqual([])
    })
  },
)

const users = () => endings.map((ending) => `${own().slice(0, 20)} ${ending}@127.0.0.%`)
const back_ = (name: string) => `\`${name.replaceAll('`', '``')}\``
const account = (user: string) => user.split('@').map(back_).join('@')

onEngine(
  'mysql',
  users,
  { make: (user) => `CREATE USER ${account(user)}`, drop: (user) => [`DROP USER ${account(user)}`] },
  () => {
    const granted = async (user: string) => (await lines(`SHOW GRANTS FOR ${account(user)}`)).slice(1)

    test('privileges on a table, columns and the database come and go', async () => {
      const to = JSON.stringify(users())
      const calls = `
        op.grant(['select', { privilege: 'update', columns: ['note'] }], { on: 'person', to: ${to}, withGrantOption: true })
        op.grant(['CREATE'], { on: { namespace: '${own()}' }, to: ${to} })`
      project.revision('b', { down: 'a', body: inverted(calls) })
      await go()
      for (const user of users()) {
        const found = (await granted(user)).join('\n')
        expect(found).toMatch(/GRANT CREATE ON `t\\_/)
        expect(found).toMatch(/GRANT SELECT, UPDATE \(`note`\) ON .*`person` .* WITH GRANT OPTION/)
      }
      await back('a')
      for (const user of users()) expect(await granted(user)).toEqual([])
    })
  },
)

test('SQLite has no users, and says so as the revision is recorded', async () => {
  project = await liveProject(engineNamed('sqlite'))
  project.revision('a', { upgrade: `${table}\nop.grant(['SELECT'], { on: 'person', to: ['reader'] })` })
  await expect(go()).rejects.toMatchObject({ code: 'unsupported-on-engine' })
  await project.end()
})

test('a word that is no privilege gets into no statement', async () => {
  project = await liveProject(engineNamed('sqlite'))
  project.revision('a', { upgrade: `op.grant(['SELECT ON person TO PUBLIC; --'], { on: 'person', to: ['reader'] })` })
  await expect(go()).rejects.toMatchObject({ code: 'unknown-privilege' })
  await project.end()
})
