// Files are written whole or not at all, and never over another without being told.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AludelError } from '../errors.ts'

/** Writes a file by way of a temporary one beside it; its folder is made where it is missing. */
export function writeFile(file: string, text: string): void {
  const temporary = join(dirname(file), `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(temporary, text, { flag: 'wx' })
    renameSync(temporary, file)
  } catch (error) {
    removeQuietly(temporary)
    throw new AludelError('cannot-write', `The file ${file} cannot be written: ${reason(error)}.`, {
      hint: 'Check that the folder exists and that this user may write to it; nothing was left half-written.',
      details: { file },
      cause: error,
    })
  }
}

// `force` forgives a missing file, but not a path that leads through a file.
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // What stands in the way has been told already, or is told by the error that brought us here.
  }
}

/** Writes a file that must not be there yet. */
export function writeNewFile(file: string, text: string): void {
  if (existsSync(file))
    throw new AludelError('file-exists', `The file ${file} is there already, and nothing is overwritten.`, {
      details: { file },
    })
  writeFile(file, text)
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EROFS') return 'the file system is read-only'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a part of its path is a file and not a folder'
  if (code === 'ENOSPC') return 'the disk is full'
  return error instanceof Error ? error.message : String(error)
}
