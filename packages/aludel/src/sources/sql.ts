// Files of SQL, which a real engine reads in a scratch database.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { SqlText } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { SqlSource } from '../project/schema-source.ts'
import { compareText } from '../schema/canonical.ts'
import { pathWithin, titleOf } from './reference.ts'
import type { Resolver } from './source.ts'

export const sql: Resolver<'sql'> = async (reference, { directory, places }) => {
  const texts = textsOf(reference, directory)
  return places.read(titleOf(reference, directory), await places.scratch(texts), false)
}

function textsOf({ paths }: SqlSource, directory: string): readonly SqlText[] {
  const files = paths.flatMap((path) => filesAt(resolve(directory, path)))
  if (files.length > 0) return files.map((file) => textOf(file, directory))
  throw new AludelError('no-sql', `There is no .sql file in ${paths.join(', ')}.`, {
    hint: 'Correct the path of the source.',
    details: { paths },
  })
}

function filesAt(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new AludelError('no-sql', `There is no file or folder ${path}.`, { hint: 'Correct the path of the source.' })
  }
  if (!found.isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => compareText(withSlashes(a), withSlashes(b)))
}

function withSlashes(path: string): string {
  return path.split(sep).join('/')
}

function textOf(file: string, directory: string): SqlText {
  return { name: pathWithin(file, directory), text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') }
}
