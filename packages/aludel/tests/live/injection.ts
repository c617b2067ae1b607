// Every operation with a word that would break out of a careless statement, as every name and value that it takes.

import { expect } from 'vitest'
import type { OpKind } from '../../src/ops/operations.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { enumeration, integer, string } from '../../src/schema/column.ts'
import { check, index, unique } from '../../src/schema/constraints.ts'
import { name, sql } from '../../src/schema/sql.ts'
import type { Bench } from './bench.ts'

/** Words as names and as values. No two are the same where large and small letters are. */
export const words = [
  "it's",
  'a "quoted" one',
  'back`tick',
  'back\\slash\\',
  "'; DROP TABLE safe; --",
  'new\nline',
  'dash -- dash',
  '/* comment',
  '*/',
  '$$',
  '$1',
  '100%s',
  'what?',
  ':name',
  'a.b',
  'select',
  'größe 日本',
  'emoji 😀',
  'x'.repeat(63),
  'y'.repeat(64),
  'ü'.repeat(32),
  'space at the end ',
  'nul\0nul',
] as const

export interface Attempt {
  /** What stands there before, made from the word as well. */
  before?(op: Operations, word: string): void
  work(op: Operations, word: string): void
  /** What the schema does not tell. */
  expect?(bench: Bench): Promise<void>
}

/** A table of the word's own, with columns that any operation may need. */
function tableOf(op: Operations, word: string, more: Parameters<Operations['createTable']>[2] = null): void {
  op.createTable(word, { id: integer().primaryKey(), [word]: string(100), other: integer() }, more)
}

const plainTable = (op: Operations, word: string) => tableOf(op, word)

const keyed = (word: string) => [unique(`uq ${word}`).on(word), check(`ck ${word}`, sql`${name(word)} <> ${word}`)]

/** A text with the word in the place of each NAME, as the engine quotes it. */
function program({ dialect }: Operations, word: string, text: string): string {
  const quoted = dialect === 'mysql' ? `\`${word.replaceAll('`', '``')}\`` : `"${word.replaceAll('"', '""')}"`
  return text.replaceAll('NAME', () => quoted)
}

/** What is tried with each operation, or why nothing is. */
export const attempts: { readonly [K in OpKind]: Attempt | string } = {
  createTable: {
    work: (op, word) => {
      const columns = { id: integer().primaryKey(), [word]: string(100).default(word).comment(word) }
      op.createTable(word, columns, () => [...keyed(word), index(`ix ${word}`).on(word)], { comment: word })
    },
  },
  dropTable: { before: plainTable, work: (op, word) => op.dropTable(word) },
  renameTable: {
    before: (op, word) => tableOf(op, word),
    work: (op, word) => op.renameTable(word, `${word.slice(1)}2`),
  },
  moveTable: {
    before: plainTable,
    work: (op, word) => {
      op.createNamespace(word)
      op.renameTable(word, { namespace: word, name: word })
    },
  },
  alterTable: {
    before: plainTable,
    work: (op, word) => op.alterTable(word, { comment: word, postgres: { unlogged: true } }),
  },
  createTableComment: { before: plainTable, work: (op, word) => op.createTableComment(word, word) },
  addColumn: {
    before: (op, word) => op.createTable(word, { id: integer().primaryKey() }),
    work: (op, word) => op.addColumn(word, word, string(100).notNull().default(word).comment(word)),
  },
  alterColumn: {
    before: plainTable,
    work: (op, word) => op.alterColumn(word, word, { default: word, comment: word, type: string(120) }),
  },
  dropColumn: { before: plainTable, work: (op, word) => op.dropColumn(word, word) },
  renameColumn: { before: plainTable, work: (op, word) => op.renameColumn(word, 'other', `${word.slice(1)}2`) },
  createIndex: { before: plainTable, work: (op, word) => op.createIndex(`ix ${word}`, word, [word, 'other']) },
  dropIndex: {
    before: (op, word) => tableOf(op, word, () => [index(`ix ${word}`).on(word)]),
    work: (op, word) => op.dropIndex(`ix ${word}`, word),
  },
  renameIndex: {
    before: (op, word) => tableOf(op, word, () => [index(`ix ${word}`).on(word)]),
    work: (op, word) => op.renameIndex(`ix ${word}`, word, `jx ${word}`),
  },
  createPrimaryKey: {
    before: (op, word) => op.createTable(word, { [word]: string(100).notNull() }),
    work: (op, word) => op.createPrimaryKey(`pk ${word}`, word, [word]),
  },
  createUniqueConstraint: {
    before: plainTable,
    work: (op, word) => op.createUniqueConstraint(`uq ${word}`, word, [word]),
  },
  createForeignKey: {
    before: (op, word) => tableOf(op, word, () => [unique(`uq ${word}`).on(word)]),
    work: (op, word) => {
      op.addColumn(word, 'own', string(100))
      op.createForeignKey(`fk ${word}`, word, word, ['own'], [word])
    },
  },
  createCheckConstraint: {
    before: plainTable,
    work: (op, word) => op.createCheckConstraint(`ck ${word}`, word, sql`${name(word)} <> ${word}`),
  },
  createExcludeConstraint: {
    before: plainTable,
    work: (op, word) => op.createExcludeConstraint(`ex ${word}`, word, [[word, '=']], { using: 'btree' }),
  },
  dropConstraint: {
    before: (op, word) => tableOf(op, word, () => keyed(word)),
    work: (op, word) => op.dropConstraint(`ck ${word}`, word, { type: 'check' }),
  },
  renameConstraint: {
    before: (op, word) => tableOf(op, word, () => keyed(word)),
    work: (op, word) => op.renameConstraint(`uq ${word}`, word, `vq ${word}`),
  },
  alterConstraint: {
    before: (op, word) => {
      tableOf(op, word, () => [unique(`uq ${word}`).on(word)])
      op.addColumn(word, 'own', string(100))
      op.createForeignKey(`fk ${word}`, word, word, ['own'], [word])
    },
    work: (op, word) => op.alterConstraint(`fk ${word}`, word, { initially: 'deferred' }),
  },
  validateConstraint: {
    before: (op, word) => {
      tableOf(op, word)
      op.createCheckConstraint(`ck ${word}`, word, sql`${name(word)} <> ${word}`, { notValid: true })
    },
    work: (op, word) => op.validateConstraint(`ck ${word}`, word),
  },
  createEnum: {
    work: (op, word) => {
      op.createEnum(word, [word])
      op.createTable(`t ${word}`.slice(0, 40), {
        id: integer().primaryKey(),
        a: enumeration(word, [word]).default(word),
      })
    },
  },
  dropEnum: { before: (op, word) => op.createEnum(word, [word]), work: (op, word) => op.dropEnum(word) },
  setEnumValues: {
    before: (op, word) => {
      op.createEnum(word, ['plain'])
      op.createTable(`t ${word}`.slice(0, 40), { id: integer().primaryKey(), [word]: enumeration(word, ['plain']) })
    },
    work: (op, word) => op.setEnumValues(word, ['plain', word], [{ table: `t ${word}`.slice(0, 40), column: word }]),
  },
  createNamespace: { work: (op, word) => op.createNamespace(word) },
  dropNamespace: { before: (op, word) => op.createNamespace(word), work: (op, word) => op.dropNamespace(word) },
  createView: {
    before: plainTable,
    work: (op, word) => op.createView(`v${word.slice(1)}`, viewOf(word), { columns: [word] }),
  },
  dropView: {
    before: (op, word) => op.createView(word, 'SELECT 1 AS one'),
    work: (op, word) => op.dropView(word),
  },
  renameView: {
    before: (op, word) => op.createView(word, 'SELECT 1 AS one'),
    work: (op, word) => op.renameView(word, `v${word.slice(1)}`),
  },
  createMaterializedView: {
    before: plainTable,
    work: (op, word) => op.createMaterializedView(`v${word.slice(1)}`, viewOf(word)),
  },
  dropMaterializedView: {
    before: (op, word) => op.createMaterializedView(word, 'SELECT 1 AS one'),
    work: (op, word) => op.dropMaterializedView(word),
  },
  refreshMaterializedView: {
    before: (op, word) => op.createMaterializedView(word, 'SELECT 1 AS one'),
    work: (op, word) => op.refreshMaterializedView(word),
  },
  createSequence: { work: (op, word) => op.createSequence(word) },
  alterSequence: {
    before: (op, word) => op.createSequence(word),
    work: (op, word) => op.alterSequence(word, { increment: 2 }),
  },
  renameSequence: {
    before: (op, word) => op.createSequence(word),
    work: (op, word) => op.renameSequence(word, `${word.slice(1)}2`),
  },
  dropSequence: { before: (op, word) => op.createSequence(word), work: (op, word) => op.dropSequence(word) },
  createFunction: { work: (op, word) => op.createFunction(word, functionText(op, word)) },
  dropFunction: {
    before: (op, word) => op.createFunction(word, functionText(op, word)),
    work: (op, word) => op.dropFunction(word),
  },
  createTrigger: 'Its text is the whole statement, as its author quoted it.',
  dropTrigger: {
    before: (op, word) => {
      tableOf(op, word)
      op.createTrigger(word, word, triggerText(op, word))
    },
    work: (op, word) => op.dropTrigger(word, word),
  },
  createCompositeType: { work: (op, word) => op.createCompositeType(word, { [word]: string(100) }) },
  alterCompositeType: {
    before: (op, word) => op.createCompositeType(word, { id: integer() }),
    work: (op, word) => op.alterCompositeType(word, { add: { [word]: string(100) } }),
  },
  dropCompositeType: {
    before: (op, word) => op.createCompositeType(word, { [word]: string(100) }),
    work: (op, word) => op.dropCompositeType(word),
  },
  createObject: 'Its text is the whole statement, as its author quoted it.',
  dropObject: {
    before: (op, word) => {
      plainTable(op, word)
      if (op.dialect === 'mysql') {
        op.createObject('event', word, program(op, word, 'CREATE EVENT NAME ON SCHEDULE EVERY 1 DAY DO SELECT 1'))
      } else {
        const text = program(op, word, 'CREATE RULE NAME AS ON DELETE TO NAME DO NOTHING')
        op.createObject('rule', word, text, { on: word })
      }
    },
    work: (op, word) =>
      op.dialect === 'mysql' ? op.dropObject('event', word) : op.dropObject('rule', word, { on: word }),
  },
  comment: {
    before: (op, word) => op.createSequence(word),
    work: (op, word) => op.comment({ sequence: word }, word),
  },
  createExtension: 'Its name is that of a file on the server.',
  dropExtension: 'Its name is that of a file on the server.',
  bulkInsert: {
    before: plainTable,
    work: (op, word) => op.bulkInsert(word, [{ id: 1, [word]: word }]),
    expect: expectRows,
  },
  insertFile: 'Its rows become those of bulkInsert; tests/live/data-files.test.ts has such rows in files.',
  execute: {
    before: plainTable,
    work: (op, word) => {
      op.execute(sql`INSERT INTO ${name(word)} (id, ${name(word)}) VALUES (${1}, ${word})`, {
        undo: sql`DELETE FROM ${name(word)}`,
      })
    },
    expect: expectRows,
  },
  addEnumValue: 'tests/live/enum-values.test.ts has the worst of values.',
  renameEnumValue: 'tests/live/enum-values.test.ts has the worst of values.',
  createDomain: {
    work: (op, word) =>
      op.createDomain(word, string(100).default(word), { check: sql`VALUE <> ${word}`, constraintName: word }),
  },
  alterDomain: {
    before: (op, word) => op.createDomain(word, string(100)),
    work: (op, word) => op.alterDomain(word, { default: word }),
  },
  renameDomain: {
    before: (op, word) => op.createDomain(word, string(100)),
    work: (op, word) => op.renameDomain(word, `${word.slice(1)}2`),
  },
  dropDomain: { before: (op, word) => op.createDomain(word, string(100)), work: (op, word) => op.dropDomain(word) },
  enableRowSecurity: { before: plainTable, work: (op, word) => op.enableRowSecurity(word) },
  disableRowSecurity: {
    before: (op, word) => {
      tableOf(op, word)
      op.enableRowSecurity(word)
    },
    work: (op, word) => op.disableRowSecurity(word),
  },
  createPolicy: {
    before: plainTable,
    work: (op, word) => op.createPolicy(word, word, { using: sql`${name(word)} <> ${word}` }),
  },
  alterPolicy: {
    before: withPolicy,
    work: (op, word) => op.alterPolicy(word, word, { check: sql`${name(word)} <> ${word}` }),
  },
  renamePolicy: { before: withPolicy, work: (op, word) => op.renamePolicy(word, word, `${word.slice(1)}2`) },
  dropPolicy: { before: withPolicy, work: (op, word) => op.dropPolicy(word, word) },
  grant: 'Users belong to the server; tests/live/grants.test.ts makes its own.',
  revoke: 'Users belong to the server; tests/live/grants.test.ts makes its own.',
  createPartition: {
    before: parted,
    work: (op, word) => op.createPartition(`p${word.slice(1)}`, word, { in: [word] }),
  },
  attachPartition: {
    before: (op, word) => {
      parted(op, word)
      op.createTable(`p${word.slice(1)}`, { [word]: string(100) })
    },
    work: (op, word) => op.attachPartition(`p${word.slice(1)}`, word, { in: [word] }),
  },
  detachPartition: {
    before: (op, word) => {
      parted(op, word)
      op.createTable(`p${word.slice(1)}`, { [word]: string(100) })
      op.attachPartition(`p${word.slice(1)}`, word, { in: [word] })
    },
    work: (op, word) => op.detachPartition(`p${word.slice(1)}`, word),
  },
  setAside: 'tests/live/archives.test.ts keeps rows with such words.',
  putBack: 'tests/live/archives.test.ts puts back rows with such words.',
  run: 'Code is no SQL.',
  autocommit: 'It holds other operations.',
}

function withPolicy(op: Operations, word: string): void {
  tableOf(op, word)
  op.createPolicy(word, word, { using: sql`true` })
}

function parted(op: Operations, word: string): void {
  op.createTable(word, { [word]: string(100) }, null, { postgres: { partitionBy: { list: [word] } } })
}

/** Each table holds the one row in which a text is the table's own name. */
async function expectRows({ db, dialect }: Bench): Promise<void> {
  const { tables } = await dialect.introspect(db, 'all')
  const own = tables.filter((table) => table.name !== 'safe')
  expect(own.length).toBeGreaterThan(15)
  for (const { name: word } of own) {
    const { rows } = await db.query(`SELECT * FROM ${dialect.quote(word)}`)
    expect(rows).toEqual([{ id: 1, [word]: word, other: null }])
  }
}

const viewOf = (word: string) => sql`SELECT ${name(word)} FROM ${name(word)} WHERE ${name(word)} <> ${word}`

function functionText(op: Operations, word: string): string {
  const rest =
    op.dialect === 'mysql'
      ? 'CREATE FUNCTION NAME() RETURNS INT DETERMINISTIC RETURN 1'
      : 'CREATE FUNCTION NAME() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'
  return program(op, word, rest)
}

function triggerText(op: Operations, word: string): string {
  const rest = {
    postgres:
      'CREATE TRIGGER NAME BEFORE UPDATE ON NAME FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    mysql: 'CREATE TRIGGER NAME BEFORE INSERT ON NAME FOR EACH ROW SET NEW.id = NEW.id',
    sqlite: 'CREATE TRIGGER NAME AFTER INSERT ON NAME BEGIN SELECT 1; END',
  }[op.dialect]
  return program(op, word, rest)
}
