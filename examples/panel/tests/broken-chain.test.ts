// The Panel's broken chain: explained, mended, and run on every engine, from nothing and from wherever a database was.

import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RevisionInput } from 'aludel'
import { connect, current, doctor, downgrade, fixChain, hiddenRevisions, history, introspect, upgrade } from 'aludel'
import { afterAll, describe, expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'

const original = fileURLToPath(new URL('../broken-chain', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A copy outside any repository, where every file counts as published. */
function copy(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'panel-chain-')))
  folders.push(folder)
  cpSync(original, folder, { recursive: true, filter: (path) => !/\.db(-\w+)?$/.test(path) })
  return folder
}

const ids = [
  '2ca607eff9c8',
  'bbda3883b503',
  '64c2f8fecc18',
  '3fd9eaf414fb',
  'dc4e5affd5bc',
  'perf_indexes_001',
  'rbac_system_init',
  'oauth_fields',
  'push_notifications',
  'ptero_eggs_001',
]

const broken = copy()
const mended = copy()
const repair = fixChain(undefined, { cwd: mended, fix: true })
const tables = [
  'audit_log',
  'cms_page',
  'config_template',
  'forum_post',
  'forum_thread',
  'notification_subscription',
  'permission',
  'permission_group',
  'ptero_eggs_source',
  'ptero_eggs_template',
  'role',
  'role_permission',
  'server',
  'server_user',
  'site_asset',
  'site_setting',
  'user',
  'user_permission_override',
  'user_role',
]

/** What a database is now, without bookkeeping and without the order in which things came. */
async function shapeOf(url: string): Promise<unknown> {
  const db = await connect(url)
  const schema = await introspect(db).finally(() => db.close())
  return schema.tables
    .filter(({ name }) => !/^(?:alembic_version|aludel_history)$/.test(name))
    .map((table) => ({
      name: table.name,
      columns: table.columns.map(({ name, type, nullable }) => JSON.stringify([name, type, nullable])).sort(),
      indexes: table.indexes.map(({ name }) => name).sort(),
      uniques: table.uniques.map(({ name }) => name).sort(),
      foreignKeys: table.foreignKeys.map(({ columns, referent }) => `${columns.join()} ${referent.name}`).sort(),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

test('doctor tells the two needs that are broken from the roots and heads that only look so', async () => {
  const { findings } = await doctor(undefined, { cwd: broken, askDatabase: false })
  expect(findings.map(({ code, revisions }) => [code, ...revisions])).toEqual([
    ['multiple-roots', '2ca607eff9c8', 'ptero_eggs_001', 'oauth_fields'],
    ['unmet-need', 'ptero_eggs_001', '2ca607eff9c8'],
    ['unmet-need', 'oauth_fields', '2ca607eff9c8'],
    ['multiple-heads', '64c2f8fecc18', 'ptero_eggs_001', 'perf_indexes_001', 'push_notifications', 'rbac_system_init'],
  ])
})

test('the repair hides something only where no database can be, and says why', async () => {
  const { hidden, impossible, refused } = await fixChain(undefined, { cwd: broken })
  expect(hidden).toEqual({
    ptero_eggs_001: ['2ca607eff9c8'],
    oauth_fields: ['2ca607eff9c8'],
    push_notifications: ['2ca607eff9c8'],
  })
  expect(impossible.ptero_eggs_001).toContain('needs table "config_template"')
  expect(impossible.oauth_fields).toContain('needs table "user"')
  expect([impossible.push_notifications, refused]).toEqual([impossible.oauth_fields, false])
})

test('mended, nothing is wrong, and only headers have changed', async () => {
  const { written, remaining } = await repair
  expect([written, remaining]).toEqual([true, []])
  const { findings } = await doctor(undefined, { cwd: mended, askDatabase: false })
  expect(findings).toEqual([])
  const versions = 'migrations/versions'
  for (const name of readdirSync(join(original, versions))) {
    const text = (folder: string) => readFileSync(join(folder, versions, name), 'utf8')
    const lines = text(mended).split('\n')
    const changed = text(original)
      .split('\n')
      .filter((line, place) => line !== lines[place])
    expect(changed.every((line) => line.startsWith('export const dependsOn'))).toBe(true)
  }
})

test('with permission the roots form one line, in the order of what they need', async () => {
  const folder = copy()
  const { plan, impossible, hidden } = await fixChain(undefined, { cwd: folder, reparent: true, fix: true })
  expect(plan.map(({ file, after }) => [file.split('/').at(-1), after])).toEqual([
    ['add_ptero_eggs_tracking.ts', 'push_notifications'],
    ['oauth_fields.ts', ['64c2f8fecc18', 'perf_indexes_001', 'rbac_system_init']],
  ])
  expect(Object.keys(impossible)).toEqual(Object.keys(hidden))
  const { revisions } = await history(undefined, { cwd: folder })
  expect(revisions.filter(({ marks }) => marks.includes('base')).map(({ id }) => id)).toEqual(['2ca607eff9c8'])
  expect(revisions.filter(({ marks }) => marks.includes('head')).map(({ id }) => id)).toEqual(['ptero_eggs_001'])
})

describe("the original's script, which let each file follow the one before by name", () => {
  const byName = [
    '2ca607eff9c8',
    '3fd9eaf414fb',
    '64c2f8fecc18',
    'ptero_eggs_001',
    'bbda3883b503',
    'dc4e5affd5bc',
    'oauth_fields',
    'perf_indexes_001',
    'push_notifications',
    'rbac_system_init',
  ]
  const lines = async (): Promise<readonly RevisionInput[]> =>
    (await history(undefined, { cwd: broken })).revisions
      .map(({ id, downRevisions, dependsOn, branchLabels }) => ({ id, downRevisions, dependsOn, branchLabels }))
      .toSorted((one, other) => byName.indexOf(one.id) - byName.indexOf(other.id))
  const hiddenBy = async (parents: (id: string, before: readonly string[]) => readonly string[]) => {
    const before = await lines()
    const after = before.map((one) => ({ ...one, downRevisions: parents(one.id, one.downRevisions) }))
    return Object.fromEntries(hiddenRevisions(before, after).map((at) => [at.stamp, at.revisions.toSorted()]))
  }

  test('hides revisions from a database at any of eight stamps', async () => {
    const hidden = await hiddenBy((id) => byName.slice(0, byName.indexOf(id)).slice(-1))
    expect(hidden).toEqual({
      bbda3883b503: ['3fd9eaf414fb', '64c2f8fecc18', 'ptero_eggs_001'],
      '64c2f8fecc18': ['3fd9eaf414fb'],
      dc4e5affd5bc: ['64c2f8fecc18', 'ptero_eggs_001'],
      perf_indexes_001: ['64c2f8fecc18', 'oauth_fields', 'ptero_eggs_001'],
      rbac_system_init: ['64c2f8fecc18', 'oauth_fields', 'perf_indexes_001', 'ptero_eggs_001', 'push_notifications'],
      ptero_eggs_001: ['2ca607eff9c8', '3fd9eaf414fb', '64c2f8fecc18'],
      oauth_fields: ['2ca607eff9c8', '3fd9eaf414fb', '64c2f8fecc18', 'bbda3883b503', 'dc4e5affd5bc', 'ptero_eggs_001'],
      push_notifications: [
        '2ca607eff9c8',
        '3fd9eaf414fb',
        '64c2f8fecc18',
        'bbda3883b503',
        'dc4e5affd5bc',
        'perf_indexes_001',
        'ptero_eggs_001',
      ],
    })
  })

  test('while two parents set by hand hide the first revision alone', async () => {
    const rooted = new Set(['oauth_fields', 'ptero_eggs_001'])
    expect(await hiddenBy((id, before) => (rooted.has(id) ? ['2ca607eff9c8'] : before))).toEqual({
      oauth_fields: ['2ca607eff9c8'],
      ptero_eggs_001: ['2ca607eff9c8'],
      push_notifications: ['2ca607eff9c8'],
    })
  })
})

onEveryEngine((engine) => {
  const shape = fromNothing()

  async function fromNothing(): Promise<unknown> {
    await repair
    const database = await engine.freshDatabase()
    try {
      await upgrade(undefined, { cwd: mended, url: database.url })
      const found = await shapeOf(database.url)
      await downgrade(undefined, { cwd: mended, url: database.url, target: 'base' })
      expect(await shapeOf(database.url)).toEqual([])
      await upgrade(undefined, { cwd: mended, url: database.url })
      expect(await shapeOf(database.url)).toEqual(found)
      return found
    } finally {
      await database.drop()
    }
  }

  test('an empty database gets every table, gives them back, and gets them again', async () => {
    expect(((await shape) as readonly { readonly name: string }[]).map(({ name }) => name)).toEqual(tables)
  })

  test.each(ids)('a database that was brought to %s before the repair ends with everything', async (id) => {
    const database = await engine.freshDatabase()
    try {
      await upgrade(undefined, { cwd: broken, url: database.url, target: '2ca607eff9c8' })
      await upgrade(undefined, { cwd: broken, url: database.url, target: id })
      await repair
      await upgrade(undefined, { cwd: mended, url: database.url })
      expect(await shapeOf(database.url)).toEqual(await shape)
      expect((await current(undefined, { cwd: mended, url: database.url })).atHead).toBe(true)
      const { findings } = await doctor(undefined, { cwd: mended, url: database.url })
      expect(findings).toEqual([])
    } finally {
      await database.drop()
    }
  })
})
