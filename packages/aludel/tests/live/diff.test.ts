// The differences between two schemas, sent to every engine: they run in the order in which they come, there and back, and rows survive.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { isIrreversible } from '../../src/ops/definition.ts'
import { applyOp, invertAll } from '../../src/ops/registry.ts'
import type { Schema } from '../../src/schema/model.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { schemas } from '../arbitraries/schema.ts'
import { onEveryEngine } from '../engines/index.ts'
import { creation, expectSchema } from './bench.ts'
import { withRows } from './with-rows.ts'

const runs = Number(process.env.ALUDEL_TEST_RUNS ?? 10)

onEveryEngine((engine) => {
  const possible = possibleOn[engine.name]

  test('one schema becomes another, and becomes the first again', async () => {
    let held = 0
    await fc.assert(
      fc.asyncProperty(schemas(possible), schemas(possible), async (one, other) => {
        held += await withRows(engine, async (bench, rows) => {
          const [before, after] = [bench.dialect.normalize(one), bench.dialect.normalize(alike(one, other))]
          await bench.run(creation(before, bench.dialect))
          await rows.fill(before)
          const ops = diff(before, after)
          await rows.run(ops, { from: before, to: after })
          await expectSchema(bench, after)
          const back = invertAll(ops, before)
          if (isIrreversible(back)) throw new Error(back.irreversible)
          await rows.run(back, { from: after, to: before })
          await expectSchema(bench, before)
        })
      }),
      { numRuns: runs, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
    )
    expect(held).toBeGreaterThan(0)
  })
})

/** The other schema under the names of the first, as far as they go: so that tables change, and do not only come and go. */
function alike(one: Schema, other: Schema): Schema {
  return one.tables.reduce((schema, table, at) => {
    const [from, to] = [schema.tables[at], { namespace: table.namespace, name: table.name }]
    if (from === undefined || from.namespace !== to.namespace || isTaken(schema.tables, to.name)) return schema
    const renamed = applyOp(schema, { kind: 'renameTable', table: from, name: to.name })
    return table.columns.reduce((state, { name }, position) => {
      const columns = state.tables[at]?.columns ?? []
      const column = columns[position]?.name
      if (column === undefined || isTaken(columns, name)) return state
      return applyOp(state, { kind: 'renameColumn', table: to, column, name })
    }, renamed)
  }, other)
}

function isTaken(list: readonly { readonly name: string }[], wanted: string): boolean {
  return list.some(({ name }) => name.toLowerCase() === wanted.toLowerCase())
}
