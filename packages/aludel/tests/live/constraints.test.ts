// Constraints under other names, validated later, and by exclusion: what they do to rows, and what is refused.

import { describe, expect, test } from 'vitest'
import { features } from '../../src/dialects/postgres/features.ts'
import type { Operations } from '../../src/index.ts'
import { record } from '../../src/ops/recorder.ts'
import { check, index, integer, sql, sqlType, string } from '../../src/schema/index.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { engines, onEveryEngine } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

function step({ dialect, run }: Bench, work: (op: Operations) => void): Promise<void> {
  return run(record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work))
}

/** What became of a statement, in the one vocabulary of the house. */
async function outcome({ dialect }: Bench, work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      const own = error as { readonly code?: unknown; readonly cause?: unknown }
      return dialect.explain(own.cause ?? error).kind
    },
  )
}

function withPerson(engine: Parameters<typeof withBench>[0], body: (bench: Bench) => Promise<void>): Promise<void> {
  return withBench(engine, async (bench) => {
    await step(bench, (op) =>
      op.createTable('person', { id: integer().identity().primaryKey(), age: integer(), email: string(50) }, (t) => [
        check('ck_age', sql`age > 0`),
        index('ux_email').on(t.email).unique(),
      ]),
    )
    await bench.db.query("INSERT INTO person (age, email) VALUES (7, 'a@b')")
    await body(bench)
  })
}

onEveryEngine((engine) => {
  test('a constraint and an index under other names hold as before, and no row is lost', async () => {
    await withPerson(engine, async (bench) => {
      await step(bench, (op) => {
        op.renameConstraint('ck_age', 'person', 'ck_person_age')
        op.renameIndex('ux_email', 'person', 'ux_person_email')
        op.renameConstraint('pk_person', 'person', 'pk_everybody')
      })
      const { rows } = await bench.db.query('SELECT age, email FROM person')
      expect(rows).toEqual([{ age: 7, email: 'a@b' }])
      const insert = (values: string) => bench.db.query(`INSERT INTO person (age, email) VALUES (${values})`)
      expect(await outcome(bench, insert("0, 'c@d'"))).toBe('check')
      expect(await outcome(bench, insert("8, 'a@b'"))).toBe('unique')
      expect(await outcome(bench, insert("8, 'c@d'"))).toBe('done')
    })
  })

  test('a rename of what is not there is refused, and changes nothing', async () => {
    await withPerson(engine, async (bench) => {
      const before = await bench.dialect.introspect(bench.db, 'all')
      const renames: readonly ((op: Operations) => void)[] = [
        (op) => op.renameConstraint('none', 'person', 'other'),
        (op) => op.renameIndex('none', 'person', 'other'),
      ]
      for (const rename of renames) await expect(step(bench, rename)).rejects.toThrow()
      expect(await bench.dialect.introspect(bench.db, 'all')).toEqual(before)
    })
  })

  test('a check that is not yet validated lets earlier rows be where the engine knows that, and no later ones', async () => {
    await withPerson(engine, async (bench) => {
      const made = outcome(
        bench,
        step(bench, (op) => op.createCheckConstraint('ck_grown', 'person', sql`age >= 18`, { notValid: true })),
      )
      expect(await made).toBe(engine.name === 'postgres' ? 'done' : 'check')
      if ((await made) !== 'done') return
      expect(await outcome(bench, bench.db.query('INSERT INTO person (age) VALUES (17)'))).toBe('check')
      const validate = () => step(bench, (op) => op.validateConstraint('ck_grown', 'person'))
      expect(await outcome(bench, validate())).toBe('check')
      await bench.db.query('UPDATE person SET age = 18')
      expect(await outcome(bench, validate())).toBe('done')
    })
  })
})

describe('an exclude constraint', () => {
  const postgres = engines.find(({ name }) => name === 'postgres')

  test.skipIf(!postgres?.available)('keeps rows apart that overlap', async () => {
    if (postgres === undefined) return
    await withBench(postgres, async (bench) => {
      await step(bench, (op) => {
        op.createExtension('btree_gist')
        op.createTable('booking', { room: string(20), during: sqlType('int4range') })
        op.createExcludeConstraint('ex_room', 'booking', [
          ['room', '='],
          ['during', '&&'],
        ])
      })
      const book = (values: string) => outcome(bench, bench.db.query(`INSERT INTO booking VALUES (${values})`))
      expect(await book("'a', '[1,3)'")).toBe('done')
      expect(await book("'a', '[3,5)'")).toBe('done')
      expect(await book("'b', '[2,4)'")).toBe('done')
      await expect(bench.db.query("INSERT INTO booking VALUES ('a', '[2,4)')")).rejects.toThrow('ex_room')
    })
  })

  test('takes an operator for its comparisons, and nothing else', () => {
    const made = (operator: string) => () =>
      record({ dialect: 'postgres', features, naming: defaultNaming }, (op) =>
        op.createExcludeConstraint('ex', 'booking', [['room', operator]]),
      )
    for (const operator of ['=', '&&', '-|-', 'OPERATOR(app.=)', 'OPERATOR("a b".=)']) made(operator)()
    for (const operator of ['', '=) --', 'WITH', '= ', 'OPERATOR(a b.=)']) {
      expect(made(operator), operator).toThrow(expect.objectContaining({ code: 'invalid-operator' }))
    }
  })
})
