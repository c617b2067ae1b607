// Procedures, and functions over many rows.

import type { Operations } from '../../../../src/index.ts'

export const cannot = { sqlite: 'Its functions are the application’s.' }

export function before(op: Operations) {
  op.createProcedure('gone', {
    postgres: 'CREATE PROCEDURE gone() LANGUAGE sql AS $$ SELECT 1 $$',
    mysql: 'CREATE PROCEDURE gone() SELECT 1',
  })
}

export function upgrade(op: Operations) {
  op.createProcedure('tidy', {
    postgres: 'CREATE PROCEDURE tidy(n integer) LANGUAGE sql AS $$ SELECT n $$',
    mysql: 'CREATE PROCEDURE tidy(n INT) BEGIN SELECT n; SELECT n + 1; END',
  })
  if (op.dialect === 'postgres') {
    op.createAggregate('total', 'CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)', {
      arguments: 'integer',
    })
    op.dropAggregate('never_there', { arguments: 'text', ifExists: true })
  }
  op.dropProcedure('gone')
}
