// Data files beside a revision: where they may lie, what their content adds up to, and their rows.

import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { AludelError } from '../../errors.ts'
import type { DataFile } from '../../ops/operations.ts'
import type { Project } from '../project.ts'
import { csvRows } from './csv.ts'
import { jsonLineRows, jsonRows } from './json.ts'
import type { DataRow, Fail } from './row.ts'
import type { Place } from './window.ts'

/** The file that a revision names by a path from its own folder. Refuses one that is missing or outside the project. */
export function dataFile(project: Project, revision: { readonly file: string }, path: string): string {
  const file = resolve(dirname(revision.file), path)
  const places = [project.directory, ...project.migrations]
  if (!places.some((folder) => isInside(file, folder))) throw outside(path)
  const real = realOf(file, path)
  if (!places.some((folder) => isInside(real, realOf(folder, folder)))) throw outside(path)
  return real
}

function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function realOf(file: string, path: string): string {
  try {
    return realpathSync(file)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function outside(path: string): AludelError {
  return new AludelError('data-file-outside', `The data file "${path}" lies outside the project.`, {
    hint: 'Put it next to the revision file, and name it from there.',
    details: { path },
  })
}

function unreadable(path: string, cause: unknown): AludelError {
  const reason = (cause as { readonly code?: string }).code === 'ENOENT' ? 'is not there' : 'cannot be read'
  return new AludelError('no-data-file', `The data file "${path}" ${reason}.`, {
    hint: 'Its path starts from the folder of the revision file.',
    details: { path },
    cause,
  })
}

/** The sha256 of a file's bytes. */
export function dataSum(file: string, path: string): string {
  const hash = createHash('sha256')
  for (const bytes of bytesOf(file, path)) hash.update(bytes)
  return hash.digest('hex')
}

/** The rows of a file, as they are read. Refuses at the end where it is no longer what was recorded. */
export function dataRows(data: DataFile, file: string): Generator<DataRow> {
  const fail: Fail = (place, why) => dataFault(data.path, place, why)
  const pieces = textOf(data, file)
  if (data.format === 'csv') return csvRows(pieces, data, fail)
  return /\.(?:jsonl|ndjson)$/i.test(data.path) ? jsonLineRows(pieces, fail) : jsonRows(pieces, fail)
}

export function dataFault(path: string, { line, column }: Place, why: string): AludelError {
  return new AludelError('invalid-data', `${path}:${line}:${column}: ${why}.`, { details: { path, line, column } })
}

function* textOf({ path, sha256 }: DataFile, file: string): Generator<string> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (const bytes of bytesOf(file, path)) {
      hash.update(bytes)
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw dataFault(path, placeOfBadBytes(file, path), 'here is text that is not UTF-8')
    throw error
  }
  requireSame(hash, sha256, path)
}

function requireSame(hash: Hash, sha256: string, path: string): void {
  if (hash.digest('hex') === sha256) return
  throw new AludelError('data-file-changed', `The data file "${path}" has changed while the revision ran.`, {
    hint: 'Run it again when nobody writes to the file.',
    details: { path },
  })
}

/** Decoded once more, leniently: only a file that is refused pays for the place. */
function placeOfBadBytes(file: string, path: string): Place {
  const decoder = new TextDecoder('utf-8')
  let [line, column] = [1, 1]
  for (const bytes of bytesOf(file, path)) {
    for (const character of decoder.decode(bytes, { stream: true })) {
      if (character === '\uFFFD') return { line, column }
      if (character === '\n') [line, column] = [line + 1, 1]
      else column += 1
    }
  }
  return { line, column }
}

const pieceBytes = 65_536

function* bytesOf(file: string, path: string): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(pieceBytes)
  const descriptor = opened(file, path)
  try {
    for (;;) {
      const length = readSync(descriptor, buffer)
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } catch (cause) {
    if ((cause as { readonly syscall?: string }).syscall === 'read') throw unreadable(path, cause)
    throw cause
  } finally {
    closeSync(descriptor)
  }
}

function opened(file: string, path: string): number {
  try {
    return openSync(file, 'r')
  } catch (cause) {
    throw unreadable(path, cause)
  }
}
