// The address of a database, taken apart for the driver and masked for messages.

import type { ConnectionOptions } from 'mysql2'
import { AludelError } from '../../../errors.ts'

export interface Address {
  /** What the driver is given: host, user, database, and the parameters of the URL as they are. */
  readonly options: ConnectionOptions
  readonly database: string
  readonly masked: string
}

/** `mysql://user:password@host:3306/database?ssl={"rejectUnauthorized":false}` */
export function addressOf(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null
  const masked = maskedAddress(text)
  if (url === null) throw invalidAddress(masked, 'is not an address')
  const database = decodeURIComponent(url.pathname.slice(1))
  if (database === '' || database.includes('/')) throw invalidAddress(masked, 'does not name a database')
  const options: ConnectionOptions = {
    ...Object.fromEntries([...url.searchParams].map(([key, value]) => [key, parameterValue(value)])),
    host: decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1')) || 'localhost',
    port: url.port === '' ? 3306 : Number(url.port),
    database,
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
  }
  return { options, database, masked }
}

// The driver's own reading of its URLs: JSON where it is JSON, else text.
function parameterValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function maskedAddress(text: string): string {
  const masked = text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*?):[^/?#]*@/i, '$1:***@')
  return masked.replace(/([?&]password\d?=)[^&#]*/gi, '$1***')
}

function invalidAddress(masked: string, what: string): AludelError {
  return new AludelError('invalid-url', `"${masked}" ${what}.`, {
    hint: 'Write mysql://user:password@host:3306/database; characters like @ and / in the password are written %40 and %2F.',
  })
}
