// What inspect writes as models is the schema again, whatever it holds; and it is TypeScript.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { engineNamed } from '../../src/dialects/registry.ts'
import { ownModules } from '../../src/index/own.ts'
import { withObjects } from '../../src/objects/index.ts'
import { createLoader } from '../../src/project/loader.ts'
import { modelsText } from '../../src/project/models-file.ts'
import { integer, string } from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import type { Schema, Table } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { schemas } from '../arbitraries/schema.ts'
import { emptyProject, typeErrors } from '../docs/project.ts'

const loader = createLoader(async () => ownModules())
await loader.ready()
const folder = mkdtempSync(join(tmpdir(), 'aludel-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

const names = ['postgres', 'mysql', 'sqlite'] as const

describe.each(names)('%s', (name) => {
  test('the models of a schema define it again', async () => {
    const { offline } = await engineNamed(name)
    fc.assert(
      fc.property(schemas(possibleOn[name]), (given) => {
        const schema = offline.normalize(given)
        const read = offline.normalize(readBack(modelsText(schema, 'Models')))
        expect(sortedSchema(withoutNames(read, schema))).toEqual(sortedSchema(schema))
      }),
      { numRuns: 60 },
    )
  })
})

test('what stands beside tables is declared as a revision makes it', () => {
  const schema = withObjects(
    defineSchema([table('user', { id: integer().primaryKey(), email: string(120) })]),
    (op) => {
      op.createView('recent', sql`SELECT id FROM "user"`, { comment: 'New ones' })
      op.createSequence({ namespace: 'app', name: 'ticket' }, { start: 100 })
      op.createFunction('one', 'CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$')
      op.createMaterializedView('totals', 'SELECT count(*) AS n FROM "user"')
      op.createIndex('ix_totals', 'totals', ['n'])
      op.createPolicy('own', 'user', { using: sql`id = 1` })
      op.grant(['SELECT'], { on: 'user', to: ['reader'] })
      op.comment({ view: 'recent' }, 'Said twice')
    },
  )
  expect(sortedSchema(readBack(modelsText(schema, 'Models')))).toEqual(sortedSchema(schema))
})

test('they are TypeScript that a strict compiler takes', () => {
  const project = emptyProject()
  try {
    const drawn = fc.sample(schemas(possibleOn.postgres), { numRuns: 12, seed: 7 })
    const files = drawn.map((schema, position) => {
      writeFileSync(join(project.folder, `models${position}.ts`), modelsText(schema, 'Models'))
      return `models${position}.ts`
    })
    expect(typeErrors(project.folder, files)).toBe('')
  } finally {
    project.remove()
  }
})

function readBack(text: string): Schema {
  const file = join(folder, 'models.ts')
  loader.provide(file, text)
  return loader.load(file).schema as Schema
}

/** What the schema has no name for has none here either; the convention gave it one. */
function withoutNames(read: Schema, schema: Schema): Schema {
  return {
    ...read,
    tables: read.tables.map((table) => {
      const own = schema.tables.find((one) => one.name === table.name && one.namespace === table.namespace)
      return own === undefined ? table : unnamed(table, own)
    }),
  }
}

function unnamed(table: Table, own: Table): Table {
  const kept = <T extends { readonly name: string | null }>(part: T, parts: readonly T[]): T =>
    parts.some(({ name }) => name === part.name) ? part : { ...part, name: null }
  return {
    ...table,
    primaryKey:
      table.primaryKey === null ? null : kept(table.primaryKey, own.primaryKey === null ? [] : [own.primaryKey]),
    uniques: table.uniques.map((part) => kept(part, own.uniques)),
    foreignKeys: table.foreignKeys.map((part) => kept(part, own.foreignKeys)),
    checks: table.checks.map((part) => kept(part, own.checks)),
  }
}
