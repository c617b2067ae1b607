// A chain of twenty revisions that does what real ones do, slowly: what runs are killed in the middle of.

import type { EngineName } from './engine.ts'

export interface ChainOptions {
  readonly engine: EngineName
  /** Rows of the large table; the others have an eighth. */
  readonly rows: number
  /** Seconds that a slow statement takes at least; 0 for a chain that is through at once. */
  readonly nap: number
}

export interface ChainRevision {
  readonly id: string
  readonly text: string
}

/** In an order in which they can be applied. The last three are two branches and their merge. */
export function chain(options: ChainOptions): readonly ChainRevision[] {
  const words = wordsOf(options)
  return [...first(words), ...middle(words), ...last(words)].map(({ id, down, head = '', up, back }) => ({
    id,
    text: `/** Revision ${id} */
import { inverse, type Operations } from 'aludel'
import { bigint, enumeration, foreignKey, index, integer, primaryKey, sql, string, text, unique } from 'aludel/schema'

export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
${head}
export function upgrade(op: Operations) {
${up}
}

${back === null ? 'export { inverse as downgrade }' : `export function downgrade(op: Operations) {\n${back}\n}`}
`,
  }))
}

interface Part {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly head?: string
  readonly up: string
  /** Null for the inverse. */
  readonly back: string | null
}

interface Insert {
  readonly into: string
  readonly columns: string
  /** Of the number `n`. */
  readonly values: string
  readonly rows: number
}

interface Words {
  readonly engine: EngineName
  readonly large: number
  readonly small: number
  /** A call that does nothing but take its time. */
  readonly nap: string
  insert(request: Insert): string
  update(table: string, set: string, where: string): string
  /** SQL of its own as a call of `op.execute`. */
  execute(...texts: readonly string[]): string
  text(number: string, prefix: string): string
}

function wordsOf({ engine, rows, nap }: ChainOptions): Words {
  const execute = (...texts: readonly string[]) =>
    `  op.execute(${texts.length === 1 ? JSON.stringify(texts[0]) : JSON.stringify(texts)})`
  const { inserted, updated, slept, numbered } = {
    postgres: postgresWords(nap),
    mysql: mysqlWords(nap),
    sqlite: sqliteWords(nap),
  }[engine]
  return {
    engine,
    large: rows,
    small: Math.ceil(rows / 8),
    nap: nap === 0 ? '' : `  op.execute(${JSON.stringify(slept)}, { undo: ${JSON.stringify(slept)} })`,
    insert: (request) => inserted(request),
    update: updated,
    execute,
    text: numbered,
  }
}

interface EngineWords {
  readonly slept: string
  inserted(request: Insert): string
  updated(table: string, set: string, where: string): string
  numbered(number: string, prefix: string): string
}

function postgresWords(nap: number): EngineWords {
  const slow = `(SELECT count(*) FROM (SELECT pg_sleep(${nap})) AS z) = 1`
  return {
    slept: `SELECT pg_sleep(${nap})`,
    inserted: ({ into, columns, values, rows }) =>
      `INSERT INTO ${into} (${columns}) SELECT ${values} FROM generate_series(1, ${rows}) AS s(n) WHERE ${slow}`,
    updated: (table, set, where) => `UPDATE ${table} SET ${set} WHERE ${where} AND ${slow}`,
    numbered: (number, prefix) => `'${prefix}' || ${number}`,
  }
}

function mysqlWords(nap: number): EngineWords {
  const slow = `(SELECT SLEEP(${nap}) AS nap) AS z`
  return {
    slept: `SELECT SLEEP(${nap})`,
    inserted: ({ into, columns, values, rows }) =>
      `INSERT INTO ${into} (${columns}) SELECT ${values} FROM (SELECT seq AS n FROM seq_1_to_${rows}) AS s, ${slow}`,
    updated: (table, set, where) => `UPDATE ${table}, ${slow} SET ${set} WHERE ${where}`,
    numbered: (number, prefix) => `concat('${prefix}', ${number})`,
  }
}

function sqliteWords(nap: number): EngineWords {
  const steps = Math.max(1, Math.round(nap * 4_000_000))
  const counted = `(WITH RECURSIVE z(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM z WHERE n < ${steps}) SELECT count(*) FROM z)`
  return {
    slept: `SELECT ${counted}`,
    inserted: ({ into, columns, values, rows }) =>
      `INSERT INTO ${into} (${columns}) WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${rows}) SELECT ${values} FROM s WHERE ${counted} > 0`,
    updated: (table, set, where) => `UPDATE ${table} SET ${set} WHERE ${where} AND ${counted} > 0`,
    numbered: (number, prefix) => `'${prefix}' || ${number}`,
  }
}

const only = (condition: boolean, line: string) => (condition ? line : '')

function first({ engine, large, small, nap, insert, update, execute, text }: Words): readonly Part[] {
  const isPostgres = engine === 'postgres'
  return [
    {
      id: 'c01',
      down: null,
      up: `  op.createTable('account', { id: integer().primaryKey(), email: string(80).notNull(), score: integer().notNull().default(0), note: text() }, (t) => [unique('uq_account_email').on(t.email)])
${nap}
  op.createTable('event', { id: integer().primaryKey(), account_id: integer().notNull(), kind: string(20), body: text() }, (t) => [index('ix_event_kind').on(t.kind), foreignKey(['account_id'], 'account', ['id'], { name: 'fk_event_account' })])`,
      back: `  op.dropTable('event')\n${nap}\n  op.dropTable('account')`,
    },
    {
      id: 'c02',
      down: 'c01',
      up: `${execute(insert({ into: 'account', columns: 'id, email', values: `n, ${text('n', 'user')}`, rows: small }))}
${execute(update('account', 'score = score + id', 'id % 3 = 0'))}
${execute('UPDATE account SET note = email WHERE id % 7 = 0')}`,
      back: execute(update('account', 'score = 0', 'id % 3 = 0'), 'DELETE FROM account'),
    },
    {
      id: 'c03',
      down: 'c02',
      up: `${execute(insert({ into: 'event', columns: 'id, account_id, kind, body', values: `n, 1 + n % ${small}, ${text('n % 5', 'kind')}, ${text('n', 'a story that is long enough to fill a page of its own with others like it, number ')}`, rows: large }))}
${execute('UPDATE account SET score = score + 1')}`,
      back: `${execute('UPDATE account SET score = score - 1')}\n${execute('DELETE FROM event')}`,
    },
    {
      id: 'c04',
      down: 'c03',
      up: `${only(isPostgres, drowsy(nap))}
  op.addColumn('event', 'size', integer().generated(sql\`length(body)\`))
${nap}
${only(isPostgres, "  op.addColumn('account', 'slow', integer().generated(sql`drowsy(id)`))")}`,
      back: `${only(isPostgres, "  op.dropColumn('account', 'slow')")}
  op.dropColumn('event', 'size')
${nap}
${only(isPostgres, "  op.dropFunction('drowsy', { arguments: 'integer' })")}`,
    },
    {
      id: 'c05',
      down: 'c04',
      up: `  op.createIndex('ix_event_kind_account', 'event', ['kind', 'account_id'])
${execute(update('account', 'score = score * 2', 'id % 5 = 0'))}
${only(isPostgres, "  op.createIndex('ix_account_slow', 'account', [sql`drowsy(id)`])")}
  op.createIndex('ix_account_score', 'account', ['score'])`,
      back: `  op.dropIndex('ix_account_score', 'account')
${only(isPostgres, "  op.dropIndex('ix_account_slow', 'account')")}
${execute(update('account', 'score = score / 2', 'id % 5 = 0'))}
  op.dropIndex('ix_event_kind_account', 'event')`,
    },
    {
      id: 'c06',
      down: 'c05',
      up: `  op.addColumn('account', 'level', integer().notNull().default(1))
${engine === 'sqlite' ? "  op.autocommit((op) => op.createIndex('ix_account_level', 'account', ['level']))" : `  op.createIndex('ix_account_level', 'account', ['level'${only(isPostgres, ', sql`drowsy(id)`')}], { postgres: { concurrently: true } })`}
${execute(update('account', 'level = level + 1', 'id % 2 = 0'))}
  op.autocommit((op) => {
  ${execute(update('account', 'level = level * 2', 'id % 3 = 0'))}
  })
${only(isPostgres, "  op.autocommit((op) => op.createIndex('ix_event_size', 'event', ['size', sql`drowsy(account_id)`], { postgres: { concurrently: true } }))")}`,
      back: `${only(isPostgres, "  op.autocommit((op) => op.dropIndex('ix_event_size', 'event', { concurrently: true }))")}
${execute(update('account', 'score = score + 1', 'id % 4 = 0'))}
  op.dropIndex('ix_account_level', 'account')
  op.dropColumn('account', 'level')`,
    },
    {
      id: 'c07',
      down: 'c06',
      up: `  op.alterColumn('event', 'kind', { type: string(400), nullable: false })
${nap}
  op.alterColumn('account', 'score', { type: bigint() })`,
      back: `  op.alterColumn('account', 'score', { type: integer() })
${nap}
  op.alterColumn('event', 'kind', { type: string(20), nullable: true })`,
    },
  ]
}

/** On PostgreSQL a function makes every statement slow that looks at the first row: an index, a column that is worked out. */
function drowsy(nap: string): string {
  const seconds = nap === '' ? '' : ` IF n = 1 THEN PERFORM ${/pg_sleep\([\d.]+\)/.exec(nap)?.[0] ?? '1'}; END IF;`
  return `  op.createFunction('drowsy', { postgres: 'CREATE FUNCTION drowsy(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN${seconds} RETURN n; END $$' }, { arguments: 'integer' })`
}

function middle({ small, nap, insert, update, execute, text }: Words): readonly Part[] {
  return [
    {
      id: 'c08',
      down: 'c07',
      up: `  op.run(async ({ db }) => {
    await db.query('UPDATE account SET score = score + 10 WHERE id <= 100')
    await db.query(${JSON.stringify(update('account', 'score = score * 3', 'id <= 50'))})
    await db.query('UPDATE account SET score = score - 1 WHERE id > 20')
  }, { touches: ['account'] })
  op.addColumn('account', 'rank', integer())
${execute(update('account', 'rank = id + 1', 'id % 2 = 1'))}`,
      back: `  op.dropColumn('account', 'rank')
  op.run(async ({ db }) => {
    await db.query('UPDATE account SET score = score + 1 WHERE id > 20')
    await db.query(${JSON.stringify(update('account', 'score = score / 3', 'id <= 50'))})
    await db.query('UPDATE account SET score = score - 10 WHERE id <= 100')
  }, { touches: ['account'] })`,
    },
    {
      id: 'c09',
      down: 'c08',
      up: `  op.createTable('ticket', { id: integer().primaryKey(), account_id: integer(), title: string(60), state: enumeration('ticket_state', ['new', 'open']).notNull().default('new') })
${execute(insert({ into: 'ticket', columns: 'id, account_id, title', values: `n, 1 + n % 20, ${text('n', 'ticket ')}`, rows: small }))}`,
      back: `${execute('DELETE FROM ticket')}\n  op.dropTable('ticket')\n  op.dropEnum('ticket_state')`,
    },
    {
      id: 'c10',
      down: 'c09',
      up: `  op.addEnumValue('ticket_state', 'closed', { columns: [{ table: 'ticket', column: 'state' }] })\n${nap}`,
      back: `${nap}\n  op.setEnumValues('ticket_state', ['new', 'open'], [{ table: 'ticket', column: 'state' }])`,
    },
    {
      id: 'c11',
      down: 'c10',
      up: `${execute(update('ticket', "state = 'closed'", 'id % 3 = 0'), "UPDATE ticket SET state = 'open' WHERE id % 3 = 1")}
${execute('UPDATE account SET score = score + 5')}`,
      back: `${execute('UPDATE account SET score = score - 5')}
${execute(update('ticket', "state = 'new'", 'id > 0'))}`,
    },
    {
      id: 'c12',
      down: 'c11',
      up: `  op.renameTable('event', 'happening')\n${nap}\n  op.renameColumn('account', 'note', 'remark')`,
      back: `  op.renameColumn('account', 'remark', 'note')\n${nap}\n  op.renameTable('happening', 'event')`,
    },
    {
      id: 'c13',
      down: 'c12',
      up: `  op.createTable('setting', { name: string(40).primaryKey(), value: text() })
  op.bulkInsert('setting', [{ name: 'a', value: 'one' }, { name: 'b', value: "it's" }, { name: 'c', value: null }])
${execute("INSERT INTO setting (name, value) VALUES ('d', 'four')", update('account', 'score = score + 7', 'id % 11 = 0'), "UPDATE setting SET value = 'five' WHERE name = 'd'")}`,
      back: `${execute(update('account', 'score = score - 7', 'id % 11 = 0'))}\n  op.dropTable('setting')`,
    },
    {
      id: 'c14',
      down: 'c13',
      head: "export const transaction = 'none'\n",
      up: `  op.addColumn('happening', 'flag', integer().notNull().default(0))
${execute(update('happening', 'flag = flag + id % 9', 'id % 2 = 0'))}
  op.createIndex('ix_happening_flag', 'happening', ['flag'])
${nap}
${execute(update('account', 'score = score + 1', 'id > 0'))}
  op.addColumn('account', 'mark', string(10))`,
      back: `  op.dropColumn('account', 'mark')
${execute(update('account', 'score = score - 1', 'id > 0'))}
  op.dropIndex('ix_happening_flag', 'happening')
${nap}
  op.dropColumn('happening', 'flag')`,
    },
  ]
}

function last({ engine, small, nap, insert, update, execute, text }: Words): readonly Part[] {
  const whole = engine === 'mysql' ? 'int' : 'integer'
  return [
    {
      id: 'c15',
      down: 'c14',
      up: `  op.dropColumn('account', 'remark', { keep: true })\n${nap}`,
      back: null,
    },
    {
      id: 'c16',
      down: 'c15',
      up: `  op.createView('scored', sql\`SELECT id, score FROM account WHERE score > 100\`)
  op.createCheckConstraint('ck_ticket_id', 'ticket', sql\`id > 0\`)
${nap}
  op.createUniqueConstraint('uq_ticket_title', 'ticket', ['title'])`,
      back: `  op.dropConstraint('uq_ticket_title', 'ticket', { type: 'unique' })
${nap}
  op.dropConstraint('ck_ticket_id', 'ticket', { type: 'check' })
  op.dropView('scored')`,
    },
    {
      id: 'c17',
      down: 'c16',
      up: `  op.createForeignKey('fk_ticket_account', 'ticket', 'account', ['account_id'], ['id'], { onDelete: 'set null' })
${execute(update('ticket', "title = 'none'", 'id = 5'))}
  op.alterColumn('ticket', 'title', { nullable: false, default: 'untitled' })`,
      back: `  op.alterColumn('ticket', 'title', { nullable: true, default: null })
${execute(update('ticket', `title = ${text('id', 'ticket ')}`, 'id = 5'))}
  op.dropConstraint('fk_ticket_account', 'ticket', { type: 'foreignKey' })`,
    },
    { id: 'c18', down: 'c17', up: `${nap}\n  op.dropTable('setting', { keep: true })`, back: null },
    {
      id: 'c19',
      down: 'c17',
      up: `  op.execute('ALTER TABLE account ADD COLUMN extra ${whole} DEFAULT 3 NOT NULL', { effects: (op) => op.addColumn('account', 'extra', integer().notNull().default(3)) })
${execute(update('account', 'extra = extra + id', 'id % 2 = 0'))}`,
      back: `${nap}\n  op.dropColumn('account', 'extra')`,
    },
    {
      id: 'c20',
      down: ['c18', 'c19'],
      up: `  op.createTable('audit', { account_id: integer().notNull(), step: integer().notNull(), line: text() }, (t) => [primaryKey(t.account_id, t.step)])
${execute(insert({ into: 'audit', columns: 'account_id, step, line', values: `n, 1, ${text('n', 'line ')}`, rows: small }))}
${execute('INSERT INTO audit SELECT account_id, step + 1, line FROM audit')}
  op.createIndex('ix_audit_step', 'audit', ['step'])`,
      back: `  op.dropIndex('ix_audit_step', 'audit')\n${nap}\n  op.dropTable('audit')`,
    },
  ]
}
