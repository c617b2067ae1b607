// PostgreSQL's errors in the vocabulary of the house, by their SQLSTATE.
// https://www.postgresql.org/docs/current/errcodes-appendix.html

import type { EngineError, EngineErrorKind } from '../dialect.ts'
import { maskUrl } from '../mask.ts'
import { sqlState } from './connection/session.ts'

/** Whole codes before classes of codes: the first that the code begins with counts. */
const kinds: readonly (readonly [EngineErrorKind, readonly string[]])[] = [
  ['lock-timeout', ['55P03']],
  ['statement-timeout', ['57014', '25P03', '25P04']],
  ['deadlock', ['40P01']],
  ['serialization', ['40001']],
  ['dependent-objects', ['2BP01', '2B000']],
  ['unique', ['23505']],
  ['foreign-key', ['23503', '23001']],
  ['not-null', ['23502']],
  ['check', ['23514', '44000']],
  ['already-exists', ['42P07', '42710', '42701', '42P06', '42723', '42P04', '42P05']],
  ['unknown-database', ['3D000']],
  ['does-not-exist', ['42P01', '42703', '42704', '42883', '3F000', '42P02']],
  ['permission', ['42501', '0P000', '0LP01']],
  ['authentication', ['28']],
  ['read-only', ['25006']],
  ['in-transaction', ['25001']],
  ['disk-full', ['53100']],
  ['cast', ['22P02', '22P03', '22001', '22003', '22007', '22008', '42804', '42846']],
  ['syntax', ['42601', '42602', '42622', '42939']],
  ['unreachable', ['08', '53300', '57P01', '57P02', '57P03', '57P05']],
]

/** Errors of the operating system and of the driver, which have no SQLSTATE. */
const networkCodes =
  /^(?:E(?:CONN|HOST|NET)|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|ENOENT|EACCES|ERR_(?:TLS|SSL)|CERT_|DEPTH_|SELF_|UNABLE_)/
const networkMessages =
  /connection (?:terminated|timeout|error)|timeout expired|not queryable|does not support SSL|SSL connection/i
const passwordMissing = /client password must be a (?:non-empty )?string|^SASL|password must be a string/i

interface ServerError {
  readonly detail?: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
}

export function explain(error: unknown): EngineError {
  const cause = causeOf(error)
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = sqlState(cause)
  const told = (typeof cause === 'object' && cause !== null ? cause : {}) as ServerError
  const kind = kindOf(code, message)
  return {
    kind,
    message: maskUrl(message),
    code,
    detail: told.detail === undefined ? null : maskUrl(told.detail),
    objects: kind === 'dependent-objects' ? dependantsIn(told.detail ?? '', message) : namedIn(told, message),
  }
}

/** The engine's own error under whatever it was wrapped in. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof Error) || error.cause === undefined || sqlState(error).length === 5) return error
  return causeOf(error.cause)
}

function kindOf(code: string, message: string): EngineErrorKind {
  if (/^[0-9A-Z]{5}$/.test(code)) {
    if (code === '57014' && message.includes('user request')) return 'other'
    return kinds.find(([, codes]) => codes.some((start) => code.startsWith(start)))?.[0] ?? 'other'
  }
  if (passwordMissing.test(message)) return 'authentication'
  return networkCodes.test(code) || networkMessages.test(message) ? 'unreachable' : 'other'
}

/**
 * What stands in the way of a drop. The server lists it in the detail, a line each: 'constraint fk_post_user on table post
 * depends on table "user"'; a key behind an index in the message: 'cannot drop index x because constraint y on table z requires it'.
 */
function dependantsIn(detail: string, message: string): readonly string[] {
  const listed = detail.split('\n').flatMap((line) => /^(.+?) depends on /.exec(line)?.[1] ?? [])
  if (listed.length > 0) return listed
  const required = /because (.+) (?:requires|depends on) it/.exec(message)?.[1]
  return required === undefined ? detail.split('\n').filter((line) => line !== '') : [required]
}

function namedIn({ schema, table, column, constraint }: ServerError, message: string): readonly string[] {
  if (table === undefined) {
    const named = /"((?:[^"]|"")+)"/.exec(message)?.[1]
    return named === undefined ? [] : [named]
  }
  const place = schema === undefined || schema === 'public' ? table : `${schema}.${table}`
  return [column === undefined ? place : `${place}.${column}`, ...(constraint === undefined ? [] : [constraint])]
}
