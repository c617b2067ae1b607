// The texts of the project's files, and where in them an error was thrown, in the lines that people wrote.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { toCommonJs } from './to-commonjs.ts'

export interface Source {
  readonly file: string
  readonly source: string
}

export interface Sources {
  /** The text of a file: the one that was loaded, as long as it was the last. */
  textOf(file: string): string
  /** The text as it is now. */
  read(file: string): string
  /** A text that stands for a file: one that is not on disk, or not yet. */
  provide(file: string, text: string): void
  /** The file is run as it stands, so that its frames tell the lines that people wrote; or it is not, after all. */
  runsAsIs(file: string, asIs: boolean): void
  /** `file:line` of the innermost frame in a file that was loaded, as people wrote it; null where there is none. */
  placeIn(error: Error, file: string): string | null
}

export function createSources(): Sources {
  const provided = new Map<string, string>()
  const unchanged = new Set<string>()
  // A step asks for the sum of its file right after it was loaded.
  let last = { file: '', text: '' }
  const read = (file: string) => {
    last = { file, text: provided.get(file) ?? readFileSync(file, 'utf8') }
    return last.text
  }
  const textOf = (file: string) => (last.file === file ? last.text : read(file))
  return {
    textOf,
    read,
    provide: (file, text) => {
      provided.set(file, text)
      last = { file, text }
    },
    runsAsIs: (file, asIs) => {
      if (asIs) unchanged.add(file)
      else unchanged.delete(file)
    },
    placeIn: (error, file) => {
      const frame = frameIn(error, file)
      if (frame === null) return null
      const line = unchanged.has(file) ? frame.line : sourceLine(frame, { file, source: textOf(file) })
      return line === null ? file : `${file}:${line}`
    },
  }
}

interface Frame {
  readonly line: number
  readonly column: number
}

/** The innermost frame in a file, as the engine counts its lines. */
function frameIn(error: Error, file: string): Frame | null {
  const stack = error.stack ?? ''
  const at = stack.indexOf(`${file}:`)
  const frame = at === -1 ? null : /^(\d+):(\d+)/.exec(stack.slice(at + file.length + 1))
  return frame === null ? null : { line: Number(frame[1]), column: Number(frame[2]) }
}

/** The line of a frame in a file that was transformed, mapped back to its source; null where the map does not know. */
function sourceLine({ line, column }: Frame, { file, source }: Source): number | null {
  const module = createRequire(import.meta.url)('node:module') as typeof import('node:module')
  const { map } = toCommonJs(source, file, { map: true })
  const entry = new module.SourceMap(map as never).findEntry(line - 1, column - 1)
  return 'originalLine' in entry ? entry.originalLine + 1 : null
}
