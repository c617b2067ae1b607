// Databases as real tools make them: what is read of each, and that making a table anew leaves it exactly as it was.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compare } from '../../../src/compare/compare.ts'
import type { Connection } from '../../../src/database/types.ts'
import { engine } from '../../../src/dialects/sqlite/engine.ts'
import { tokenize } from '../../../src/dialects/sqlite/introspect/tokens.ts'
import type { Op } from '../../../src/ops/operations.ts'
import { applyAll } from '../../../src/ops/registry.ts'
import { emptySchema } from '../../../src/schema/model.ts'
import { readBack } from '../../laws/reading.ts'

const cases = new URL('./cases/', import.meta.url)
const { offline: sqlite } = engine

test.each(readdirSync(cases))('%s is read', async (name) => {
  await withDatabase(name, async (db) => {
    const model = JSON.stringify(compact({ ...(await sqlite.introspect(db, 'all')), catalogue: null }), null, 2)
    await expect(`${model}\n`).toMatchFileSnapshot(`./cases/${name}/model.json`)
  })
})

test.each(readdirSync(cases))('%s is the same after every table was made anew', async (name) => {
  await withDatabase(name, async (db) => {
    const { tables } = await sqlite.introspect(db, 'all')
    const before = await factsOf(db)
    await db.statements(['PRAGMA foreign_keys = OFF'])
    for (const table of tables) {
      // Nothing is dropped, but SQLite cannot know that without making the table anew.
      const constraint = { name: 'there is none' }
      const op: Op = { kind: 'dropConstraint', table, constraint, type: null, ifExists: true }
      const read = await sqlite.introspect(db, { objects: sqlite.reads(op) })
      const statements = sqlite.render([op], read)
      expect(statements.length).toBeGreaterThan(4)
      await db.statements(statements.map(({ sql }) => sql))
    }
    expect(await factsOf(db)).toEqual(before)
  })
})

test.each(readdirSync(cases))('%s is what models say that are written from it', async (name) => {
  await withDatabase(name, async (db) => {
    const { tables } = await sqlite.introspect(db, 'all')
    const wanted = applyAll(
      emptySchema,
      readBack(tables.map((table): Op => ({ kind: 'createTable', table, ifNotExists: false }))),
    )
    const scope = { own: [], include: undefined, exclude: undefined }
    const { upgrade } = await compare({ db, dialect: sqlite, wanted, scope, chain: () => emptySchema })
    expect(upgrade).toEqual([])
  })
})

async function withDatabase(name: string, body: (db: Connection) => Promise<void>): Promise<void> {
  const at = process.cwd()
  const options = { url: 'sqlite::memory:', directory: at, lockTimeout: 0, mustExist: false, resolveFrom: [at] }
  const db = await engine.connect(options)
  await db.script(readFileSync(new URL(`${name}/database.sql`, cases), 'utf8'))
  await body(db).finally(() => db.close())
}

/** Everything that SQLite says of a database, by its own words. */
async function factsOf(db: Connection) {
  const ask = async (sql: string) => (await db.query(sql)).rows
  const tables = "(SELECT name FROM sqlite_master WHERE type = 'table') t"
  return {
    texts: (await ask('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name')).map(
      ({ type, name, sql }) => [type, name, ...inside(String(type), String(sql))],
    ),
    columns: await ask(`SELECT t.name AS "table", c.* FROM ${tables}, pragma_table_xinfo(t.name) c ORDER BY 1, cid`),
    indexes: await ask(
      `SELECT t.name AS "table", i."unique", i.origin, i.partial, c.* FROM ${tables}, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) c ORDER BY 1, i.origin, i.name, c.seqno`,
    ),
    references: await ask(
      `SELECT t.name AS owner, f.* FROM ${tables}, pragma_foreign_key_list(t.name) f ORDER BY 1, id, seq`,
    ),
  }
}

/** A text without what has no meaning in it: quotes, commas between constraints, a table's own name before a column. */
function inside(type: string, sql: string): readonly string[] {
  const tokens = tokenize(sql)
  const words = tokens
    .filter((token, at) => token.value !== '.' && tokens[at + 1]?.value !== '.')
    .map(({ kind, value }) => (kind === 'name' ? `"${value}"` : value))
  if (type === 'index') {
    return words.map((word) => word.replaceAll('"', '').toLowerCase()).filter((word) => !/^[()]$/.test(word))
  }
  if (type !== 'table') return words
  const [from, to] = [words.indexOf('('), words.lastIndexOf(')')]
  return [...words.slice(from, to).filter((word) => word !== ','), ...words.slice(to).sort(), ...commentsIn(sql)]
}

function commentsIn(sql: string): readonly string[] {
  return sql.slice(sql.indexOf('(')).match(/--[^\n]*|\/\*[\s\S]*?\*\//g) ?? []
}

/** Without what is not there, so that a reader sees what is. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact)
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (typeof value === 'bigint') return `bigint ${value}`
  if (typeof value !== 'object' || value === null) return value
  if ('parts' in value && !('name' in value)) return (value as { parts: readonly string[] }).parts.join('')
  const there = Object.entries(value).filter(
    ([key, held]) =>
      held !== null && (held !== false || key === 'value') && !(Array.isArray(held) && held.length === 0),
  )
  return Object.fromEntries(there.map(([key, held]) => [key, compact(held)]))
}
