// What the command line and a configuration may write for a source, read as data; and the title by which it is told.

import { statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { maskUrl } from '../dialects/mask.ts'
import { dialectOf } from '../dialects/registry.ts'
import { AludelError } from '../errors.ts'
import { command, type SchemaReference, sqlFile } from '../project/schema-source.ts'

/** @throws AludelError `unknown-source` */
export function referenceOf(text: string, directory: string): SchemaReference {
  if (text === 'models') return { kind: 'models' }
  if (text === 'database') return { kind: 'database', url: null }
  if (text.startsWith('at:')) return { kind: 'revision', target: text.slice('at:'.length) }
  if (text.startsWith('command:')) return command(text.slice('command:'.length))
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) {
    dialectOf(text)
    return { kind: 'database', url: text }
  }
  const path = resolve(directory, text)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() || (found !== undefined && text.endsWith('.sql'))) return sqlFile(path)
  if (found !== undefined && /\.[cm]?[jt]s$/.test(text)) return { kind: 'module', path }
  throw new AludelError(
    'unknown-source',
    found === undefined ? `There is no file or folder ${path}.` : `${path} is not a source of a schema.`,
    {
      hint: 'A source is a .sql file, a folder of them, an address such as sqlite:app.db, at:REVISION, models, database, command:PROGRAM, or a module that exports `schema`.',
    },
  )
}

/** What people call it: paths as they are from the folder, addresses without their secrets. */
export function titleOf(reference: SchemaReference, directory: string): string {
  switch (reference.kind) {
    case 'sql':
      return reference.paths.map((path) => pathWithin(path, directory)).join(', ')
    case 'command':
      return typeof reference.command === 'string' ? reference.command : reference.command.join(' ')
    case 'database':
      return reference.url === null ? 'database' : maskUrl(reference.url)
    case 'module':
      return pathWithin(reference.path, directory)
    case 'revision':
      return `at:${reference.target}`
    case 'models':
      return 'models'
  }
}

/** A path as it is from the folder, with `/`; as it is where it lies elsewhere. */
export function pathWithin(path: string, directory: string): string {
  const own = relative(directory, resolve(directory, path)).split(sep).join('/')
  return own === '..' || own.startsWith('../') ? path : own
}

/** True of what is loaded into a scratch database. */
export function needsScratch({ kind }: SchemaReference): boolean {
  return kind === 'sql' || kind === 'command'
}
