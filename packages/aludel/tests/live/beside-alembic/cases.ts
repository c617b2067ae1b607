// Changes that autogenerate must see, each with what Alembic 1.19 answers: measured on the same engines.

import type { Operations } from '../../../src/ops/surface.ts'
import {
  boolean,
  date,
  double,
  enumeration,
  float,
  integer,
  json,
  now,
  numeric,
  sqlType,
  string,
  text,
  timestamp,
  timestamptz,
} from '../../../src/schema/column.ts'
import { check, desc, exclude, foreignKey, index, primaryKey, unique } from '../../../src/schema/constraints.ts'
import { sql } from '../../../src/schema/sql.ts'

export interface Row {
  readonly change: string
  /** What Alembic's autogenerate answers, in few words. */
  readonly alembic: string
  /** What is in the database, and what the models say. */
  readonly before: (op: Operations) => void
  readonly after: (op: Operations) => void
  /** SQL that brings the database to where it is, where no model would say it so. */
  readonly sql?: readonly string[]
}

type Columns = Parameters<Operations['createTable']>[1]
type Parts = Parameters<Operations['createTable']>[2]

const t =
  (columns: Columns, parts: Parts = null) =>
  (op: Operations) =>
    op.createTable('t', { id: integer().notNull(), ...columns }, parts)
const column = (before: Columns, after: Columns) => ({ before: t(before), after: t(after) })
const parts = (columns: Columns, before: Parts, after: Parts) => ({
  before: t(columns, before),
  after: t(columns, after),
})

const nothing = 'nothing'
const plain = { a: string(20), b: integer() }

export const everywhere: readonly Row[] = [
  {
    change: 'a column added that must not be null, without a default',
    alembic: 'adds it without a word; fails where there are rows',
    ...column({}, { a: integer().notNull() }),
  },
  {
    change: 'two new tables that refer to each other',
    alembic: 'both keys inside CREATE TABLE, in an order that fails',
    before: () => undefined,
    after: (op) => {
      op.createTable('a', { id: integer().primaryKey(), b: integer() }, () => [
        foreignKey(['b'], 'b', ['id'], { name: 'fk_a_b' }),
      ])
      op.createTable('b', { id: integer().primaryKey(), a: integer() }, () => [
        foreignKey(['a'], 'a', ['id'], { name: 'fk_b_a' }),
      ])
    },
  },
  {
    change: 'the columns of the primary key',
    alembic: nothing,
    ...parts(
      { b: integer().notNull() },
      () => [primaryKey('id')],
      () => [primaryKey('id', 'b')],
    ),
  },
  {
    change: 'the text of a check of the same name',
    alembic: nothing,
    ...parts(
      plain,
      () => [check('b', sql`b > 0`)],
      () => [check('b', sql`b > 1`)],
    ),
  },
  {
    change: 'the order of the columns of a unique constraint',
    alembic: nothing,
    ...parts(
      plain,
      () => [unique('uq_t').on('a', 'b')],
      () => [unique('uq_t').on('b', 'a')],
    ),
  },
  {
    change: 'the direction of an index',
    alembic: 'drops it and makes it again',
    ...parts(
      plain,
      () => [index('ix_t').on('b')],
      () => [index('ix_t').on(desc('b'))],
    ),
  },
  {
    change: 'what happens on delete of a foreign key',
    alembic: 'drops it and makes it again',
    ...parts(
      { b: integer() },
      () => [primaryKey('id'), foreignKey(['b'], 't', ['id'], { name: 'fk_t' })],
      () => [primaryKey('id'), foreignKey(['b'], 't', ['id'], { name: 'fk_t', onDelete: 'cascade' })],
    ),
  },
  { change: 'varchar(10) to varchar(20)', alembic: 'seen', ...column({ a: string(10) }, { a: string(20) }) },
  { change: 'varchar(10) to text', alembic: 'seen', ...column({ a: string(10) }, { a: text() }) },
  {
    change: 'numeric(10,2) to numeric(10)',
    alembic: nothing,
    ...column({ a: numeric(10, 2) }, { a: numeric(10) }),
  },
  {
    change: 'a default that is another value',
    alembic: 'seen where server defaults are compared, which is not so by default',
    ...column({ a: integer().default(1) }, { a: integer().default(2) }),
  },
  {
    change: 'a default that is the present moment, unchanged',
    alembic: 'on MariaDB a difference for ever',
    ...column({ a: timestamp().default(now()) }, { a: timestamp().default(now()) }),
  },
  {
    change: 'a column that must not be null any more',
    alembic: 'seen',
    ...column({ a: integer().notNull() }, { a: integer() }),
  },
  {
    change: 'a boolean, a date and a double, unchanged',
    alembic: nothing,
    ...column({ a: boolean(), b: date(), c: double() }, { a: boolean(), b: date(), c: double() }),
  },
  {
    change: 'the expression of a computed column',
    alembic: 'a warning, and no operation',
    ...column(
      { b: integer(), c: integer().generated(sql`b + 1`) },
      { b: integer(), c: integer().generated(sql`b + 2`) },
    ),
  },
]

const mood = (...values: readonly [string, ...string[]]) => enumeration('mood', values)

export const onPostgres: readonly Row[] = [
  ...(
    [
      ['a value added at the end of an enumeration', ['a', 'b', 'c']],
      ['a value added between two of an enumeration', ['a', 'x', 'b']],
      ['a value of an enumeration that goes', ['a']],
      ['the order of the values of an enumeration', ['b', 'a']],
    ] as const
  ).map(([change, values]) => ({
    change,
    alembic: nothing,
    ...column({ m: mood('a', 'b') }, { m: mood(...(values as unknown as [string])) }),
  })),
  {
    change: 'an enumeration under another name',
    alembic: 'changes the column, but makes no type; fails',
    ...column({ m: enumeration('mood', ['a']) }, { m: enumeration('humour', ['a']) }),
  },
  {
    change: 'a column dropped with the last use of its enumeration',
    alembic: 'leaves the type behind, so that down and up again fails',
    ...column({ m: mood('a'), b: integer() }, { b: integer() }),
  },
  { change: 'integer to bigint', alembic: 'seen', ...column({ a: integer() }, { a: sqlType('bigint') }) },
  { change: 'json to jsonb', alembic: 'seen, without USING', ...column({ a: json({ text: true }) }, { a: json() }) },
  {
    change: 'integer[] to text[]',
    alembic: 'seen, without USING',
    ...column({ a: sqlType('integer[]') }, { a: sqlType('text[]') }),
  },
  { change: 'timestamp to timestamptz', alembic: 'seen', ...column({ a: timestamp() }, { a: timestamptz() }) },
  { change: 'float and double precision', alembic: 'one and the same', ...column({ a: float() }, { a: double() }) },
  { change: 'the collation of a column', alembic: 'seen', ...column({ a: text() }, { a: text().collate('C') }) },
  {
    change: 'a column of a domain, unchanged',
    alembic: 'a difference for ever',
    before: (op) => {
      op.createDomain('email', text())
      t({ a: sqlType('email') })(op)
    },
    after: (op) => {
      op.createDomain('email', text())
      t({ a: sqlType('email') })(op)
    },
  },
  {
    change: 'a check without a name, unchanged',
    alembic: 'in 1.19 drops it',
    sql: ['CREATE TABLE t (id integer NOT NULL, b integer CHECK (b > 0))'],
    before: () => undefined,
    after: t({ b: integer() }, () => [check('b', sql`b > 0`)]),
  },
  {
    change: 'an exclude constraint added',
    alembic: nothing,
    ...parts({ s: sqlType('int4range') }, null, () => [exclude('ex', [['s', '&&']])]),
  },
  ...(
    [
      ['the method of an index', { postgres: { using: 'hash' } }],
      ['the predicate of an index', { where: sql`b > 0` }],
      ['columns kept beside an index', { postgres: { include: ['a'] } }],
      [
        'the operator class of an index',
        { postgres: { operatorClasses: { b: 'int4_minmax_multi_ops' }, using: 'brin' } },
      ],
      ['the settings of an index', { postgres: { with: { fillfactor: '70' } } }],
    ] as const
  ).map(([change, options]) => ({
    change,
    alembic: nothing,
    ...parts(
      plain,
      () => [index('ix_t').on('b')],
      () => [index('ix_t').on('b').with(options)],
    ),
  })),
  {
    change: 'a unique constraint that can be deferred',
    alembic: nothing,
    ...parts(
      plain,
      () => [unique('uq_t').on('b')],
      () => [unique('uq_t').on('b').with({ deferrable: true })],
    ),
  },
  {
    change: 'nulls that are not distinct',
    alembic: 'seen',
    ...parts(
      plain,
      () => [unique('uq_t').on('b')],
      () => [unique('uq_t').on('b').with({ nullsNotDistinct: true })],
    ),
  },
  {
    change: 'the name of a foreign key',
    alembic: nothing,
    ...parts(
      { b: integer() },
      () => [primaryKey('id'), foreignKey(['b'], 't', ['id'], { name: 'fk_old' })],
      () => [primaryKey('id'), foreignKey(['b'], 't', ['id'], { name: 'fk_new' })],
    ),
  },
  {
    change: 'a default of type json',
    alembic: 'crashes',
    ...column({ a: json({ text: true }).default(sql`'{}'`) }, { a: json({ text: true }).default(sql`'{"a": 1}'`) }),
  },
  { change: 'an identity added', alembic: 'seen', ...column({ a: integer().notNull() }, { a: integer().identity() }) },
  {
    change: 'a serial that becomes an identity',
    alembic: 'keeps the old default; fails',
    sql: ['CREATE TABLE t (id integer NOT NULL, a serial)'],
    before: () => undefined,
    after: t({ a: integer().identity() }),
  },
  {
    change: 'a sequence',
    alembic: nothing,
    before: () => undefined,
    after: (op) => op.createSequence('ticket'),
  },
  {
    change: 'the query of a view',
    alembic: nothing,
    before: (op) => op.createView('v', 'SELECT 1 AS n'),
    after: (op) => op.createView('v', 'SELECT 2 AS n'),
  },
  {
    change: 'a materialized view',
    alembic: nothing,
    before: () => undefined,
    after: (op) => op.createMaterializedView('m', 'SELECT 1 AS n'),
  },
  {
    change: 'the body of a function',
    alembic: nothing,
    before: (op) => op.createFunction('one', one(1), { arguments: '' }),
    after: (op) => op.createFunction('one', one(2), { arguments: '' }),
  },
  {
    change: 'a trigger',
    alembic: nothing,
    before: (op) => {
      t(plain)(op)
      op.createFunction('touch', touch, { arguments: '' })
    },
    after: (op) => {
      t(plain)(op)
      op.createFunction('touch', touch, { arguments: '' })
      op.createTrigger('tr', 't', 'CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()')
    },
  },
  {
    change: 'row security and a policy',
    alembic: nothing,
    before: t(plain),
    after: (op) => {
      t(plain)(op)
      op.enableRowSecurity('t')
      op.createPolicy('own', 't', { using: sql`b > 0` })
    },
  },
  {
    change: 'an unlogged table',
    alembic: nothing,
    before: t(plain),
    after: (op) => op.createTable('t', { id: integer().notNull(), ...plain }, null, { postgres: { unlogged: true } }),
  },
  {
    change: 'partitions that only the database has',
    alembic: 'drops each of them',
    sql: [
      'CREATE TABLE t (id integer NOT NULL) PARTITION BY RANGE (id)',
      'CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100)',
    ],
    before: () => undefined,
    after: (op) =>
      op.createTable('t', { id: integer().notNull() }, null, {
        postgres: { partitionBy: { range: ['id'] } },
      }),
  },
]

const one = (n: number) => `CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT ${n} $$`
const touch = 'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$'

export const onMysql: readonly Row[] = [
  {
    change: 'the values of an enumeration',
    alembic: 'seen since 1.18, but not their order',
    ...column({ m: mood('a', 'b') }, { m: mood('b', 'a') }),
  },
  {
    change: 'the collation of a column',
    alembic: nothing,
    ...column({ a: string(20) }, { a: string(20).collate('utf8mb4_bin') }),
  },
  {
    change: 'a unique constraint without a name that goes',
    alembic: 'drops an index by the database’s name for it',
    sql: ['CREATE TABLE t (id int NOT NULL, b int, UNIQUE (b))'],
    before: () => undefined,
    after: t({ b: integer() }),
  },
]

export const onSqlite: readonly Row[] = [
  {
    change: 'INTEGER PRIMARY KEY without NOT NULL, unchanged',
    alembic: 'a difference for ever',
    sql: ['CREATE TABLE t (id INTEGER PRIMARY KEY)'],
    before: () => undefined,
    after: (op) => op.createTable('t', { id: integer().identity().primaryKey() }),
  },
  {
    change: 'a foreign key without a name that changes',
    alembic: 'drop and create without a name; fails',
    sql: ['CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, b INTEGER REFERENCES t (id))'],
    before: () => undefined,
    after: t({ b: integer() }, () => [
      primaryKey('id'),
      foreignKey(['b'], 't', ['id'], { name: 'fk', onDelete: 'cascade' }),
    ]),
  },
  {
    change: 'an index on an expression',
    alembic: 'passed over',
    ...parts(plain, null, () => [index('ix_t').on(sql`lower(a)`)]),
  },
  {
    change: 'the collation of a column',
    alembic: nothing,
    ...column({ a: string(20) }, { a: string(20).collate('NOCASE') }),
  },
  {
    change: 'a unique constraint without a name that goes',
    alembic: nothing,
    sql: ['CREATE TABLE t (id INTEGER NOT NULL, b INTEGER UNIQUE)'],
    before: () => undefined,
    after: t({ b: integer() }),
  },
]
