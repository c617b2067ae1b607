// Statements on their way: as few round trips as safety allows, and a failure that knows which one it was.

import type { Connection, Statement, StatementFailure } from '../database/types.ts'

/** Why a statement failed, and which. */
export interface SendFailure {
  readonly name: 'SendFailure'
  /** Its position in the list that was sent. */
  readonly position: number
  readonly statement: Statement
  readonly cause: unknown
}

/** Sends statements in order; neighbours without parameters go together. */
export async function send(db: Connection, statements: readonly Statement[]): Promise<void> {
  for (let at = 0; at < statements.length; ) {
    const first = statements[at]
    if (first === undefined) return
    if (first.parameters.length > 0) {
      await sendOne(db, first, at)
      at += 1
      continue
    }
    let end = at + 1
    while (end < statements.length && statements[end]?.parameters.length === 0) end += 1
    await sendPlain(db, statements.slice(at, end), at)
    at = end
  }
}

async function sendOne(db: Connection, statement: Statement, position: number): Promise<void> {
  try {
    await db.query(statement.sql, statement.parameters)
  } catch (cause) {
    throw failure(statement, position, cause)
  }
}

async function sendPlain(db: Connection, statements: readonly Statement[], offset: number): Promise<void> {
  try {
    await db.statements(statements.map((statement) => statement.sql))
  } catch (error) {
    if (!isStatementFailure(error)) throw error
    const statement = statements[error.position]
    if (statement === undefined) throw error.cause
    throw failure(statement, offset + error.position, error.cause)
  }
}

export function isStatementFailure(error: unknown): error is StatementFailure {
  return error instanceof Error && error.name === 'StatementFailure' && 'position' in error
}

export function isSendFailure(error: unknown): error is SendFailure & Error {
  return error instanceof Error && error.name === 'SendFailure' && 'statement' in error
}

function failure(statement: Statement, position: number, cause: unknown): SendFailure & Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  return Object.assign(new Error(message, { cause }), { name: 'SendFailure' as const, position, statement, cause })
}
