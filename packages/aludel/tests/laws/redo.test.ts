// What an operation is when it may have been done before: nothing where it was, the same where it was not.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNotAgain, redoOf } from '../../src/ops/redo.ts'
import { applyAll, applyOp } from '../../src/ops/registry.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { draws } from '../arbitraries/pure/draw.ts'
import { withObjects } from '../arbitraries/pure/objects.ts'
import { makeOp, opKinds } from '../arbitraries/pure/op.ts'
import { makeSchema } from '../arbitraries/pure/schema.ts'

test.each(opKinds())('%s', (kind) => {
  const given = draws.map((draw) => {
    const schema = withObjects(draw, makeSchema(draw))
    return { schema, op: makeOp(draw, schema, kind) }
  })
  fc.assert(
    fc.property(given, ({ schema, op }) => {
      if (op === null) return
      const again = redoOf(op)
      if (isNotAgain(again)) {
        expect(again.because).toMatch(/^\w/)
        return
      }
      const done = applyOp(schema, op)
      expect(sortedSchema(applyAll(schema, again))).toEqual(sortedSchema(done))
      expect(sortedSchema(applyAll(done, again))).toEqual(sortedSchema(done))
    }),
  )
})
