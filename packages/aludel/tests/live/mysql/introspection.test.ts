// What is read of MariaDB databases that Aludel did not make.

import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/database/types.ts'
import { emptySchema, type Table } from '../../../src/schema/model.ts'
import { plainMysqlTable } from '../../../src/schema/mysql-model.ts'
import { creation, expectSchema } from '../bench.ts'
import { introspected, linesOf, mariadb, tableIn, withMariadb } from './mariadb.ts'

const typesOf = (table: Table) =>
  table.columns.map(({ type }) =>
    type.kind === 'raw' ? type.sql : type.kind === 'string' ? `string ${type.length}` : type.kind,
  )

describe.skipIf(!mariadb.available)('introspection of MariaDB', () => {
  test('knows the house’s types and keeps all others as they are', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(`CREATE TABLE t (
        a int(11), b integer(5) unsigned, c bigint(20), d tinyint(1), e tinyint(4), f int(5) zerofill, g bool,
        h varchar(20), i text, j longtext, k json, l decimal(10,2), m decimal, n float, o double, p real,
        q datetime, r datetime(6), s timestamp(3) NULL, t time, u time(6), v year, w uuid, x longblob, y blob,
        z bit(1), aa char(3), ab enum('a','b''c'), ac set('a','b'), ad inet6, ae point, af varbinary(5),
        ag datetime(3) ON UPDATE current_timestamp(3), ah int INVISIBLE, ai mediumint(9), aj double unsigned)`)
      expect(typesOf(await tableIn(bench, 't'))).toEqual([
        ...['integer', 'int unsigned', 'bigint', 'boolean', 'tinyint', 'int(5) unsigned zerofill', 'boolean'],
        ...['string 20', 'text', 'text', 'json', 'numeric', 'numeric', 'float', 'double', 'double'],
        ...['datetime', 'timestamp', 'timestamp(3)', 'time', 'time', 'year', 'uuid', 'binary', 'blob'],
        ...['bit(1)', 'char(3)', 'enumeration', "set('a','b')", 'inet6', 'point', 'varbinary(5)'],
        ...['datetime(3) on update current_timestamp(3)', 'int invisible', 'mediumint', 'double unsigned'],
      ])
    })
  })

  test('tells values from expressions in defaults, by the type of the column', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(`CREATE TABLE t (
        a varchar(20) DEFAULT 'it''s \\\\ "x"\\n\\t', b varchar(20) DEFAULT 5, c int DEFAULT -5, d bigint DEFAULT 9223372036854775807,
        e decimal(10,2) DEFAULT 1.5, f double DEFAULT 1e100, g tinyint(1) DEFAULT 1, h tinyint(1) DEFAULT 5,
        i date DEFAULT '2024-02-29', j time(6) DEFAULT '12:30', k datetime(6) DEFAULT '2024-01-01 10:00',
        l datetime DEFAULT now(), m date DEFAULT (curdate()), n json DEFAULT '{"a": "\\\\\\\\"}',
        o uuid DEFAULT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', p longblob DEFAULT X'00ff', q enum('a','b') DEFAULT 'b',
        r int DEFAULT (1 + 2), s varchar(20) DEFAULT (upper('x')), t uuid DEFAULT uuid(), u int DEFAULT NULL,
        v int NOT NULL, w varchar(20) DEFAULT 'now()', x bit(1) DEFAULT b'1',
        y datetime(6) DEFAULT '2024-01-01 10:00:00.123456')`)
      const found = (await tableIn(bench, 't')).columns.map(({ default: given }) =>
        given === null
          ? null
          : given.kind === 'value'
            ? given.value
            : given.kind === 'now'
              ? 'now'
              : given.sql.parts[0],
      )
      expect(found).toEqual([
        ...['it\'s \\ "x"\n\t', '5', -5, 9223372036854775807n, '1.50', 1e100, true, 5],
        ...['2024-02-29', '12:30:00', new Date('2024-01-01T10:00:00Z'), 'now', 'now', '{"a": "\\\\"}'],
        ...['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', Buffer.from([0, 255]), 'b'],
        ...['(1 + 2)', "ucase('x')", 'uuid()', null, null, 'now()', "b'1'", '2024-01-01 10:00:00.123456'],
      ])
    })
  })

  test('finds a check of every kind, and not the one that makes JSON', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(`CREATE TABLE t (a int CHECK (a > 3), j json, k longtext CHECK (json_valid(k)),
        l json CHECK (json_valid(l) AND json_length(l) > 1), CONSTRAINT named CHECK (a <> 7))`)
      const table = await tableIn(bench, 't')
      expect(table.checks.map(({ name, condition }) => [name, condition.parts[0]])).toEqual([
        [null, '`a` > 3'],
        [null, 'json_valid(`k`)'],
        [null, 'json_valid(`l`) and json_length(`l`) > 1'],
        ['named', '`a` <> 7'],
      ])
      expect(typesOf(table)).toEqual(['integer', 'json', 'text', 'text'])
    })
  })

  test('tells options, collations and comments only where they are the table’s own', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(`
        CREATE TABLE a (x varchar(5));
        CREATE TABLE b (x varchar(5), y varchar(5) COLLATE latin1_bin) CHARACTER SET latin1 COMMENT 'it''s \\\\ b';
        CREATE TABLE c (x varchar(5), y varchar(5) COLLATE utf8mb4_general_ci) COLLATE utf8mb4_bin;
        CREATE TABLE d (x varchar(5) COMMENT 'd') ENGINE=MyISAM;`)
      const { tables } = await introspected(bench)
      expect(tables.map(({ mysql, comment }) => [mysql, comment])).toEqual([
        [null, null],
        [{ ...plainMysqlTable, charset: 'latin1' }, "it's \\ b"],
        [{ ...plainMysqlTable, collation: 'utf8mb4_bin' }, null],
        [{ ...plainMysqlTable, engine: 'MyISAM' }, null],
      ])
      expect(tables.map((table) => table.columns.map((column) => column.collation))).toEqual([
        [null],
        [null, 'latin1_bin'],
        [null, 'utf8mb4_general_ci'],
        [null],
      ])
    })
  })

  test('reads a table so that it can be made again as it was', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(
        `
        CREATE TABLE p (id int NOT NULL PRIMARY KEY, \`b\`\`q\` varchar(9), UNIQUE KEY (\`b\`\`q\`)) COMMENT 'p';
        CREATE TABLE t (
          id bigint unsigned NOT NULL AUTO_INCREMENT, a varchar(20) NOT NULL COLLATE utf8mb4_bin DEFAULT 'x', l longtext,
          ts timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), f int CHECK (f > 1 OR id > 0),
          g int GENERATED ALWAYS AS (f + 1) VIRTUAL INVISIBLE COMMENT 'g', s set('a','b c') DEFAULT 'a,b c', p int,
          PRIMARY KEY (id, a), UNIQUE KEY uq (a, f), KEY down (a DESC, f), KEY pre (l(10)), FULLTEXT KEY ft (l),
          KEY mixed (a(3), f DESC), CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL,
          CONSTRAINT ck CHECK (a <> 'it''s' AND f > 0)) ENGINE=InnoDB COMMENT='t' COLLATE utf8mb4_unicode_ci;`.replace(
          ' OR id > 0',
          '',
        ),
      )
      const before = [await linesOf(bench, 'p'), await linesOf(bench, 't')]
      const schema = await introspected(bench)
      await bench.db.script('DROP TABLE t, p')
      await bench.run(creation(schema, bench.dialect))
      expect([await linesOf(bench, 'p'), await linesOf(bench, 't')].map((lines) => [...lines].sort())).toEqual(
        before.map((lines) => [...lines].sort()),
      )
      expect(await introspected(bench)).toEqual(schema)
      await expectSchema(bench, schema)
    })
  })

  test('asks the same number of questions whatever the number of tables', async () => {
    await withMariadb(async ({ db, dialect }) => {
      const count = async (): Promise<number> => {
        let asked = 0
        const counting: Connection = {
          ...db,
          query: (sql, parameters) => {
            asked += 1
            return db.query(sql, parameters)
          },
        }
        await dialect.introspect(counting, 'all')
        return asked
      }
      const empty = await count()
      await db.statements(
        Array.from({ length: 30 }, (_, at) => `CREATE TABLE t${at} (id int PRIMARY KEY, a json, KEY (id))`),
      )
      expect([empty, await count()]).toEqual([6, 6])
    })
  })

  test('reads the tables that it is asked for, and nothing where there are none', async () => {
    await withMariadb(async ({ db, dialect }) => {
      await db.script(
        'CREATE TABLE a (x int); CREATE TABLE b (x int, KEY k (x)); CREATE VIEW v AS SELECT 1 AS one; CREATE SEQUENCE s;',
      )
      const ref = (name: string, kind: 'table' | 'index' = 'table') => ({ kind, namespace: null, name, part: null })
      const found = await dialect.introspect(db, { objects: [ref('b', 'index'), ref("it's"), ref('v'), ref('s')] })
      expect(found.tables.map((table) => [table.name, table.indexes.length])).toEqual([['b', 1]])
      expect(await dialect.introspect(db, { objects: [] })).toEqual(emptySchema)
      expect((await dialect.introspect(db, 'all')).tables.map((table) => table.name)).toEqual(['a', 'b'])
    })
  })

  test('sees no other database, but a foreign key into one', async () => {
    await withMariadb((other) =>
      withMariadb(async (bench) => {
        await other.db.script('CREATE TABLE theirs (id int PRIMARY KEY)')
        const { rows } = await other.db.query<{ name: string }>('SELECT DATABASE() AS name')
        const namespace = rows[0]?.name ?? ''
        await bench.db.script(
          `CREATE TABLE ours (id int, CONSTRAINT fk FOREIGN KEY (id) REFERENCES ${namespace}.theirs (id))`,
        )
        const { tables } = await introspected(bench)
        expect(tables.map((table) => [table.name, table.foreignKeys[0]?.referent])).toEqual([
          ['ours', { namespace, name: 'theirs' }],
        ])
        await bench.db.script('DROP TABLE ours')
      }),
    )
  })
})
