// What no word of the model stands for: left alone where two sources hold it alike, refused where they do not.

import { describe, expect, test } from 'vitest'
import { differenceOf } from '../../src/commands/diff.ts'
import type { Op } from '../../src/ops/operations.ts'
import { engines, type TestEngine } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

interface Case {
  readonly engine: TestEngine['name']
  readonly kind: string
  /** What both databases hold beside it. */
  readonly common: string
  readonly one: string
  readonly other: string
}

const table = 'CREATE TABLE t (id integer PRIMARY KEY, a integer);'
const trigger = `${table} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();`
const parts = `CREATE TABLE m (id integer, at date) PARTITION BY RANGE (at);
  CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`
const server = 'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;'

const cases: readonly Case[] = [
  {
    engine: 'postgres',
    kind: 'collation',
    common: table,
    one: `CREATE COLLATION c (provider = icu, locale = 'de')`,
    other: `CREATE COLLATION c (provider = icu, locale = 'fr')`,
  },
  {
    engine: 'postgres',
    kind: 'publication',
    common: `${table} CREATE TABLE u (id integer);`,
    one: 'CREATE PUBLICATION p FOR TABLE t',
    other: 'CREATE PUBLICATION p FOR TABLE u',
  },
  {
    engine: 'postgres',
    kind: 'foreign table',
    common: server,
    one: 'CREATE FOREIGN TABLE g (id integer) SERVER s',
    other: 'CREATE FOREIGN TABLE g (id bigint) SERVER s',
  },
  {
    engine: 'postgres',
    kind: 'text search configuration',
    common: '',
    one: 'CREATE TEXT SEARCH CONFIGURATION c (COPY = german)',
    other: 'CREATE TEXT SEARCH CONFIGURATION c (COPY = french)',
  },
  {
    engine: 'postgres',
    kind: 'default privileges',
    common: table,
    one: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
    other: 'ALTER DEFAULT PRIVILEGES GRANT UPDATE ON TABLES TO PUBLIC',
  },
  {
    engine: 'postgres',
    kind: 'trigger that is not enabled',
    common: trigger,
    one: 'ALTER TABLE t DISABLE TRIGGER tr',
    other: 'ALTER TABLE t ENABLE ALWAYS TRIGGER tr',
  },
  {
    engine: 'postgres',
    kind: 'index of a partition',
    common: parts,
    one: 'CREATE INDEX ix ON m_1 (id)',
    other: 'CREATE INDEX ix ON m_1 (at)',
  },
  {
    engine: 'postgres',
    kind: 'clustered index',
    common: `${table} CREATE INDEX ix ON t (a);`,
    one: 'ALTER TABLE t CLUSTER ON t_pkey',
    other: 'ALTER TABLE t CLUSTER ON ix',
  },
  {
    engine: 'mysql',
    kind: 'system-versioned table',
    common: '',
    one: 'CREATE TABLE v (id integer) WITH SYSTEM VERSIONING',
    other: 'CREATE TABLE v (id bigint) WITH SYSTEM VERSIONING',
  },
  {
    engine: 'mysql',
    kind: 'descending primary key',
    common: '',
    one: 'CREATE TABLE d (a integer, b integer, PRIMARY KEY (a DESC, b))',
    other: 'CREATE TABLE d (a integer, b integer, PRIMARY KEY (a, b))',
  },
  {
    engine: 'sqlite',
    kind: 'clause of a table',
    common: '',
    one: 'CREATE TABLE c (id integer PRIMARY KEY, a text, UNIQUE (a COLLATE NOCASE) ON CONFLICT REPLACE)',
    other: 'CREATE TABLE c (id integer PRIMARY KEY, a text, UNIQUE (a))',
  },
  {
    engine: 'sqlite',
    kind: 'virtual table',
    common: '',
    one: 'CREATE VIRTUAL TABLE v USING fts5(a)',
    other: 'CREATE VIRTUAL TABLE v USING fts5(b)',
  },
]

async function sideOf({ db, dialect }: Bench, texts: readonly string[]) {
  for (const text of texts) if (text !== '') await db.script(text)
  return {
    title: 'a side',
    schema: await dialect.introspect(db, 'all'),
    printed: { server: db.server, db },
    isLive: false,
  }
}

function differenceBetween(engine: TestEngine, from: readonly string[], to: readonly string[]): Promise<readonly Op[]> {
  return withBench(engine, (a) =>
    withBench(engine, async (b) => {
      const [one, other] = [await sideOf(a, from), await sideOf(b, to)]
      const { differences } = await differenceOf({ from: one, to: other, dialect: a.dialect, renames: [], own: [] })
      return differences
    }),
  )
}

const refusal = (kinds: readonly string[]) =>
  expect.objectContaining({ code: 'unsupported-kinds', details: expect.objectContaining({ kinds }) })

describe.each(engines.filter(({ available }) => available))('on $name', (engine) => {
  test.each(cases.filter((one) => one.engine === engine.name).map((one) => [one.kind, one] as const))(
    'a %s passes where it is alike, and only there',
    async (kind, { common, one, other }) => {
      const more = 'CREATE TABLE more (id integer)'
      const made = kind === 'default privileges' ? 'CREATE INDEX more ON t (a)' : more
      const differences = await differenceBetween(engine, [common, one], [common, one, made])
      expect(differences.map((op) => op.kind)).toEqual([made === more ? 'createTable' : 'createIndex'])
      await expect(differenceBetween(engine, [common, one], [common, other])).rejects.toEqual(refusal([kind]))
      await expect(differenceBetween(engine, [common], [common, one])).rejects.toEqual(refusal([kind]))
    },
  )

  test.skipIf(engine.name !== 'postgres')('what would be lost on the way is refused though it is alike', async () => {
    const disabled = [trigger, 'ALTER TABLE t DISABLE TRIGGER tr']
    const changed = 'ALTER TABLE t ALTER a TYPE bigint'
    const held =
      'CREATE TRIGGER tr2 BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER tr2;'
    await expect(differenceBetween(engine, [...disabled, held], [...disabled, changed, held])).rejects.toEqual(
      refusal(['trigger that is not enabled']),
    )
    const usual = 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC'
    await expect(differenceBetween(engine, [usual], [usual, table])).rejects.toEqual(refusal(['default privileges']))
  })
})
