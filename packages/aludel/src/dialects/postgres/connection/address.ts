// The address of a PostgreSQL database: what it names, and how it may be shown.

import { AludelError } from '../../../errors.ts'
import { maskUrl } from '../../mask.ts'

export interface Address {
  readonly user: string | null
  readonly host: string
  readonly port: string
  readonly database: string | null
  /** Seconds to wait for the server; null where the address does not say. */
  readonly connectTimeout: number | null
  /** The address without its secrets. */
  readonly shown: string
}

/** @throws AludelError `invalid-url` */
export function parseAddress(text: string): Address {
  const shown = maskUrl(text)
  // An empty host stands for the local socket; the URL standard does not know that beside a user name.
  const url = tryUrl(text) ?? tryUrl(text.replace('@/', '@localhost/'))
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw new AludelError('invalid-url', `"${shown}" is not the address of a PostgreSQL database.`, {
      hint: 'Write postgresql://user:password@host:5432/database, and a character like / or @ in the password as %2F or %40.',
    })
  }
  return {
    user: url.username === '' ? null : decoded(url.username),
    host: url.searchParams.get('host') ?? (url.hostname === '' ? 'localhost' : url.hostname),
    port: url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port),
    database: url.pathname.length > 1 ? decoded(url.pathname.slice(1)) : null,
    connectTimeout: Number(url.searchParams.get('connect_timeout')) || null,
    shown,
  }
}

function tryUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
