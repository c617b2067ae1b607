// Every golden case as a script: fed to the engine's own client it leaves what the run leaves, there and back.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { engineNamed } from '../../src/dialects/registry.ts'
import { connect, downgrade, introspect, script, upgrade } from '../../src/index.ts'
import { isIrreversible } from '../../src/ops/definition.ts'
import { applyAll, invertAll } from '../../src/ops/registry.ts'
import { emptySchema } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { type FreshDatabase, onEveryEngine, type TestEngine } from '../engines/index.ts'
import { type Case, cases, recorded } from '../golden/operations/cases.ts'
import { clientOf } from './client.ts'
import { type LiveProject, liveProject } from './project.ts'

/** What no model holds and introspection leaves out: views, functions, triggers, sequences, types and extensions. */
const programs: { readonly [Engine in TestEngine['name']]: readonly string[] } = {
  sqlite: ["SELECT type, name, rtrim(sql) FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY type, name"],
  postgres: [
    "SELECT viewname, definition FROM pg_views WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    'SELECT matviewname, definition, ispopulated FROM pg_matviews ORDER BY 1',
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    'SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1',
    'SELECT sequencename, start_value, increment_by, last_value FROM pg_sequences ORDER BY 1',
    'SELECT extname, extversion FROM pg_extension ORDER BY 1',
    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1",
  ],
  mysql: [
    "SELECT table_name, view_definition LIKE '%select%' FROM information_schema.views WHERE table_schema = database() ORDER BY 1",
    'SELECT routine_name, routine_definition FROM information_schema.routines WHERE routine_schema = database() ORDER BY 1',
    'SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = database() ORDER BY 1',
    'SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = database() ORDER BY 1',
  ],
}

const imports = { "'../../../../src/index.ts'": "'aludel'", "'../../../../src/schema/index.ts'": "'aludel/schema'" }

function sourceOf({ name }: Case): string {
  const text = readFileSync(new URL(`../golden/operations/${name}/revision.ts`, import.meta.url), 'utf8')
  return Object.entries(imports).reduce((source, [from, to]) => source.replaceAll(from, to), text)
}

onEveryEngine((engine) => {
  const client = clientOf(engine)
  const able = cases.filter(
    ({ cannot, runElsewhere }) => runElsewhere === undefined && !(engine.name in (cannot ?? {})),
  )
  let project: LiveProject
  let other: FreshDatabase
  beforeEach(async () => {
    project = await liveProject(engine)
    other = await engine.freshDatabase()
  })
  afterEach(async () => {
    await project.end()
    await other.drop()
  })

  const on = async <T>(url: string, work: (db: Connection) => Promise<T>) => {
    const db = await connect(url, { cwd: project.folder })
    return work(db).finally(() => db.close())
  }
  /**
   * Everything that is there, but for times, the name of the run, and sums of texts in which an engine respells an expression;
   * of what is kept to undo a step whether there is any, because it has such texts, too.
   */
  const state = (url: string) =>
    on(url, async (db) => {
      const dialect = (await engineNamed(db.dialect)).dialectFor(db.server)
      const history = await db.query(`SELECT * FROM aludel_history ORDER BY ${dialect.quote('id')}`)
      const schema = sortedSchema(await introspect(db))
      const rows: Record<string, unknown> = {}
      for (const { namespace, name } of schema.tables.filter((table) => table.name !== 'aludel_history')) {
        const quoted = [...(namespace === null ? [] : [namespace]), name].map(dialect.quote).join('.')
        const found = await db.query(`SELECT * FROM ${quoted} ORDER BY 1`)
        rows[quoted] = found.rows.map(({ made_at, ...row }) => ({ ...row, made: typeof made_at }))
      }
      const texts: unknown[] = []
      for (const sql of programs[engine.name]) texts.push((await db.query(sql)).rows)
      return {
        schema,
        rows,
        texts,
        history: history.rows.map(({ at, duration_ms, run, statement_sha, undo, ...row }) => ({
          ...row,
          undo: String(undo).split('\n')[0],
        })),
      }
    })
  const expectSame = async () => expect(await state(other.url)).toEqual(await state(project.where.url))

  test.skipIf(client === null).each(able)('$name', async (one) => {
    const dialect = await on(project.where.url, async (db) => (await engineNamed(db.dialect)).dialectFor(db.server))
    const was = applyAll(emptySchema, recorded(dialect, one.before))
    const isThereAWayBack = !isIrreversible(invertAll(recorded(dialect, one.upgrade), was))
    project.write('migrations/versions/_case.ts', sourceOf(one))
    const body = (part: 'before' | 'upgrade') => ({
      body: `import * as golden from './_case.ts'
import { inverse } from 'aludel'
export function upgrade(op: Operations) { golden.${part}?.(op) }
export { inverse as downgrade }`,
    })
    project.revision('a1', body('before'))
    project.revision('b1', { down: 'a1', ...body('upgrade') })
    const text = (direction: 'upgrade' | 'downgrade', target: string) =>
      script(direction, undefined, { ...project.where, target }).then(({ sql }) => sql)
    expect(client?.apply(other.url, await text('upgrade', 'head'))).toBe(null)
    await upgrade(undefined, { ...project.where, target: 'head' })
    await expectSame()
    if (!isThereAWayBack) return
    expect(client?.apply(other.url, await text('downgrade', 'head:a1'))).toBe(null)
    await downgrade(undefined, { ...project.where, target: 'a1' })
    await expectSame()
  })
})
