// Operations in which MySQL 8 and MariaDB differ, or in which they are peculiar together.

import type { Operations } from '../../../src/ops/surface.ts'
import {
  binary,
  boolean,
  date,
  enumeration,
  integer,
  json,
  numeric,
  string,
  text,
  timestamp,
  uuid,
} from '../../../src/schema/column.ts'
import { check, desc, foreignKey, index, unique } from '../../../src/schema/constraints.ts'
import { now } from '../../../src/schema/index.ts'
import { name, sql } from '../../../src/schema/sql.ts'

export interface Case {
  readonly name: string
  /** What makes the tables that are known; null where nothing need be. */
  readonly before: ((op: Operations) => void) | null
  readonly work: (op: Operations) => void
}

function parentAndChild(op: Operations): void {
  op.createTable('parent', { id: integer().identity().primaryKey() })
  op.createTable(
    'child',
    {
      id: integer().identity().primaryKey(),
      parent: integer(),
      a: integer().notNull().default(1).comment('a'),
      b: integer(),
    },
    (t) => [
      foreignKey([t.parent], 'parent', ['id'], { name: 'fk_parent', onDelete: 'cascade', onUpdate: 'restrict' }),
      index('ix_ab').on(t.a, t.b),
      unique('uq_a').on(t.a),
      check('ck_a', sql`a > 0`, { final: true }),
    ],
  )
}

export const cases: readonly Case[] = [
  {
    name: 'views, functions and triggers',
    before: (op) => op.createView('seen', 'SELECT 1'),
    work: (op) => {
      op.createView('seen', sql`SELECT ${'it is \\'} AS a # as said`, { columns: ['a b'], orReplace: true })
      op.renameView('seen', 'shown')
      op.createFunction('one', 'create function one() returns int deterministic return 1;', { orReplace: true })
      op.createTrigger('t', 'user', 'CREATE TRIGGER t BEFORE INSERT ON user FOR EACH ROW BEGIN SET @a = 1; END;')
      op.dropTrigger('t', 'user', { ifExists: true })
    },
  },
  {
    name: 'a function of two statements',
    before: null,
    work: (op) => op.createFunction('one', 'CREATE FUNCTION one() RETURNS INT RETURN 1; SELECT one()'),
  },
  {
    name: 'a sequence',
    before: null,
    work: (op) => op.createSequence('numbers', { start: 5 }),
  },
  {
    name: 'a table with every type and default',
    before: null,
    work: (op) =>
      op.createTable(
        'user',
        {
          id: integer().identity().primaryKey(),
          key: uuid().notNull(),
          email: string(120).notNull().default("it's \\"),
          name: string(),
          price: numeric(10, 2).default('1.50'),
          any: numeric(),
          active: boolean().notNull().default(true),
          born: date().default(now()),
          seen: timestamp().notNull().default(now()),
          bio: text().default('none'),
          settings: json().default({ a: [1] }),
          avatar: binary().default(Uint8Array.from([0, 255])),
          mood: enumeration('mood', ['ok', "it's", 'a\\b']).default('ok'),
          full: string(200).notNull().generated(sql`concat(name, ${' <'}, email, ${'>'})`),
          random: string(36).default(sql`uuid()`),
          sorted: string(10).collate('utf8mb4_bin').comment("a 'b' \\"),
        },
        (t) => [
          unique('uq_email').on(t.email),
          index('ix_seen').on(desc(t.seen), t.name),
          index('ix_bio')
            .on(t.bio)
            .with({ mysql: { length: { bio: 20 } } }),
          index('ft_bio')
            .on(t.bio)
            .with({ mysql: { prefix: 'FULLTEXT' } }),
          check('ck_email', sql`length(email) > ${3}`, { final: true }),
        ],
        { comment: 'people', mysql: { engine: 'InnoDB', charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' } },
      ),
  },
  {
    name: 'an index on an expression',
    before: null,
    work: (op) => op.createIndex('ix_lower', 'user', ['id', sql`lower(name)`], { unique: true }),
  },
  {
    name: 'a partial index',
    before: null,
    work: (op) => op.createIndex('ix_live', 'user', ['id'], { where: sql`active` }),
  },
  {
    name: 'one property of a column',
    before: parentAndChild,
    work: (op) => op.alterColumn('child', 'a', { comment: null }),
  },
  {
    name: 'a renamed column that a check names',
    before: parentAndChild,
    work: (op) => op.renameColumn('child', 'a', 'amount'),
  },
  {
    name: 'a dropped column with its keys and checks',
    before: parentAndChild,
    work: (op) => op.dropColumn('child', 'a'),
  },
  {
    name: 'a dropped foreign key',
    before: parentAndChild,
    work: (op) => op.dropConstraint('fk_parent', 'child', { type: 'foreignKey' }),
  },
  {
    name: 'a dropped index that a foreign key needs',
    before: (op) => {
      parentAndChild(op)
      op.createIndex('ix_parent', 'child', ['parent'])
    },
    work: (op) => op.dropIndex('ix_parent', 'child'),
  },
  {
    name: 'a dropped check',
    before: parentAndChild,
    work: (op) => op.dropConstraint('ck_a', 'child'),
  },
  {
    name: 'other names for keys and checks',
    before: parentAndChild,
    work: (op) => {
      op.renameConstraint('fk_parent', 'child', 'fk_child_parent')
      op.renameConstraint('ck_a', 'child', 'ck_child_a')
      op.renameConstraint('pk_parent', 'parent', 'pk_other')
    },
  },
  {
    name: 'a rename of what is not there',
    before: parentAndChild,
    work: (op) => op.renameConstraint('none', 'child', 'other'),
  },
  {
    name: 'an extension',
    before: null,
    work: (op) => op.createExtension('citext'),
  },
  {
    name: 'another primary key',
    before: parentAndChild,
    work: (op) => {
      op.dropConstraint('pk_parent', 'parent', { type: 'primaryKey' })
      op.createPrimaryKey(null, 'parent', ['id'])
      op.dropConstraint('pk_child', 'child')
    },
  },
  {
    name: 'a numbered column for a table that has rows',
    before: null,
    work: (op) => op.addColumn('log', 'id', integer().identity().primaryKey()),
  },
  {
    name: 'what is there already and what is not',
    before: parentAndChild,
    work: (op) => {
      op.addColumn('child', 'a', integer(), { ifNotExists: true })
      op.addColumn('child', 'c', integer(), { ifNotExists: true })
      op.createIndex('ix_ab', 'child', ['a', 'b'], { ifNotExists: true })
      op.dropIndex('ix_gone', 'child', { ifExists: true })
      op.dropConstraint('ck_a', 'child', { type: 'check', ifExists: true })
      op.dropConstraint('ck_gone', 'child', { type: 'check', ifExists: true })
      op.dropColumn('child', 'gone', { ifExists: true })
      op.dropTable('gone', { ifExists: true })
    },
  },
  {
    name: 'other values of an enumeration',
    before: (op) =>
      op.createTable('post', {
        mood: enumeration('mood', ['ok']).notNull().default('ok'),
        other: enumeration('mood', ['ok']),
      }),
    work: (op) =>
      op.setEnumValues(
        'mood',
        ['ok', "it's"],
        [
          { table: 'post', column: 'mood' },
          { table: 'post', column: 'other' },
        ],
      ),
  },
  {
    name: 'rows and SQL as written',
    before: null,
    work: (op) => {
      op.bulkInsert('user', [
        { id: 1, name: "it's \\" },
        { id: 2, active: true },
      ])
      op.execute(sql`UPDATE ${name('user')} SET name = ${'x'} WHERE id > ${1}`)
      op.execute("UPDATE user SET name = '; -- ?'")
      op.execute({ mysql: ['SELECT 1', 'SELECT 2;'], postgres: 'SELECT 3' })
      op.execute('CREATE TRIGGER t BEFORE INSERT ON user FOR EACH ROW BEGIN SET NEW.id = 1; SET NEW.name = 2; END')
      op.execute('-- nothing')
    },
  },
  {
    name: 'several statements in one text',
    before: null,
    work: (op) => op.execute('DELETE FROM user; DELETE FROM team'),
  },
  {
    name: 'SQL for another engine',
    before: null,
    work: (op) => op.execute({ postgres: 'SELECT 1' }),
  },
  {
    name: 'a namespace',
    before: null,
    work: (op) => op.createTable({ namespace: 'app', name: 'user' }, { id: integer() }),
  },
]
