/** triggers */
import type { Operations } from 'aludel'
import { integer, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createTrigger('made', 'user', { postgres: sql`CREATE TRIGGER made BEFORE INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION upper_name()`, mysql: sql`CREATE TRIGGER made BEFORE INSERT ON \`user\` FOR EACH ROW
BEGIN
  SET NEW.id = NEW.id + 1;
END`, sqlite: sql`CREATE TRIGGER made AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;` })
  op.dropTrigger('gone', 'user')
  op.dropTrigger('never_there', 'user', { ifExists: true })
  op.alterColumn('user', 'name', { nullable: false })
  op.dropTable('note')
}

export function downgrade(op: Operations) {
  op.createTable('note', {
    id: integer().primaryKey(),
  })
  op.createTrigger('noted', 'note', { postgres: sql`CREATE TRIGGER noted BEFORE INSERT ON "note" FOR EACH ROW EXECUTE FUNCTION upper_name()`, mysql: sql`CREATE TRIGGER noted BEFORE INSERT ON \`note\` FOR EACH ROW
BEGIN
  SET NEW.id = NEW.id + 1;
END`, sqlite: sql`CREATE TRIGGER noted AFTER INSERT ON "note" BEGIN SELECT 'a;b'; END;` })
  op.alterColumn('user', 'name', { nullable: true })
  op.createTrigger('gone', 'user', { postgres: sql`CREATE TRIGGER gone BEFORE INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION upper_name()`, mysql: sql`CREATE TRIGGER gone BEFORE INSERT ON \`user\` FOR EACH ROW
BEGIN
  SET NEW.id = NEW.id + 1;
END`, sqlite: sql`CREATE TRIGGER gone AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;` })
  op.dropTrigger('made', 'user')
}
