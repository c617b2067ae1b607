// node-postgres, found in the project first and loaded only when a connection is wanted.

import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AludelError } from '../../../errors.ts'
import { installLine } from '../../install-line.ts'
import type { Answer } from './values.ts'

/** What is used of the driver, in our own words: its published types leave half of it out. */
export interface Driver {
  readonly Client: new (options: ClientOptions) => Client
  readonly Query: new (text: string, values: undefined, done: (error: Error | null) => void) => Query
}

export interface ClientOptions {
  readonly connectionString: string
  readonly application_name: string
  readonly connectionTimeoutMillis: number
  readonly keepAlive: boolean
}

export interface Client extends EventEmitter {
  readonly host: string
  readonly port: number
  readonly ssl: unknown
  readonly processID: number | null
  readonly secretKey: number | null
  readonly connection: Wire
  connect(): Promise<unknown>
  end(): Promise<void>
  query(request: QueryRequest): Promise<Result | readonly Result[]>
  query(request: Query): Query
}

/** The protocol under a client. */
export interface Wire extends EventEmitter {
  connect(port: number | string, host?: string): void
  requestSsl(): void
  cancel(processId: number, secretKey: number): void
  readonly stream: { destroy(): void }
}

export interface QueryRequest {
  readonly text: string
  readonly values?: readonly (string | Buffer | null)[]
  readonly rowMode: 'array'
  readonly types: { getTypeParser(): (text: string) => string }
}

export interface Query {
  handleCommandComplete(message: unknown, connection: unknown): void
  handleDataRow(message: unknown): void
}

export interface Result extends Answer {
  readonly command: string | null
  readonly rowCount: number | null
}

/** The driver of the first folder that has it, else our own. */
export function loadDriver(resolveFrom: readonly string[]): Driver {
  const places = [...resolveFrom.map((folder) => join(folder, 'package.json')), import.meta.url]
  for (const place of places) {
    const require = createRequire(place)
    const path = pathOf(require)
    if (path !== null) return withNavigator(() => require(path) as Driver)
  }
  throw new AludelError('missing-driver', 'The package "pg", which speaks to PostgreSQL, is not installed.', {
    hint: installLine('pg', resolveFrom[0] ?? process.cwd()),
  })
}

/**
 * The driver asks which runtime it is in: by `navigator`, and where there is none, as on Node 20, by making a `Response`,
 * for which Node loads all of its `fetch`. That takes longer than loading the driver.
 */
function withNavigator<T>(work: () => T): T {
  if ('navigator' in globalThis) return work()
  Object.defineProperty(globalThis, 'navigator', {
    value: { userAgent: `Node.js/${process.versions.node.split('.')[0]}` },
    configurable: true,
  })
  try {
    return work()
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator')
  }
}

function pathOf(require: NodeJS.Require): string | null {
  try {
    return require.resolve('pg')
  } catch {
    return null
  }
}
