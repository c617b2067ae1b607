// Random renames on every engine: whoever says yes to everything gets the schema that is wanted, and the old one back.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare } from '../../src/compare/compare.ts'
import type { Op } from '../../src/ops/operations.ts'
import { applyOp, definitionOf } from '../../src/ops/registry.ts'
import type { Schema } from '../../src/schema/model.ts'
import { createMaker, type Maker } from '../arbitraries/maker.ts'
import { distinctNames } from '../arbitraries/names.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { makeSchema } from '../arbitraries/schema.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type Bench, creation, expectSchema, withBench } from './bench.ts'

const runs = Number(process.env.ALUDEL_TEST_RUNS ?? 8)

/** Other names for some tables and columns. */
function renamesIn(maker: Maker, schema: Schema): readonly Op[] {
  return schema.tables.flatMap(({ namespace, name, columns }) => {
    const at = { namespace, name }
    const distinct = distinctNames()
    for (const column of columns) distinct(column.name)
    const some = columns.filter(() => maker.chance(30))
    return [
      ...some.map(
        (column): Op => ({ kind: 'renameColumn', table: at, column: column.name, name: distinct(maker.name()) }),
      ),
      ...(maker.chance(30) ? [{ kind: 'renameTable', table: at, name: maker.object('renamed ') } as const] : []),
    ]
  })
}

function compared({ db, dialect }: Bench, wanted: Schema, chain: Schema) {
  const scope = { own: [], include: undefined, exclude: undefined }
  return compare({ db, dialect, wanted, scope, chain: () => chain, ask: async () => 'yes' })
}

/** As a step is run: what follows a rename is read under the new name. */
async function runInSegments(bench: Bench, ops: readonly Op[]): Promise<void> {
  const isRename = ({ kind }: Op) => kind === 'renameTable' || kind === 'renameColumn'
  let from = 0
  for (const [at, op] of ops.entries()) {
    if (!isRename(op) && at < ops.length - 1) continue
    await bench.run(ops.slice(from, at + 1))
    from = at + 1
  }
}

onEveryEngine((engine) => {
  test('yes to everything leads to the models, then finds nothing, and leads back', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), (g) =>
        withBench(engine, async (bench) => {
          const maker = createMaker(g, possibleOn[engine.name])
          const schema = makeSchema(maker)
          const wanted = renamesIn(maker, schema).reduce(applyOp, schema)
          await bench.run(creation(schema, bench.dialect))
          const found = await compared(bench, wanted, schema)
          expect(found.questions).toEqual([])
          await runInSegments(bench, found.upgrade)
          await expectSchema(bench, wanted)
          const again = await compared(bench, wanted, wanted)
          expect(again.upgrade.map((op) => definitionOf(op).describe(op))).toEqual([])
          await runInSegments(bench, found.downgrade)
          await expectSchema(bench, schema)
        }),
      ),
      { numRuns: runs, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
    )
  })
})
