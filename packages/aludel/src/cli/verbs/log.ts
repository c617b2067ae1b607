// log on the command line: a line an entry, newest first.

import { log as logCommand } from '../../commands/log.ts'
import { AludelError } from '../../errors.ts'
import { type LogEntry, whoDid } from '../../runner/told.ts'
import type { VerbContext } from '../context.ts'
import type { Style } from '../style.ts'

interface Options {
  readonly limit?: string
  readonly sql?: boolean
}

export async function log(context: VerbContext<Options>): Promise<number> {
  const [revision] = context.operands
  const { limit, sql = false, verbose = false } = context.options
  const result = await logCommand(await context.project(), {
    ...(revision === undefined ? {} : { revision }),
    ...(limit === undefined ? {} : { limit: countOf(limit) }),
  })
  if (context.json(result)) return 0
  if (result.entries.length === 0) context.note(`The history of ${result.database} is empty.`)
  for (const entry of result.entries) {
    // A statement's row is there for the machine that goes on after a crash.
    if (entry.event === 'statement' && !verbose) continue
    context.print(lineOf(entry, context.style))
    if (entry.error !== null) context.print(`    ${context.style.red(entry.error)}`)
    if (sql && entry.undo !== null) context.print(entry.undo.replace(/^/gm, '    '))
  }
  return 0
}

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new AludelError('usage', `"${text}" is no number of entries.`, { hint: 'Write --limit 20.' })
}

function lineOf(entry: LogEntry, style: Style): string {
  const { at, event, revision, direction, durationMs, heads, commit, tool } = entry
  const what = [event === 'done' || event === 'failed' || event === 'begin' ? direction : null, event]
    .filter((word) => word !== null)
    .join(' ')
  const name = revision === null ? '' : ` ${style.yellow(revision)}`
  const place = heads === null || event === 'begin' ? '' : ` -> ${heads.join(', ') || '<base>'}`
  const time = durationMs === null ? '' : ` ${durationMs} ms`
  const origin = [whoDid(entry), tool, commit?.slice(0, 12)].filter(Boolean).join(', ')
  const shown = event === 'failed' ? style.red(what) : event === 'done' ? style.green(what) : what
  return `${at.slice(0, 19).replace('T', ' ')} ${shown}${name}${place}${style.dim(`${time} (${origin})`)}`
}
