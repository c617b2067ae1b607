/** procedures */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createProcedure('tidy', { postgres: sql`CREATE PROCEDURE tidy(n integer) LANGUAGE sql AS $$ SELECT n $$`, mysql: sql`CREATE PROCEDURE tidy(n INT) BEGIN SELECT n; SELECT n + 1; END` })
  op.createAggregate('total', sql`CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)`, { arguments: 'integer' })
  op.dropAggregate('never_there', { arguments: 'text', ifExists: true })
  op.dropProcedure('gone')
}

export function downgrade(op: Operations) {
  op.createProcedure('gone', { postgres: sql`CREATE PROCEDURE gone() LANGUAGE sql AS $$ SELECT 1 $$`, mysql: sql`CREATE PROCEDURE gone() SELECT 1` })
  op.dropAggregate('total', { arguments: 'integer' })
  op.dropProcedure('tidy')
}
