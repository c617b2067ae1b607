// Whatever a name or a value holds, every operation keeps it exactly, or refuses it before anything is sent.

import { expect, test } from 'vitest'
import { isAludelError } from '../../src/errors.ts'
import { isIrreversible } from '../../src/ops/definition.ts'
import type { Op } from '../../src/ops/operations.ts'
import { record } from '../../src/ops/recorder.ts'
import { applyAll, definitions, invertAll } from '../../src/ops/registry.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { integer, string } from '../../src/schema/column.ts'
import { emptySchema } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { onEveryEngine, type TestEngine } from '../engines/index.ts'
import { type Bench, expectSchema, withBench } from './bench.ts'
import { type Attempt, attempts, words } from './injection.ts'

/** Names that an engine refuses; a name that is not here is kept. */
const refused: { readonly [Engine in TestEngine['name']]: readonly RegExp[] } = {
  postgres: [/\0/, /^y+$/, /^ü+$/],
  mysql: [/\0/, /😀/, / $/],
  sqlite: [/\0/],
}

const tried = Object.entries(attempts).flatMap(([kind, attempt]) =>
  typeof attempt === 'string' ? [] : [{ kind, ...attempt }],
)

test('every operation is tried, or it is said why not', () => {
  expect(Object.keys(attempts).sort()).toEqual(Object.keys(definitions).sort())
})

function recorded({ dialect }: Bench, work: (op: Operations) => void): readonly Op[] {
  const { name, features, refuse } = dialect
  return record({ dialect: name, features, refuse, naming: defaultNaming }, work)
}

/** What is recorded for every word that is not refused. */
function kept(bench: Bench, { before, work }: Attempt, engine: TestEngine['name']) {
  const taken: { readonly before: readonly Op[]; readonly ops: readonly Op[] }[] = []
  for (const word of words) {
    const isRefused = refused[engine].some((pattern) => pattern.test(word))
    try {
      const start = recorded(bench, (op) => before?.(op, word))
      taken.push({ before: start, ops: recorded(bench, (op) => work(op, word)) })
      expect({ word, isRefused }).toEqual({ word, isRefused: false })
    } catch (error) {
      if (!isAludelError(error)) throw error
      if (error.code === 'unsupported-on-engine') return null
      expect({ word, code: error.code, isRefused }).toEqual({ word, code: 'invalid-name', isRefused: true })
      expect(error.hint).not.toBe(null)
    }
  }
  return { before: taken.flatMap((one) => one.before), ops: taken.flatMap((one) => one.ops) }
}

onEveryEngine((engine) => {
  test.each(tried)('$kind keeps every name and value, or refuses it', async (attempt) => {
    await withBench(engine, async (bench) => {
      const steps = kept(bench, attempt, engine.name)
      if (steps === null) return
      const safe = recorded(bench, (op) => op.createTable('safe', { id: integer().primaryKey() }))
      const was = applyAll(emptySchema, [...safe, ...steps.before])
      for (const op of [...safe, ...steps.before]) await bench.run([op])
      await bench.run(steps.ops)
      await expectSchema(bench, applyAll(was, steps.ops))
      await attempt.expect?.(bench)
      const back = invertAll(steps.ops, was)
      if (isIrreversible(back)) return
      await bench.run(back)
      await expectSchema(bench, was)
    })
  })

  test('a text with a NUL in a row is kept, or refused before the row is sent', async () => {
    await withBench(engine, async (bench) => {
      const insert = recorded(bench, (op) =>
        op.bulkInsert('t', [
          { id: 1, a: 'a' },
          { id: 2, a: 'nul\0nul' },
        ]),
      )
      await bench.run(recorded(bench, (op) => op.createTable('t', { id: integer().primaryKey(), a: string(20) })))
      const error = await bench.run(insert).catch((thrown: unknown) => thrown)
      // Read as digits: SQLite's driver gives a text only up to the NUL.
      const { rows } = await bench.db.query<{ readonly a: string }>(
        `SELECT ${engine.name === 'postgres' ? 'a' : 'hex(a)'} AS a FROM t ORDER BY id`,
      )
      if (engine.name === 'postgres') {
        expect(isAludelError(error) && error.code).toBe('invalid-parameter')
        expect(rows).toEqual([])
      } else {
        expect(rows.map(({ a }) => a)).toEqual(
          ['a', 'nul\0nul'].map((text) => Buffer.from(text).toString('hex').toUpperCase()),
        )
      }
    })
  })
})
