// A law that is tried with rows in the tables, and without them where rows stand in the way of what is new.

import { expect } from 'vitest'
import { fill, lostSince, snapshot } from '../../../../bench/corpora/rows.ts'
import type { Op } from '../../src/ops/operations.ts'
import type { Schema } from '../../src/schema/model.ts'
import type { TestEngine } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

export interface Rows {
  /** Two rows for each table that takes them. */
  fill(schema: Schema): Promise<void>
  /** Sends operations that lead from one schema to the other; what both have keeps its values. */
  run(ops: readonly Op[], way: { readonly from: Schema; readonly to: Schema }): Promise<void>
}

class RowsInTheWay extends Error {
  override readonly name = 'RowsInTheWay'
}

const refusals: ReadonlySet<string> = new Set(['unique', 'foreign-key', 'not-null', 'check', 'cast', 'other'])

/** Answers how many rows had to keep their values. */
export async function withRows(engine: TestEngine, law: (bench: Bench, rows: Rows) => Promise<void>): Promise<number> {
  let held = 0
  const filled = (bench: Bench): Rows => ({
    fill: (schema) => fill(bench, schema),
    async run(ops, { from, to }) {
      const before = await snapshot(bench, from)
      await bench.run(ops).catch((error: unknown) => {
        const { kind, message } = bench.dialect.explain(error)
        throw before.length > 0 && refusals.has(kind) ? new RowsInTheWay(message) : error
      })
      expect(await lostSince(before, bench, to)).toBe(null)
      held += before.reduce((sum, { rows }) => sum + rows.length, 0)
    },
  })
  const empty = (bench: Bench): Rows => ({ fill: async () => {}, run: (ops) => bench.run(ops) })
  try {
    await withBench(engine, (bench) => law(bench, filled(bench)))
    return held
  } catch (error) {
    if (!(error instanceof RowsInTheWay)) throw error
    await withBench(engine, (bench) => law(bench, empty(bench)))
    return 0
  }
}
