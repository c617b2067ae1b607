// Many statements in one message, with the place of the one that failed.

import type { StatementFailure } from '../../../database/types.ts'
import { split } from '../split.ts'
import type { Client, Driver } from './driver.ts'

/** Runs the statements in one round trip; throws a StatementFailure that says which of them was refused. */
export async function runScript(driver: Driver, client: Client, list: readonly string[]): Promise<void> {
  const counts = list.map(countOf)
  const sent = list.map((text, position) => ({ text, position })).filter(({ position }) => counts[position] !== 0)
  if (sent.length === 0) return
  // A line's end first: the statement may end in a comment.
  const whole = sent.map(({ text }) => text).join('\n;\n')
  let completed = 0
  const failed = await new Promise<Error | null>((resolve) => {
    const query = new driver.Query(whole, undefined, resolve)
    // Only the count is wanted: the driver would keep an answer for every statement.
    query.handleCommandComplete = () => {
      completed += 1
    }
    query.handleDataRow = () => undefined
    void client.query(query)
  })
  if (failed === null) return
  throw failure(failed, completed > 0 ? positionByCount(counts, completed) : positionByText(sent, failed))
}

/** How many statements a text holds; as a rule one, and then it need not be read. */
function countOf(text: string): number {
  return text.includes(';') || /^\s*(?:--|\/\*|$)/.test(text) ? split(text).length : 1
}

// A runtime error tells no place, but what had been completed before it is known.
function positionByCount(counts: readonly number[], completed: number): number {
  let seen = 0
  const position = counts.findIndex((count) => {
    seen += count
    return seen > completed
  })
  return position === -1 ? counts.length - 1 : position
}

/** A syntax error anywhere refuses the whole text; the server tells its place in characters, an emoji being one. */
function positionByText(sent: readonly { readonly text: string; readonly position: number }[], error: Error): number {
  const { position: place } = error as { readonly position?: string }
  let start = 1
  let found = sent[0]?.position ?? 0
  for (const { text, position } of sent) {
    if (place === undefined || start > Number(place)) break
    found = position
    start += [...text].length + '\n;\n'.length
  }
  return found
}

export function failure(cause: unknown, position: number): StatementFailure & Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  return Object.assign(new Error(message, { cause }), { name: 'StatementFailure' as const, position, cause })
}
