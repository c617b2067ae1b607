// Loads texts of SQL statement by statement, so that a refusal can tell the file and the line.

import type { Connection } from '../database/types.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { EngineError, SqlText } from './dialect.ts'

export interface Loading {
  split(sql: string): readonly string[]
  explain(error: unknown): EngineError
  /** Sends one statement. */
  send(sql: string): Promise<void>
}

/** @throws AludelError `sql-failed` */
export async function loadTexts(
  db: Connection,
  texts: readonly SqlText[],
  { signal, ...loading }: Loading & { readonly signal: AbortSignal },
): Promise<void> {
  const stop = () => void db.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await loadAll(texts, loading, signal)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function loadAll(texts: readonly SqlText[], loading: Loading, signal: AbortSignal): Promise<void> {
  for (const { name, text } of texts) {
    let at = 0
    for (const statement of loading.split(text)) {
      const start = Math.max(at, text.indexOf(statement, at))
      at = start + statement.length
      signal.throwIfAborted()
      try {
        await loading.send(statement)
      } catch (error) {
        signal.throwIfAborted()
        throw failure(error, { name, line: lineOf(text, start, statement), statement }, loading)
      }
    }
  }
}

/** Sends a statement as it is, whatever marks it holds. */
export function sendTo(db: Connection): (sql: string) => Promise<void> {
  return async (sql) => {
    await db.query(sql)
  }
}

interface Place {
  readonly name: string
  readonly line: number
  readonly statement: string
}

/** The line on which the statement begins, behind its comments. */
function lineOf(text: string, start: number, statement: string): number {
  const [comments = ''] = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(statement) ?? []
  return text.slice(0, start + comments.length).split('\n').length
}

function failure(error: unknown, { name, line, statement }: Place, { explain }: Loading): AludelError {
  if (isAludelError(error)) return error
  const { message, code, detail } = explain(error)
  return new AludelError('sql-failed', `${name}:${line}: ${message}`, {
    hint: detail,
    details: { file: name, line, statement, code },
    cause: error,
  })
}
