// MariaDB restates a whole column to change a part of it; nothing of the rest may be lost.

import { describe, expect, test } from 'vitest'
import { isAludelError } from '../../../src/errors.ts'
import { enumeration, integer, json, sqlType, string, text } from '../../../src/schema/column.ts'
import { sql } from '../../../src/schema/sql.ts'
import { expectSchema } from '../bench.ts'
import { columnIn, introspected, linesOf, mariadb, ops, rowsOf, step, tableIn, withMariadb } from './mariadb.ts'

describe.skipIf(!mariadb.available)('changing a column', () => {
  test('leaves everything else of it as it was', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(`CREATE TABLE t (
        a varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s é' COMMENT 'it''s \\\\ é',
        b datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
        c int unsigned NOT NULL DEFAULT 7 COMMENT 'c',
        d int INVISIBLE DEFAULT 5,
        e timestamp NULL,
        f int GENERATED ALWAYS AS (c * 2) STORED COMMENT 'f',
        id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'id')`)
      const before = await linesOf(bench, 't')
      const commented = (name: string) =>
        linesOf(bench, 't').then((lines) => lines.find((line) => line.includes(`\`${name}\``)))
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'id']) {
        await step(bench, (op) => op.alterColumn('t', name, { comment: 'changed' }))
        const old = before.find((line) => line.startsWith(`\`${name}\``))?.replace(/ COMMENT '.*'$/, '')
        expect(await commented(name)).toBe(`${old} COMMENT 'changed'`)
      }
    })
  })

  test('keeps its own check, and no other column gets it', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script('CREATE TABLE t (a int CHECK (a > 3), b int, c int CHECK (b < c), d int CHECK (d < a))')
      for (const name of ['a', 'b', 'c', 'd'])
        await step(bench, (op) => op.alterColumn('t', name, { nullable: false, default: 7 }))
      expect(await linesOf(bench, 't')).toEqual([
        '`a` int(11) NOT NULL DEFAULT 7 CHECK (`a` > 3)',
        '`b` int(11) NOT NULL DEFAULT 7',
        '`c` int(11) NOT NULL DEFAULT 7 CHECK (`b` < `c`)',
        '`d` int(11) NOT NULL DEFAULT 7 CHECK (`d` < `a`)',
      ])
    })
  })

  test('adds and drops a check that has no name', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script('CREATE TABLE t (a int NOT NULL CHECK (a > 3), b int)')
      const [check] = (await tableIn(bench, 't')).checks
      const table = { namespace: null, name: 't' }
      await step(bench, (op) => op.dropConstraint({ check: '`a` > 3' }, 't'))
      expect(await linesOf(bench, 't')).toEqual(['`a` int(11) NOT NULL', '`b` int(11) DEFAULT NULL'])
      if (check === undefined) throw new Error('The check was not read.')
      await bench.run([{ kind: 'createCheckConstraint', table, check }])
      expect((await tableIn(bench, 't')).checks).toEqual([check])
    })
  })

  test('turns a text into JSON and back', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => op.createTable('t', { a: json().notNull() }))
      await step(bench, (op) => op.alterColumn('t', 'a', { type: text() }))
      expect(await columnIn(bench, 't', 'a')).toMatchObject({
        type: { kind: 'text' },
        nullable: false,
        collation: null,
      })
      await step(bench, (op) => op.alterColumn('t', 'a', { type: json() }))
      expect(await columnIn(bench, 't', 'a')).toMatchObject({ type: { kind: 'json' }, nullable: false })
      await expect(bench.db.query("INSERT INTO t VALUES ('{bad')")).rejects.toThrow()
    })
  })

  test('of a generated kind changes its formula, and its storage, with its indexes', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => {
        op.createTable('t', { a: integer(), g: integer().generated(sql`a + 1`, { stored: false }), z: integer() })
        op.createIndex('ix_g', 't', ['g', 'z'])
        op.bulkInsert('t', [{ a: 1 }])
      })
      await step(bench, (op) => op.alterColumn('t', 'g', { generated: { expression: sql`a + 2`, stored: false } }))
      expect(await rowsOf(bench, 'SELECT g FROM t')).toEqual([[3]])
      await step(bench, (op) => op.alterColumn('t', 'g', { generated: { expression: sql`a + 3`, stored: true } }))
      expect(await rowsOf(bench, 'SELECT * FROM t')).toEqual([[1, 4, null]])
      expect(await linesOf(bench, 't')).toContain('KEY `ix_g` (`g`,`z`)')
      await step(bench, (op) => op.alterColumn('t', 'g', { generated: { expression: sql`a + 4`, stored: false } }))
      await step(bench, (op) => op.alterColumn('t', 'g', { generated: null, nullable: false, default: 9 }))
      expect(await rowsOf(bench, 'SELECT * FROM t')).toEqual([[1, 5, null]])
      await step(bench, (op) =>
        op.alterColumn('t', 'g', {
          generated: { expression: sql`a + 6`, stored: false },
          nullable: true,
          default: null,
        }),
      )
      expect(await rowsOf(bench, 'SELECT * FROM t')).toEqual([[1, 7, null]])
      expect(await linesOf(bench, 't')).toContain('KEY `ix_g` (`g`,`z`)')
    })
  })

  test('gives an enumeration other values in every column that is listed', async () => {
    await withMariadb(async (bench) => {
      const mood = (values: readonly string[]) => enumeration('mood', values)
      await step(bench, (op) => {
        op.createTable('t', { a: mood(['ok', "it's"]).notNull().default('ok'), b: mood(['ok', "it's"]).comment('b') })
        op.createTable('u', { a: mood(['ok', "it's"]) })
      })
      await step(bench, (op) => {
        op.setEnumValues(
          'mood',
          ['ok', "it's", 'a\\b'],
          [
            { table: 't', column: 'a' },
            { table: 't', column: 'b' },
            { table: 'u', column: 'a' },
          ],
        )
        op.alterColumn('t', 'a', { comment: 'after' })
      })
      expect(await linesOf(bench, 't')).toEqual([
        "`a` enum('ok','it''s','a\\\\b') NOT NULL DEFAULT 'ok' COMMENT 'after'",
        "`b` enum('ok','it''s','a\\\\b') DEFAULT NULL COMMENT 'b'",
      ])
      expect((await columnIn(bench, 'u', 'a')).type).toMatchObject({ values: ['ok', "it's", 'a\\b'] })
    })
  })

  test('is refused where the column is not there', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script('CREATE TABLE t (a int)')
      const code = (column: string, table = 't') =>
        step(bench, (op) => op.alterColumn(table, column, { nullable: false })).catch(
          (error) => isAludelError(error) && error.code,
        )
      expect([await code('b'), await code('a', 'nowhere')]).toEqual(['unknown-column', 'unknown-table'])
    })
  })

  test('renames it in checks, generated columns, keys and the keys of others', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => {
        op.createTable('p', { a: integer().primaryKey(), j: json(), g: integer().generated(sql`a + 1`) })
        op.createCheckConstraint('ck', 'p', sql`a > 0`)
        op.createTable('c', { p: integer() })
        op.createForeignKey('fk', 'c', 'p', ['p'], ['a'])
        op.renameColumn('p', 'a', 'b')
        op.renameColumn('p', 'j', 'k')
        op.renameColumn('c', 'p', 'q')
      })
      const { tables } = await introspected(bench)
      expect(tables.map((table) => table.columns.map((column) => column.name))).toEqual([['q'], ['b', 'k', 'g']])
      expect(tables[0]?.foreignKeys).toMatchObject([{ name: 'fk', columns: ['q'], referentColumns: ['b'] }])
      expect(tables[1]?.checks).toMatchObject([{ name: 'ck', condition: { parts: ['`b` > 0'] } }])
      expect(tables[1]?.columns[1]?.type.kind).toBe('json')
      expect(await linesOf(bench, 'c')).toEqual([
        '`q` int(11) DEFAULT NULL',
        'KEY `fk` (`q`)',
        'CONSTRAINT `fk` FOREIGN KEY (`q`) REFERENCES `p` (`b`)',
      ])
    })
  })

  test('asks nothing of the database where nothing must be known', async () => {
    await withMariadb(async (bench) => {
      const recorded = ops(bench, (op) => {
        op.createTable('t', { a: integer() })
        op.addColumn('t', 'b', string(5))
        op.createIndex('ix', 't', ['b'])
        op.renameColumn('t', 'b', 'c')
        op.createTableComment('t', 'x')
        op.dropTable('t')
      })
      expect(recorded.flatMap((op) => bench.dialect.reads(op))).toEqual([])
    })
  })

  test('gives the current time in the precision of the column', async () => {
    await withMariadb(async (bench) => {
      const types = ['date', 'time', 'time(3)', 'datetime', 'datetime(3)', 'timestamp', 'timestamp(6)']
      const at = { namespace: null, name: 't' }
      await bench.db.script('CREATE TABLE t (id int)')
      for (const [place, type] of types.entries()) {
        const column = { ...sqlType(type).spec.column, name: `c${place}`, default: { kind: 'now' as const } }
        await bench.run([{ kind: 'addColumn', table: at, column, ifNotExists: false }])
      }
      const { columns } = await tableIn(bench, 't')
      expect(columns.slice(1).map((column) => column.default)).toEqual(types.map(() => ({ kind: 'now' })))
      await expectSchema(bench, await introspected(bench))
    })
  })
})
