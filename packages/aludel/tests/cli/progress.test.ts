// What an upgrade shows while it goes: a line that is rewritten at a terminal, lines now and then elsewhere.

import { expect, test } from 'vitest'
import type { VerbContext } from '../../src/cli/context.ts'
import { createProgress } from '../../src/cli/progress.ts'
import { styleFor } from '../../src/cli/style.ts'
import type { Blocker } from '../../src/dialects/activity.ts'
import type { ProgressEvent } from '../../src/runner/statements/events.ts'

const place = { direction: 'upgrade', revision: 'b1', message: 'Add status', position: 2, total: 3 } as const
const waits = { statement: 'ALTER TABLE t', stage: null, object: 'user' }
const blocker: Blocker = {
  ...{ id: 4711, user: 'ada', application: 'psql', host: '10.0.0.7' },
  ...{ sinceMs: 93_000, query: 'UPDATE "user" SET …', certain: true },
}
const wait = (elapsedMs: number): ProgressEvent => ({
  ...{ kind: 'waiting-for-lock', of: 'statement', ...place, ...waits, elapsedMs, blockers: [blocker] },
})
const builds = (elapsedMs: number): ProgressEvent => ({
  ...{ kind: 'statement-progress', ...place, statement: null, elapsedMs, stage: 'building index' },
  progress: { done: 425, total: 1000 },
})
const retry: ProgressEvent = {
  ...{ kind: 'retrying', ...place, attempt: 2, of: 10, afterMs: 100, why: 'lock-timeout', blockers: [blocker] },
}
const done: ProgressEvent = { kind: 'step-done', ...place, durationMs: 12 }

/** What was written when these events were told, each at its second. */
function shown(
  options: VerbContext['options'],
  isTerminal: boolean,
  told: readonly (readonly [number, ProgressEvent])[],
) {
  const written: string[] = []
  let second = 0
  const context = {
    options,
    errorStyle: styleFor(false, {}),
    note: (text: string) => written.push(`${text}\n`),
    warn: (text: string) => written.push(`${text}\n`),
    status: isTerminal ? (text: string) => written.push(`\r${text}`) : null,
  } as unknown as VerbContext
  const progress = createProgress(context, () => second * 1000)
  for (const [at, event] of told) {
    second = at
    progress.tell(event)
  }
  progress.end()
  return written
}

test('a terminal has one line that is rewritten, and taken away before another', () => {
  expect(
    shown({}, true, [
      [1, wait(1000)],
      [2, retry],
      [3, builds(1200)],
      [4, done],
    ]),
  ).toEqual([
    '\rupgrade 2/3 b1 Add status: waits for the lock of user, 1.0 s; in its way: session 4711 ("psql", ada from 10.0.0.7, for 93 s): UPDATE "user" SET …',
    '\r',
    'upgrade 2/3 b1 Add status: its lock was not to be had; attempt 2 of 10 in 0.1 s; in its way: session 4711 ("psql", ada from 10.0.0.7, for 93 s): UPDATE "user" SET …\n',
    '\rupgrade 2/3 b1 Add status: 1.2 s, building index 42 %',
    '\r',
    'upgrade 2/3 b1 Add status 12 ms\n',
  ])
})

test('elsewhere the same takes a line every ten seconds', () => {
  const told = Array.from({ length: 25 }, (_, at): readonly [number, ProgressEvent] => [
    at + 1,
    builds((at + 1) * 1000),
  ])
  expect(shown({}, false, told)).toEqual([
    'upgrade 2/3 b1 Add status: 10 s, building index 42 %\n',
    'upgrade 2/3 b1 Add status: 20 s, building index 42 %\n',
  ])
})

test('--quiet and --json show nothing, --events shows everything', () => {
  const told = [
    [1, wait(1000)],
    [2, retry],
    [3, done],
  ] as const
  expect(shown({ quiet: true }, true, told)).toEqual([])
  expect(shown({ json: true }, true, told)).toEqual([])
  const lines = shown({ events: true }, true, told)
  expect(lines.map((line) => (JSON.parse(line) as ProgressEvent).kind)).toEqual(told.map(([, { kind }]) => kind))
})

test('a run that waits for another one says who has the lock', () => {
  const event: ProgressEvent = {
    ...{ kind: 'waiting-for-lock', of: 'run', revision: null, elapsedMs: 12_000, holder: 'process 4711' },
  }
  expect(shown({}, false, [[12, event]])).toEqual([
    'Another run holds the lock of this database (process 4711): 12 s\n',
  ])
})
