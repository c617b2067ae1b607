// What is known by its whole text: rules, statistics and range types on PostgreSQL, events on MariaDB and MySQL.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has nothing beside tables, indexes, views and triggers.' }

export function before(op: Operations) {
  op.createTable('visit', { id: integer().primaryKey(), place: string(40), town: string(40) })
  if (op.dialect === 'postgres') {
    op.createObject('statistics', 'visit_towns', 'CREATE STATISTICS visit_towns ON place, town FROM visit')
  } else {
    op.createObject('event', 'tidy', 'CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DO DELETE FROM visit')
  }
}

export function upgrade(op: Operations) {
  if (op.dialect === 'postgres') {
    op.createObject('rule', 'visits_stay', 'CREATE RULE visits_stay AS ON DELETE TO visit DO INSTEAD NOTHING', {
      on: 'visit',
    })
    op.createObject('type', 'span', 'CREATE TYPE span AS RANGE (subtype = integer)')
    op.dropObject('statistics', 'visit_towns')
    op.dropObject('rule', 'never_there', { on: 'visit', ifExists: true })
  } else {
    op.createObject('event', 'count', 'CREATE EVENT `count` ON SCHEDULE EVERY 1 HOUR DO BEGIN SELECT 1; SELECT 2; END')
    op.dropObject('event', 'tidy')
    op.dropObject('event', 'never_there', { ifExists: true })
  }
}
