// MariaDB itself says whether two expressions are the same.

import { describe, expect, test } from 'vitest'
import type { ExpressionPair } from '../../../src/dialects/dialect.ts'
import type { ColumnType } from '../../../src/schema/model.ts'
import { rawSql } from '../../../src/schema/sql.ts'
import { introspected, mariadb, rowsOf, withMariadb } from './mariadb.ts'

const integer: ColumnType = { kind: 'integer' }
const text: ColumnType = { kind: 'string', length: 50 }
const moment: ColumnType = { kind: 'timestamp', timezone: false }

function pair(
  place: ExpressionPair['place'],
  actual: string,
  wanted: string,
  type: ColumnType | null = null,
): ExpressionPair {
  return {
    place,
    table: { namespace: null, name: 't' },
    column: null,
    type,
    actual: rawSql(actual),
    wanted: rawSql(wanted),
  }
}

describe.skipIf(!mariadb.available)('sameExpressions on MariaDB', () => {
  test('tells the same from different in every place, many at once', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(
        'CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, a int, b varchar(20), `select` int, j json)',
      )
      const pairs: readonly (readonly [boolean, ExpressionPair])[] = [
        [true, pair('check', '`a` > 3', 'a>3')],
        [true, pair('check', '`a` > 3', '((a > 3))')],
        [false, pair('check', '`a` > 3', 'a > 4')],
        [true, pair('check', '`a` in (1,2) or `a` is null', 'a IN (1, 2) OR a IS NULL')],
        [true, pair('check', "`b` <> 'it\\'s'", "b != 'it''s'")],
        [false, pair('check', "`b` <> 'a'", "b <> 'A'")],
        [true, pair('check', "`b` <> 'a\\nb'", "b <> 'a\nb'")],
        [true, pair('check', 'octet_length(`b`) > 1', 'LENGTH(b) > 1 -- as they say\n')],
        [true, pair('check', '`select` > 1', '`select` > 1')],
        [true, pair('generated', '`a` + 1', 'a+1', integer)],
        [false, pair('generated', '`a` + 1', '1 + a', integer)],
        [true, pair('generated', "concat(`b`,'x')", "CONCAT(b, 'x')", text)],
        [true, pair('default', "ucase('x')", "upper('x')", text)],
        [true, pair('default', '(1 + 2)', '1+2', integer)],
        [true, pair('default', 'current_timestamp(6)', 'NOW(6)', moment)],
        [false, pair('default', '1', '2', integer)],
        [true, pair('default', "'1'", '1', integer)],
      ]
      const same = await bench.dialect.sameExpressions(
        bench.db,
        pairs.map(([, one]) => one),
      )
      expect(pairs.map(([, one], at) => [one, same[at]])).toEqual(pairs.map(([wanted, one]) => [one, wanted]))
    })
  })

  test('calls a text that the engine refuses different, and still answers for the others', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script('CREATE TABLE t (a int)')
      const same = await bench.dialect.sameExpressions(bench.db, [
        pair('check', '`a` > 3', 'a > 3'),
        pair('check', '`a` > 3', 'a > nowhere'),
        pair('check', '`a` > 3', 'a >'),
        pair('check', '`a` > 3', 'a > 3) OR (1 = 1'),
        pair('generated', '`a` + 1', 'rand()', integer),
        pair('default', '7', '7.0', integer),
      ])
      expect(same).toEqual([true, false, false, false, false, true])
    })
  })

  test('leaves nothing behind, and asks nothing where there is nothing to ask', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script('CREATE TABLE t (a int)')
      const before = await introspected(bench)
      await bench.dialect.sameExpressions(bench.db, [pair('check', 'a > 1', '`a` > 1')])
      expect(await introspected(bench)).toEqual(before)
      await expect(rowsOf(bench, 'SELECT * FROM aludel_expressions')).rejects.toThrow("doesn't exist")
      expect(await bench.dialect.sameExpressions(bench.db, [])).toEqual([])
    })
  })
})
