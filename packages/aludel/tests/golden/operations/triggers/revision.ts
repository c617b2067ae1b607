// Triggers: made and dropped; a table that is renamed keeps its own, and one that is dropped brings them back with it.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().primaryKey(), name: string(50) })
  op.createTable('note', { id: integer().primaryKey() })
  if (op.dialect === 'postgres') {
    op.createFunction(
      'upper_name',
      'CREATE FUNCTION upper_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    )
  }
  op.createTrigger('gone', 'user', onInsert('gone', 'user'))
  op.createTrigger('noted', 'note', onInsert('noted', 'note'))
}

export function upgrade(op: Operations) {
  op.createTrigger('made', 'user', onInsert('made', 'user'))
  op.dropTrigger('gone', 'user')
  op.dropTrigger('never_there', 'user', { ifExists: true })
  op.alterColumn('user', 'name', { nullable: false })
  op.dropTable('note')
}

function onInsert(trigger: string, table: string) {
  return {
    postgres: `CREATE TRIGGER ${trigger} BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION upper_name()`,
    mysql: `CREATE TRIGGER ${trigger} BEFORE INSERT ON \`${table}\` FOR EACH ROW\nBEGIN\n  SET NEW.id = NEW.id + 1;\nEND`,
    sqlite: `CREATE TRIGGER ${trigger} AFTER INSERT ON "${table}" BEGIN SELECT 'a;b'; END;`,
  }
}
