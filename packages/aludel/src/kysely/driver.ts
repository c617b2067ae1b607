// Kysely's driver over Aludel's connections: queries, transactions and savepoints of one borrowed connection.

import {
  type CompiledQuery,
  createQueryId,
  type DatabaseConnection,
  type Driver,
  InsertQueryNode,
  type QueryCompiler,
  type QueryResult,
  SelectQueryNode,
  sql,
  type TransactionSettings,
} from 'kysely'
import type { Connection, Value } from '../database/types.ts'
import type { ConnectionSource } from './source.ts'

/** What Kysely needs to know of an engine beyond what its own compiler knows. */
export interface Habits {
  /** Asks for the number that the last INSERT was given; null where only RETURNING tells. */
  readonly insertId: string | null
  /** When SET TRANSACTION is said: before BEGIN, as the first statement after it, or never. */
  readonly settings: 'before' | 'after' | 'never'
}

export function driverOver(source: ConnectionSource, habits: Habits): Driver {
  const own = (connection: DatabaseConnection) => connection as Borrowed
  const savepoint =
    (command: string) =>
    async (connection: DatabaseConnection, name: string, compileQuery: QueryCompiler['compileQuery']) => {
      const node = sql`${sql.raw(command)} ${sql.id(name)}`.toOperationNode()
      await connection.executeQuery(compileQuery(node, createQueryId()))
    }
  return {
    init: async () => undefined,
    acquireConnection: async () => borrowed(await source.borrow(), habits),
    beginTransaction: (connection, settings) => own(connection).begin(settings),
    commitTransaction: (connection) => own(connection).end('commit'),
    rollbackTransaction: (connection) => own(connection).end('rollback'),
    savepoint: savepoint('savepoint'),
    rollbackToSavepoint: savepoint('rollback to savepoint'),
    releaseSavepoint: savepoint('release savepoint'),
    releaseConnection: async (connection) => own(connection).release(source),
    // Who opened the connections closes them.
    destroy: async () => undefined,
  }
}

interface Borrowed extends DatabaseConnection {
  begin(settings: TransactionSettings): Promise<void>
  end(how: 'commit' | 'rollback'): Promise<void>
  release(source: ConnectionSource): void
}

function borrowed(db: Connection, habits: Habits): Borrowed {
  let failed = false
  let transaction: OpenTransaction | null = null
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      failed = true
      throw error
    }
  }
  return {
    executeQuery: <Row>(query: CompiledQuery) => watched(execute<Row>(db, query, habits)),
    streamQuery: async function* <Row>(query: CompiledQuery, chunkSize = 100) {
      try {
        for await (const rows of db.stream<Row>(query.sql, query.parameters.map(toValue), chunkSize)) {
          yield { rows: [...rows] }
        }
      } catch (error) {
        failed = true
        throw error
      }
    },
    begin: async (settings) => {
      const setting = settingsText(settings)
      if (setting !== null && habits.settings === 'before') await watched(db.query(setting))
      transaction = await watched(openTransaction(db))
      if (setting !== null && habits.settings === 'after') await watched(db.query(setting))
    },
    end: async (how) => {
      const open = transaction
      transaction = null
      if (open !== null) await watched(open[how]())
    },
    release: (source) => source.giveBack(db, { failed }),
  }
}

async function execute<Row>(db: Connection, query: CompiledQuery, habits: Habits): Promise<QueryResult<Row>> {
  const { rows, affected } = await db.query<Row>(query.sql, query.parameters.map(toValue))
  if (SelectQueryNode.is(query.query)) return { rows: [...rows] }
  const changed = { rows: [...rows], numAffectedRows: BigInt(affected) }
  if (habits.insertId === null || !InsertQueryNode.is(query.query) || affected === 0) return changed
  const answer = await db.query<{ readonly id: number | bigint | null }>(habits.insertId)
  const id = BigInt(answer.rows[0]?.id ?? 0)
  return id === 0n ? changed : { ...changed, insertId: id }
}

interface OpenTransaction {
  commit(): Promise<void>
  rollback(): Promise<void>
}

const takenBack = new Error('The transaction was rolled back.')

/**
 * Kysely begins and ends a transaction in two calls, a connection takes it as one: its work is waiting for the end. So
 * the connection knows that it is in a transaction, and one that is opened inside becomes a savepoint.
 */
function openTransaction(db: Connection): Promise<OpenTransaction> {
  return new Promise((opened, refused) => {
    const work = (end: { commit: () => void; rollback: (reason: Error) => void }) => {
      opened({
        commit: () => {
          end.commit()
          return whole
        },
        rollback: async () => {
          end.rollback(takenBack)
          await whole.catch((error: unknown) => {
            if (error !== takenBack) throw error
          })
        },
      })
    }
    const whole = db.transaction(() => new Promise<void>((commit, rollback) => work({ commit, rollback })))
    // Refused before it was opened: BEGIN failed. Afterwards commit or rollback tells.
    whole.catch(refused)
  })
}

function settingsText({ isolationLevel, accessMode }: TransactionSettings): string | null {
  const level = isolationLevel === undefined ? [] : [`isolation level ${isolationLevel}`]
  const parts = [...level, ...(accessMode === undefined ? [] : [accessMode])]
  return parts.length === 0 ? null : `set transaction ${parts.join(', ')}`
}

/** Plain objects and arrays are JSON for its columns; everything else the connection judges. */
function toValue(parameter: unknown): Value {
  if (Array.isArray(parameter) || isPlainObject(parameter)) return JSON.stringify(parameter)
  return parameter as Value
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
