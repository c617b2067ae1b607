// How often an engine is asked does not depend on how much it holds.

import { expect, test } from 'vitest'
import { compare } from '../../src/compare/compare.ts'
import { boolean, integer, string, text, timestamp } from '../../src/schema/column.ts'
import { check, foreignKey, index, unique } from '../../src/schema/constraints.ts'
import { defineSchema } from '../../src/schema/define.ts'
import type { Schema } from '../../src/schema/model.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { counted } from '../engines/counted.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type Bench, creation, withBench } from './bench.ts'

/** Tables with everything that nearly every table has, and a check that each engine writes in its own way. */
function schemaOf(size: number): Schema {
  return defineSchema(
    Array.from({ length: size }, (_, at) =>
      table(
        `t${at}`,
        {
          id: integer().identity().primaryKey(),
          parent_id: integer(),
          email: string(200).notNull(),
          score: integer().notNull().default(at),
          note: text(),
          active: boolean().notNull().default(true),
          at: timestamp(),
        },
        (t) => [
          foreignKey([t.parent_id], `t${Math.floor(at / 2)}`, [t.id]),
          index().on(t.email, t.at),
          unique().on(t.email),
          check('score', sql`score>=0 and not (score > ${at} + 100)`),
        ],
      ),
    ),
  )
}

async function asked({ db, dialect }: Bench, schema: Schema): Promise<readonly [read: number, compared: number]> {
  const [reading, comparing] = [counted(db), counted(db)]
  await dialect.introspect(reading.db, 'all')
  const { upgrade } = await compare({
    db: comparing.db,
    dialect,
    wanted: schema,
    scope: { own: [], include: undefined, exclude: undefined },
    chain: () => schema,
  })
  expect(upgrade).toEqual([])
  return [reading.count(), comparing.count()]
}

onEveryEngine((engine) => {
  test('5 tables and 50 are read, and compared, with as many statements', { timeout: 120_000 }, async () => {
    const counts = []
    for (const size of [5, 50]) {
      const schema = schemaOf(size)
      counts.push(
        await withBench(engine, async (bench) => {
          await bench.run(creation(schema, bench.dialect))
          return asked(bench, schema)
        }),
      )
    }
    expect(counts[1]).toEqual(counts[0])
  })
})
