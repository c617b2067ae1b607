// A database of one's own on an engine, and what the laws of the dialects are shown with.

import { expect } from 'vitest'
import { settleExpressions } from '../../src/compare/expressions.ts'
import { namedAsFound } from '../../src/compare/unnamed.ts'
import type { Connection } from '../../src/database/types.ts'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { engineNamed } from '../../src/dialects/registry.ts'
import type { Op } from '../../src/ops/operations.ts'
import { send } from '../../src/runner/send.ts'
import { enumsIn, findEnum } from '../../src/schema/lookup.ts'
import { emptySchema, type Schema, type Table } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import type { TestEngine } from '../engines/index.ts'

export interface Bench {
  readonly db: Connection
  readonly dialect: Dialect
  /** Another session on the same database. */
  connect(): Promise<Connection>
  /** Renders and sends operations as a step would: with what they read, in a transaction where the engine has those. */
  run(ops: readonly Op[]): Promise<void>
  close(): Promise<void>
}

export async function openBench(engine: TestEngine): Promise<Bench> {
  const { url, drop } = await engine.freshDatabase()
  const { connect: open, dialectFor } = await engineNamed(engine.name)
  const opened: Connection[] = []
  const connect = async () => {
    const db = await open({
      url,
      directory: process.cwd(),
      lockTimeout: 2000,
      mustExist: false,
      resolveFrom: [process.cwd()],
    })
    opened.push(db)
    return db
  }
  const db = await connect()
  const dialect = dialectFor(db.server)
  return {
    db,
    dialect,
    connect,
    run: (ops) => runStep(db, dialect, ops),
    close: async () => {
      for (const one of opened) await one.close()
      await drop()
    },
  }
}

/** The body with a bench of its own, which is gone afterwards whatever happens. */
export async function withBench<T>(engine: TestEngine, body: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await openBench(engine)
  return body(bench).finally(bench.close)
}

async function runStep(db: Connection, dialect: Dialect, ops: readonly Op[]): Promise<void> {
  const reads = ops.flatMap((op) => dialect.reads(op))
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  const statements = dialect.render(ops, before)
  const guard = dialect.guard(ops)
  if (guard !== null) await db.statements(guard.before)
  try {
    if (!dialect.features.transactionalDdl || statements.some((statement) => !statement.transactional)) {
      for (const statement of statements) await send(db, [statement])
      return
    }
    await db.transaction(async () => {
      if (guard !== null) await guard.begin(db)
      await send(db, statements)
      if (guard !== null) await guard.verify(db)
    })
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

/** What makes a schema from nothing: foreign keys to later tables come last where a table cannot refer to the future. */
export function creation(schema: Schema, { features }: Dialect): readonly Op[] {
  const position = new Map(schema.tables.map((table, at) => [table, at]))
  const isLate = (table: Table, referent: { readonly namespace: string | null; readonly name: string }) => {
    const to = schema.tables.find((one) => one.name === referent.name && one.namespace === referent.namespace)
    return to !== undefined && (position.get(to) ?? 0) > (position.get(table) ?? 0)
  }
  const late = schema.tables.flatMap((table) =>
    features.alterConstraints
      ? table.foreignKeys.filter((key) => isLate(table, key.referent)).map((foreignKey) => ({ table, foreignKey }))
      : [],
  )
  const used = schema.tables.flatMap((table) => enumsIn(table.columns))
  const unused = schema.enums.filter((type) => findEnum({ ...emptySchema, enums: used }, type) === null)
  return [
    ...schema.namespaces.map((name): Op => ({ kind: 'createNamespace', name, ifNotExists: false })),
    ...unused.map((enumeration): Op => ({ kind: 'createEnum', enumeration })),
    ...schema.tables.map((table): Op => {
      const foreignKeys = table.foreignKeys.filter((key) => !late.some(({ foreignKey }) => foreignKey === key))
      return { kind: 'createTable', table: { ...table, foreignKeys }, ifNotExists: false }
    }),
    ...late.map(
      ({ table: { namespace, name }, foreignKey }): Op => ({
        kind: 'createForeignKey',
        table: { namespace, name },
        foreignKey,
      }),
    ),
  ]
}

/** The database is what the schema says, in the engine's spelling; expressions mean the same where the engine says so. */
export async function expectSchema({ db, dialect }: Bench, schema: Schema): Promise<void> {
  const found = await dialect.introspect(db, 'all')
  const wanted = namedAsFound(dialect.normalize(schema), found)
  const actual = await settleExpressions(db, dialect, found, wanted)
  expect(sortedSchema(actual)).toEqual(sortedSchema(wanted))
}
