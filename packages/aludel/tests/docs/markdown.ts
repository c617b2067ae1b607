// Documents as tests: their code blocks in order, run in a project of their own, each output compared with the next block.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Block {
  /** The first word of the info string: sh, text, ts, sql, json. */
  readonly language: string
  /** The rest of the info string: a file name, `exit=1`. */
  readonly info: readonly string[]
  readonly text: string
  /** The line of the opening fence, from 1. */
  readonly line: number
}

export function readBlocks(file: string): readonly Block[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const open = /^(\s*)(`{3,})(\S*)\s*(.*)$/.exec(lines[at] ?? '')
    if (open === null) continue
    const [, margin = '', fence = '', language = '', rest = ''] = open
    const end = lines.findIndex((line, position) => position > at && line.trim() === fence)
    const text = lines.slice(at + 1, end).map((line) => line.slice(margin.length))
    blocks.push({
      language,
      info: rest.split(/\s+/).filter((word) => word !== ''),
      text: text.join('\n'),
      line: at + 1,
    })
    at = end
  }
  return blocks
}

export interface Surroundings {
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
}

/** What a document's block does when it is run, and what it printed. */
export interface Ran {
  readonly code: number | null
  readonly output: string
}

/** Runs a `sh` block as a person would type it: both streams as a terminal shows them. */
export function runBlock(block: Block, { cwd, environment }: Surroundings): Ran {
  const done = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', `exec 2>&1\n${block.text}`], {
    cwd,
    env: {
      ...process.env,
      PATH: `${cwd}/node_modules/.shims:${process.env.PATH}`,
      NO_COLOR: '1',
      NPX_FOLDER: `${cwd}/node_modules/.bin`,
      ...environment,
    },
    encoding: 'utf8',
    timeout: 120_000,
  })
  return { code: done.status, output: done.stdout }
}

/** A `ts` block that names a file is that file from here on. */
export function writeBlock(block: Block, { cwd }: Surroundings): void {
  const [name] = block.info
  if (name === undefined) return
  mkdirSync(dirname(join(cwd, name)), { recursive: true })
  writeFileSync(join(cwd, name), `${block.text}\n`)
}

const identifier = /(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{12}(?![0-9a-z])/g

/** Which identifier of this run stands for which of the document: by their order in the outputs. */
export function learnIdentifiers(documented: string, real: string, known: Map<string, string>): void {
  const [written, found] = [documented, real].map((text) => text.match(identifier) ?? [])
  for (const [position, id] of (written ?? []).entries()) {
    const twin = found?.[position]
    if (twin !== undefined && !known.has(id)) known.set(id, twin)
  }
}

/** A block of the document in this run's identifiers. */
export function inThisRun(block: Block, known: ReadonlyMap<string, string>): Block {
  const real = (text: string) => text.replace(identifier, (id) => known.get(id) ?? id)
  return { ...block, text: real(block.text), info: block.info.map(real) }
}

/** Output as a document shows it: without the folder it was made in. */
export function readable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '.')
    .replace(/127\.0\.0\.1:\d+\/\w+/g, 'localhost/panel')
    .replace(/\/\/\w+:\*{3}@/g, '//panel:***@')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
}

/** Output without what differs by machine and moment: identifiers by their order, times, versions, folders, ports. */
export function steady(text: string, folder: string): string {
  const identifiers = new Map<string, string>()
  return readable(text, folder)
    .replace(identifier, (id) => {
      const known = identifiers.get(id) ?? `revision${identifiers.size + 1}`
      identifiers.set(id, known)
      return known
    })
    .replace(/\d+ ms\b/g, 'N ms')
    .replace(/\bSQLite \d+(?:\.\d+)+/g, 'SQLite N')
    .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, 'TIME')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
