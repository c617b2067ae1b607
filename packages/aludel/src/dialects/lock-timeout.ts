// The refusal to wait any longer for another run, with who it is.

import { AludelError } from '../errors.ts'
import type { LockHolder } from './dialect.ts'

/** @param timeout milliseconds that were waited */
export function lockTimeout(holder: LockHolder | null, timeout: number): AludelError {
  const waited = timeout === 0 ? '' : `, and did not end within ${timeout} ms`
  const who = holder === null ? 'It was given back just now.' : `It is held by ${describeHolder(holder)}.`
  return new AludelError('lock-timeout', `Another run holds the lock of this database${waited}. ${who}`, {
    hint:
      holder === null
        ? 'Try again.'
        : 'Wait for it to end, or wait longer with --lock-timeout. If it is stuck, `aludel lock release` ends it.',
    details: { holder, timeout },
  })
}

/** The same where there may be none. */
export function holderText(holder: LockHolder | null): string | null {
  return holder === null ? null : describeHolder(holder)
}

/** `process 4711 on build-7 (connection 12, user deploy) since 2026-11-23 10:00:00 UTC`, as far as it is known. */
export function describeHolder({ connection, user, host, process, since }: LockHolder): string {
  const known = [
    ...(connection === null ? [] : [`connection ${connection}`]),
    ...(user === null ? [] : [`user ${user}`]),
  ].join(', ')
  const at = host === null ? '' : ` on ${host}`
  const who = process === null ? `${known}${at}`.trim() : `process ${process}${at}${known === '' ? '' : ` (${known})`}`
  const when = since === null ? '' : ` since ${since.slice(0, 19).replace('T', ' ')} UTC`
  return `${who === '' ? 'somebody' : who}${when}`
}
