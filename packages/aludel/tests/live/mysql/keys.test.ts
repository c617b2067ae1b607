// Keys on MariaDB: the index behind every foreign key, AUTO_INCREMENT on a key, and columns that take their keys along.

import { describe, expect, test } from 'vitest'
import { isAludelError } from '../../../src/errors.ts'
import { bigint, integer, string } from '../../../src/schema/column.ts'
import { desc, index, unique } from '../../../src/schema/constraints.ts'
import { sql } from '../../../src/schema/sql.ts'
import type { Bench } from '../bench.ts'
import { introspected, linesOf, mariadb, rowsOf, step, tableIn, withMariadb } from './mariadb.ts'

/** A parent with a key, and a child whose columns are free. */
async function family(bench: Bench): Promise<void> {
  await step(bench, (op) => {
    op.createTable('parent', { id: integer().primaryKey(), other: integer() }, (t) => [
      unique('uq_pair').on(t.id, t.other),
    ])
    op.createTable('child', { a: integer(), b: integer(), c: integer() })
  })
}

const keysIn = async (bench: Bench, table = 'child') =>
  (await linesOf(bench, table)).filter((line) => /KEY /.test(line))

describe.skipIf(!mariadb.available)('the index of a foreign key', () => {
  test('is the engine’s own: it is not introspected, and goes with the key', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => op.createForeignKey('fk_a', 'child', 'parent', ['a'], ['id']))
      expect(await keysIn(bench)).toContain('KEY `fk_a` (`a`)')
      expect((await tableIn(bench, 'child')).indexes).toEqual([])
      await step(bench, (op) => op.dropConstraint('fk_a', 'child', { type: 'foreignKey' }))
      expect(await keysIn(bench)).toEqual([])
    })
  })

  test('stays while another foreign key needs it', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => {
        op.createForeignKey('fk_1', 'child', 'parent', ['a'], ['id'])
        op.createForeignKey('fk_2', 'child', 'parent', ['a'], ['id'])
        op.createForeignKey('fk_ab', 'child', 'parent', ['a', 'b'], ['id', 'other'])
      })
      for (const name of ['fk_ab', 'fk_2', 'fk_1']) {
        await step(bench, (op) => op.dropConstraint(name, 'child', { type: 'foreignKey' }))
        expect((await tableIn(bench, 'child')).indexes).toEqual([])
      }
      expect(await keysIn(bench)).toEqual([])
    })
  })

  test('takes the place of an index that a foreign key had used', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => {
        op.createIndex('ix_a', 'child', ['a', desc('c')])
        op.createForeignKey('fk_a', 'child', 'parent', ['a'], ['id'])
      })
      expect(await keysIn(bench)).toHaveLength(2)
      await step(bench, (op) => op.dropIndex('ix_a', 'child'))
      expect(await keysIn(bench)).toEqual([
        'KEY `fk_a` (`a`)',
        'CONSTRAINT `fk_a` FOREIGN KEY (`a`) REFERENCES `parent` (`id`)',
      ])
      expect((await tableIn(bench, 'child')).indexes).toEqual([])
    })
  })

  test('takes the place of a unique constraint that a foreign key had used', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => {
        op.createUniqueConstraint('uq_a', 'child', ['a'])
        op.createForeignKey('fk_a', 'child', 'parent', ['a'], ['id'])
      })
      await step(bench, (op) => op.dropConstraint('uq_a', 'child', { type: 'unique' }))
      expect(await keysIn(bench)).toContain('KEY `fk_a` (`a`)')
    })
  })

  test('is not taken for one that a person made on other columns', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => {
        op.createIndex('fk_a', 'child', ['a', 'b'])
        op.createForeignKey('fk_a', 'child', 'parent', ['a'], ['id'])
      })
      expect((await tableIn(bench, 'child')).indexes.map((one) => one.name)).toEqual(['fk_a'])
      await step(bench, (op) => op.dropConstraint('fk_a', 'child', { type: 'foreignKey' }))
      expect(await keysIn(bench)).toEqual(['KEY `fk_a` (`a`,`b`)'])
    })
  })
})

describe.skipIf(!mariadb.available)('a numbered column', () => {
  const isNumbered = async (bench: Bench) => (await linesOf(bench, 't')).some((line) => line.includes('AUTO_INCREMENT'))

  test('loses its numbers with its key and gets them back with another', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => op.createTable('t', { id: integer().identity().primaryKey(), a: integer() }))
      await step(bench, (op) => {
        op.dropConstraint('pk_t', 't', { type: 'primaryKey' })
        op.alterColumn('t', 'a', { nullable: false })
        op.createPrimaryKey(null, 't', ['id', 'a'])
      })
      expect(await isNumbered(bench)).toBe(true)
      await step(bench, (op) => op.dropConstraint('pk_t', 't', { type: 'primaryKey' }))
      expect(await linesOf(bench, 't')).toEqual(['`id` int(11) NOT NULL', '`a` int(11) NOT NULL'])
      expect((await tableIn(bench, 't')).columns[0]?.identity).toBe(null)
    })
  })

  test('keeps its numbers where one primary key takes another’s place, also with rows that refer to it', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => {
        op.createTable('t', { id: integer().identity().primaryKey(), a: integer() })
        op.createTable('c', { t: integer() })
        op.createForeignKey('fk', 'c', 't', ['t'], ['id'])
        op.bulkInsert('t', [{ a: 1 }])
        op.dropConstraint({ primaryKey: ['id'] }, 't')
        op.createPrimaryKey(null, 't', ['id', 'a'])
      })
      expect(await linesOf(bench, 't')).toContain('PRIMARY KEY (`id`,`a`)')
      expect(await isNumbered(bench)).toBe(true)
    })
  })

  test('comes with the key that it needs, and numbers the rows that are there', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => {
        op.createTable('t', { a: integer() })
        op.bulkInsert('t', [{ a: 7 }, { a: 8 }])
        op.addColumn('t', 'id', bigint().identity().primaryKey())
      })
      expect(await rowsOf(bench, 'SELECT * FROM t ORDER BY id')).toEqual([
        [7, 1n],
        [8, 2n],
      ])
    })
  })

  test('is refused without a key, with the way out', async () => {
    await withMariadb(async (bench) => {
      const refusal = await step(bench, (op) => op.createTable('t', { id: integer().identity() })).catch(
        (error) => error,
      )
      expect(isAludelError(refusal) && [refusal.code, refusal.hint]).toEqual([
        'unsupported-on-engine',
        'Make "id" the primary key, or put a unique constraint or an index on it in the same place.',
      ])
    })
  })
})

describe.skipIf(!mariadb.available)('keys and indexes', () => {
  test('go with their column, whole', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      await step(bench, (op) => {
        op.createIndex('ix_ab', 'child', ['a', 'b'])
        op.createIndex('ix_b', 'child', ['b'])
        op.createUniqueConstraint('uq_ca', 'child', ['c', 'a'])
        op.createForeignKey('fk_a', 'child', 'parent', ['a'], ['id'])
        op.createForeignKey('fk_b', 'child', 'parent', ['b'], ['id'])
        op.createCheckConstraint('ck_ab', 'child', sql`a < b`)
        op.createCheckConstraint('ck_b', 'child', sql`b > 0`)
        op.createPrimaryKey(null, 'child', ['a', 'c'])
      })
      await step(bench, (op) => op.dropColumn('child', 'a'))
      expect(await linesOf(bench, 'child')).toEqual([
        '`b` int(11) DEFAULT NULL',
        '`c` int(11) NOT NULL',
        'KEY `ix_b` (`b`)',
        'CONSTRAINT `fk_b` FOREIGN KEY (`b`) REFERENCES `parent` (`id`)',
        'CONSTRAINT `ck_b` CHECK (`b` > 0)',
      ])
    })
  })

  test('that are unique are constraints, however they were made', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) =>
        op.createTable('t', { a: string(5), b: string(5) }, (t) => [
          index('ix_unique').on(t.a).unique(),
          unique('uq').on(t.b),
          index('ix_down').on(desc(t.a)).unique(),
          index('ix_prefix')
            .on(t.a)
            .with({ unique: true, mysql: { length: { a: 2 } } }),
        ]),
      )
      const { uniques, indexes } = await tableIn(bench, 't')
      expect(uniques.map((one) => one.name)).toEqual(['ix_unique', 'uq'])
      expect(indexes.map((one) => [one.name, one.unique, one.mysql?.length ?? null])).toEqual([
        ['ix_down', true, null],
        ['ix_prefix', true, { a: 2 }],
      ])
      await step(bench, (op) => {
        op.dropIndex('uq', 't')
        op.dropConstraint('ix_unique', 't', { type: 'unique' })
        op.dropIndex('ix_down', 't')
        op.dropColumn('t', 'a')
      })
      expect(await linesOf(bench, 't')).toEqual(['`b` varchar(5) DEFAULT NULL'])
    })
  })

  test('are dropped and made with a condition, which holds or not', async () => {
    await withMariadb(async (bench) => {
      await family(bench)
      const work = () =>
        step(bench, (op) => {
          op.createTable('child', { a: integer() }, null, { ifNotExists: true })
          op.addColumn('child', 'd', integer(), { ifNotExists: true })
          op.createIndex('ix_d', 'child', ['d'], { ifNotExists: true })
          op.dropIndex('ix_gone', 'child', { ifExists: true })
          op.dropConstraint('ck_gone', 'child', { type: 'check', ifExists: true })
          op.dropConstraint('fk_gone', 'child', { ifExists: true })
          op.dropColumn('child', 'gone', { ifExists: true })
          op.dropTable('gone', { ifExists: true })
        })
      await work()
      await work()
      expect((await tableIn(bench, 'child')).indexes.map((one) => one.name)).toEqual(['ix_d'])
      expect((await introspected(bench)).tables).toHaveLength(2)
    })
  })
})

describe.skipIf(!mariadb.available)('what MariaDB has not', () => {
  test.each([
    ['partial indexes', (op: Recorder) => op.createIndex('ix', 't', ['a'], { where: sql`a > 0` })],
    ['indexes on expressions', (op: Recorder) => op.createIndex('ix', 't', [sql`a + 1`])],
    ['deferrable constraints', (op: Recorder) => op.createUniqueConstraint('uq', 't', ['a'], { deferrable: true })],
    ['MATCH FULL', (op: Recorder) => op.createForeignKey('fk', 't', 'u', ['a'], ['id'], { match: 'full' })],
    [
      'ON DELETE SET DEFAULT',
      (op: Recorder) => op.createForeignKey('fk', 't', 'u', ['a'], ['id'], { onDelete: 'set default' }),
    ],
    ['namespaces', (op: Recorder) => op.dropTable({ namespace: 'n', name: 't' })],
    ['namespaces', (op: Recorder) => op.createNamespace('n')],
  ] as const)('%s: is refused before anything is sent, with another way', async (what, work) => {
    await withMariadb(async (bench) => {
      const refusal = await step(bench, work).catch((error) => error)
      expect(isAludelError(refusal) && [refusal.code, refusal.details.engine, refusal.details.what]).toEqual([
        'unsupported-on-engine',
        'MariaDB',
        what,
      ])
      expect(refusal.hint).toMatch(/^[A-Z].*\.$/)
    })
  })
})

type Recorder = Parameters<Parameters<typeof step>[1]>[0]
