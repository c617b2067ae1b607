/** functions */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createFunction('doubled', { postgres: sql`CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2; $$;`, mysql: sql`CREATE FUNCTION doubled(n INT) RETURNS INT DETERMINISTIC
BEGIN
  DECLARE m INT;
  SET m = n * 2;
  RETURN m;
END` }, { arguments: 'integer' })
  op.createFunction('halved', { postgres: sql`CREATE FUNCTION halved(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n >> 1 $$`, mysql: sql`CREATE FUNCTION halved(n INT) RETURNS INT DETERMINISTIC RETURN n >> 1` }, { arguments: 'integer', orReplace: true })
  op.dropFunction('gone')
  op.dropFunction('never_there', { arguments: 'text, integer', ifExists: true })
}

export function downgrade(op: Operations) {
  op.createFunction('gone', { postgres: sql`CREATE FUNCTION gone() RETURNS text LANGUAGE sql AS $$ SELECT $x$a;b$x$ $$`, mysql: sql`CREATE FUNCTION gone() RETURNS VARCHAR(10) DETERMINISTIC RETURN 'a;b'` })
  op.createFunction('halved', { postgres: sql`CREATE FUNCTION halved(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$`, mysql: sql`CREATE FUNCTION halved(n INT) RETURNS INT DETERMINISTIC RETURN n / 2` }, { arguments: 'integer', orReplace: true })
  op.dropFunction('doubled', { arguments: 'integer' })
}
