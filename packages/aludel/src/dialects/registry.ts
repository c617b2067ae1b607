// Which engine answers for an address: each is loaded only when it is asked for.

import type { DialectName } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import type { Engine } from './dialect.ts'
import { maskUrl } from './mask.ts'

interface Entry {
  readonly schemes: readonly string[]
  load(): Promise<Engine>
}

const engines: { readonly [Name in DialectName]: Entry } = {
  sqlite: { schemes: ['sqlite'], load: () => import('./sqlite/engine.ts').then((module) => module.engine) },
  postgres: {
    schemes: ['postgresql', 'postgres'],
    load: () => import('./postgres/engine.ts').then((module) => module.engine),
  },
  mysql: { schemes: ['mysql', 'mariadb'], load: () => import('./mysql/engine.ts').then((module) => module.engine) },
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
  return engines[name].load()
}

export function engineFor(url: string): Promise<Engine> {
  return engineNamed(dialectOf(url))
}
