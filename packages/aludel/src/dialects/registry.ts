// Which engine answers for an address: each is loaded only when it is asked for.

import type { DialectName, EngineName } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import type { Connector, Dialect, Engine } from './dialect.ts'
import { maskUrl } from './mask.ts'

interface Entry {
  readonly schemes: readonly string[]
  connector(): Promise<Connector>
  engine(): Promise<Engine>
}

const engines: { readonly [Name in DialectName]: Entry } = {
  sqlite: {
    schemes: ['sqlite'],
    connector: () => import('./sqlite/connector.ts').then((module) => module.connector),
    engine: () => import('./sqlite/engine.ts').then((module) => module.engine),
  },
  postgres: {
    schemes: ['postgresql', 'postgres'],
    connector: () => import('./postgres/connector.ts').then((module) => module.connector),
    engine: () => import('./postgres/engine.ts').then((module) => module.engine),
  },
  mysql: {
    schemes: ['mysql', 'mariadb'],
    connector: () => import('./mysql/connector.ts').then((module) => module.connector),
    engine: () => import('./mysql/engine.ts').then((module) => module.engine),
  },
}

/** The dialect that an address belongs to, by its scheme. */
export function dialectOf(url: string): DialectName {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  const found = Object.entries(engines).find(([, entry]) => scheme !== undefined && entry.schemes.includes(scheme))
  if (found !== undefined) return found[0] as DialectName
  throw new AludelError('invalid-url', `"${maskUrl(url)}" is not the address of a database that Aludel knows.`, {
    hint: 'Write sqlite:file.db, postgresql://user:password@host/database or mysql://user:password@host/database.',
  })
}

export function engineNamed(name: DialectName): Promise<Engine> {
  return engines[name].engine()
}

export function connectorFor(url: string): Promise<Connector> {
  return connectorNamed(dialectOf(url))
}

export function connectorNamed(name: DialectName): Promise<Connector> {
  return engines[name].connector()
}

export function engineFor(url: string): Promise<Engine> {
  return engineNamed(dialectOf(url))
}

/** What `--dialect` and `engines` may call an engine, and the product that a version behind the name is one of. */
const products: Readonly<Record<string, Product>> = {
  sqlite: { dialect: 'sqlite', product: 'SQLite', oldest: [3, 35] },
  postgres: { dialect: 'postgres', product: 'PostgreSQL', oldest: [14] },
  postgresql: { dialect: 'postgres', product: 'PostgreSQL', oldest: [14] },
  mariadb: { dialect: 'mysql', product: 'MariaDB', oldest: [10, 11] },
  mysql: { dialect: 'mysql', product: 'MySQL', oldest: [8] },
}

interface Product {
  readonly dialect: DialectName
  readonly product: string
  /** The first version that is served. */
  readonly oldest: readonly number[]
}

/** True of 'postgres', 'mysql@8.0' and their like. */
export function isEngineName(text: string): text is EngineName {
  const [, name = ''] = engineNamePattern.exec(text) ?? []
  return Object.hasOwn(products, name)
}

const engineNamePattern = /^([a-z]+)(?:@(\d+(?:\.\d+)*))?$/

/**
 * The dialect of a name, which no server is asked for; without a version it is the one that scripts are written for.
 * `mysql@8.0` is the newest of the 8.0s.
 */
export async function dialectNamed(name: string): Promise<Dialect> {
  const [, engine = '', version] = engineNamePattern.exec(name) ?? []
  const known = products[engine]
  if (known === undefined) {
    throw new AludelError('unknown-dialect', `"${name}" is not an engine that Aludel knows.`, {
      hint: `There are: ${Object.keys(products).join(', ')}, each also with a version, as in postgres@15 or mysql@8.0.`,
    })
  }
  const { offline, dialectFor } = await engineNamed(known.dialect)
  if (version === undefined) return offline
  const numbers = [...version.split('.').map(Number), Infinity, Infinity]
  requireServed(known, version, numbers)
  return dialectFor({ product: known.product, version: numbers })
}

function requireServed({ product, oldest }: Product, version: string, numbers: readonly number[]): void {
  const at = oldest.findIndex((number, index) => number !== numbers[index])
  if (at === -1 || (numbers[at] as number) > (oldest[at] as number)) return
  throw new AludelError('unknown-dialect', `${product} ${version} is older than what Aludel knows.`, {
    hint: `The oldest that it writes for is ${product} ${oldest.join('.')}.`,
    details: { product, version },
  })
}

/** The dialect that an engine's name belongs to. */
export function dialectNameOf(name: string): DialectName | null {
  return products[engineNamePattern.exec(name)?.[1] ?? '']?.dialect ?? null
}
