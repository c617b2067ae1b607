// The program as a process of its own that tells every statement, and can be killed at one of them.

import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** A statement as it went over the line. */
export interface Sent {
  readonly number: number
  readonly text: string
  /** Milliseconds since the process started. */
  readonly at: number
  /** Null where no answer came. */
  answeredAt: number | null
}

export interface Kill {
  readonly statement: number
  readonly when: 'before' | 'after'
}

export interface Ended {
  readonly sent: readonly Sent[]
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly output: string
  /** What it refused with; null where it did not. */
  readonly refusal: { readonly code: string; readonly message: string } | null
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export interface Launch {
  readonly folder: string
  readonly url: string
  readonly words: readonly string[]
  readonly kill?: Kill
  /** Called as a statement goes. */
  readonly sent?: (statement: Sent) => void
}

const program = fileURLToPath(new URL('../../packages/aludel/bin/aludel.js', import.meta.url))
const trap = new URL('trap.mjs', import.meta.url).href

/** Starts `aludel` with these words. */
export function launch({ folder, url, words, kill, sent }: Launch): Running {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', trap, program, ...words, '--json', '--yes'], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url, ALUDEL_CHAOS: JSON.stringify({ kill: kill ?? null }), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const statements: Sent[] = []
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => output.push(String(piece)))
  linesOf(child.stdio[3] as Readable, (line) => {
    const [, mark, number, text = ''] = /^([<>]) (\d+) ?(.*)$/.exec(line) ?? []
    const at = performance.now() - startedAt
    if (mark === '>') {
      const statement = { number: Number(number), text, at, answeredAt: null }
      statements.push(statement)
      sent?.(statement)
    } else {
      const asked = statements[Number(number) - 1]
      if (asked !== undefined) asked.answeredAt = at
    }
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      const text = output.join('')
      resolve({ sent: statements, code, output: text, refusal: refusalIn(text) })
    })
  })
  return { child, ended }
}

function linesOf(stream: Readable, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
}

function refusalIn(output: string): Ended['refusal'] {
  const at = output.indexOf('{"error"')
  const start = at === -1 ? output.search(/\{\s*"error"/) : at
  if (start === -1) return null
  try {
    const { error } = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1)) as {
      readonly error: { readonly code: string; readonly message: string }
    }
    return error
  } catch {
    return null
  }
}
