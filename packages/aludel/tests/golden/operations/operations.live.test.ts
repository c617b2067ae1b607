// Every case on every engine: it ends where the operations say, nothing is left to compare, and the way back leads back.

import { expect, test } from 'vitest'
import { settleExpressions } from '../../../src/compare/expressions.ts'
import { withinScope } from '../../../src/compare/scope.ts'
import { namedAsFound } from '../../../src/compare/unnamed.ts'
import { diff } from '../../../src/diff/diff.ts'
import { isIrreversible } from '../../../src/ops/definition.ts'
import { applyAll, invertAll } from '../../../src/ops/registry.ts'
import { emptySchema, type Schema } from '../../../src/schema/model.ts'
import { onEveryEngine } from '../../engines/index.ts'
import { type Bench, expectSchema, withBench } from '../../live/bench.ts'
import { cases, recorded } from './cases.ts'

onEveryEngine((engine) => {
  const able = cases.filter(
    ({ cannot, runElsewhere }) => !(engine.name in (cannot ?? {})) && runElsewhere === undefined,
  )

  test.each(able)('$name', async ({ before, upgrade }) => {
    await withBench(engine, async (bench) => {
      const { dialect, run } = bench
      const start = recorded(dialect, before)
      for (const op of start) await run([op])
      const was = applyAll(emptySchema, start)
      const ops = recorded(dialect, upgrade)
      const is = applyAll(was, ops)
      await run(ops)
      await expectNothingLeft(bench, is)
      const back = invertAll(ops, was)
      if (isIrreversible(back)) return
      await run(back)
      await expectNothingLeft(bench, was)
    })
  })
})

async function expectNothingLeft(bench: Bench, schema: Schema): Promise<void> {
  const { db, dialect } = bench
  await expectSchema(bench, schema)
  const scope = { own: [], include: undefined, exclude: undefined }
  const actual = withinScope(await dialect.introspect(db, 'all'), scope)
  const wanted = namedAsFound(dialect.normalize(schema), actual)
  expect(diff(await settleExpressions(db, dialect, actual, wanted), wanted)).toEqual([])
}
