// The pairs of schemas that are tried: files of JSON lines in the folder that ALUDEL_CORPORA names.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Pair {
  /** The file's name without its ending. */
  readonly file: string
  readonly id: string
  readonly engine: 'postgres' | 'mysql' | 'sqlite'
  readonly from: string
  readonly to: string
}

const files = ['sqldef-pg', 'pgschema', 'sqldef-mysql', 'bytebase-mysql-differ', 'sqldef-sqlite'] as const

interface Line {
  readonly id: string
  readonly engine: string
  readonly from_sql: string
  readonly to_sql: string
}

/** Every pair in the order of the files; null where the folder is not there. With `CI` set, a folder that is named must be. */
export function readPairs(folder: string | undefined): readonly Pair[] | null {
  if (folder === undefined || folder === '') return null
  if (!existsSync(folder)) {
    if (process.env.CI !== undefined) throw new Error(`ALUDEL_CORPORA names ${folder}, which is not there.`)
    return null
  }
  return files.flatMap((file) => {
    const lines = readFileSync(join(folder, `${file}.jsonl`), 'utf8').split('\n')
    return lines.filter((line) => line.trim() !== '').map((line) => pairOf(file, JSON.parse(line)))
  })
}

function pairOf(file: string, { id, engine, from_sql, to_sql }: Line): Pair {
  const name = engine.startsWith('postgres') ? 'postgres' : engine.startsWith('mysql') ? 'mysql' : 'sqlite'
  return { file, id, engine: name, from: from_sql, to: to_sql }
}
