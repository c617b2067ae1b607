// A project in a temporary folder, and the command line run on it: in this process, or as one of its own.

import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect } from 'vitest'
import { type CliOptions, runCli } from '../../src/cli/index.ts'

export const command = resolve(dirname(fileURLToPath(import.meta.url)), '../../bin/aludel.js')

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Failure {
  readonly code: string
  readonly message: string
  readonly hint: string | null
  readonly details: Readonly<Record<string, unknown>>
}

export interface RunOptions extends Partial<Omit<CliOptions, 'stdout' | 'stderr'>> {}

export interface TestProject {
  readonly folder: string
  path(name: string): string
  write(files: Readonly<Record<string, string>>): void
  read(name: string): string
  /** Every file under the folder, hidden ones too, as sorted relative paths. */
  files(): readonly string[]
  run(line: string | readonly string[], options?: RunOptions): Promise<Answer>
  /** The one document that `--json` prints; fails where the command did. */
  json<T = Record<string, unknown>>(line: string | readonly string[], options?: RunOptions): Promise<T>
  /** The error document that `--json` prints. */
  failure(line: string | readonly string[], options?: RunOptions): Promise<Failure>
  /** The built command in a process of its own. */
  spawn(line: string | readonly string[], environment?: Readonly<Record<string, string>>): Promise<Answer>
}

const made: string[] = []

// Whatever a command does, it leaves no temporary file behind.
afterEach(() => {
  for (const folder of made.splice(0)) {
    const left = filesUnder(folder).filter((name) => /\.tmp$|-journal$/.test(name))
    rmSync(folder, { recursive: true, force: true })
    expect(left).toEqual([])
  }
})

/** A folder with these files; none is there by itself. */
export function projectWith(files: Readonly<Record<string, string>> = {}): TestProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-cli-')))
  made.push(folder)
  const path = (name: string) => join(folder, name)
  const write: TestProject['write'] = (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), text)
    }
  }
  const run: TestProject['run'] = async (line, options = {}) => {
    const stdout = collector()
    const stderr = collector()
    const code = await runCli(wordsOf(line), {
      name: 'aludel',
      cwd: folder,
      environment: { NO_COLOR: '1' },
      ...options,
      stdout,
      stderr,
    })
    return readable({ code, stdout: stdout.text(), stderr: stderr.text() })
  }
  write(files)
  return {
    folder,
    path,
    write,
    read: (name) => readFileSync(path(name), 'utf8'),
    files: () => filesUnder(folder),
    run,
    json: async <T>(line: string | readonly string[], options?: RunOptions) => {
      const answer = await run([...wordsOf(line), '--json'], options)
      const document = JSON.parse(answer.stdout) as T & { readonly error?: Failure }
      expect(document.error).toBeUndefined()
      return document
    },
    failure: async (line, options) => {
      const { stdout } = await run([...wordsOf(line), '--json'], options)
      const document = JSON.parse(stdout) as { readonly error: Failure }
      expect(Object.keys(document)).toEqual(['error'])
      expect(Object.keys(document.error)).toEqual(['code', 'message', 'hint', 'details'])
      return document.error
    },
    spawn: (line, environment = {}) => spawned(wordsOf(line), folder, environment),
  }
}

/** A chain in SQLite: `chain('a', 'b<a', 'c<a,b')` are files that create and drop a table of their own. */
export function chain(...revisions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    revisions.map((text) => {
      const [id = '', parents = ''] = text.split('<')
      return [`migrations/versions/${id}.ts`, revisionFile(id, parents === '' ? [] : parents.split(','))]
    }),
  )
}

export interface FileOptions {
  readonly header?: string
  readonly upgrade?: string
  readonly downgrade?: string
}

/** A revision file; without a body it makes a table `t_<id>`. */
export function revisionFile(id: string, parents: readonly string[], options: FileOptions = {}): string {
  const down = parents.length === 0 ? 'null' : parents.length === 1 ? `'${parents[0]}'` : JSON.stringify(parents)
  return `/** Make ${id} */
import type { Operations } from 'aludel'
import { integer } from 'aludel/schema'

export const revision = '${id}'
export const downRevision = ${down}
${options.header ?? `export const branchLabels = null\nexport const dependsOn = null\nexport const createdAt = '2026-01-02T03:04:05Z'`}

export function upgrade(op: Operations) {
  ${options.upgrade ?? `op.createTable('t_${id}', { id: integer().primaryKey() })`}
}

export function downgrade(op: Operations) {
  ${options.downgrade ?? `op.dropTable('t_${id}')`}
}
`
}

export const sqliteConfig = { 'aludel.config.json': '{ "url": "sqlite:app.db", "migrations": "migrations" }\n' }

/** A project on a SQLite file with a chain. */
export function sqliteProject(...revisions: readonly string[]): TestProject {
  return projectWith({ ...sqliteConfig, ...chain(...revisions) })
}

const userModel = `import { defineSchema, integer, string, table } from 'aludel/schema'

export const user = table('user', { id: integer().primaryKey(), email: string(120).notNull() })
export const schema = defineSchema([user])
`

/** A project on a SQLite file whose models have a table that no revision makes yet. */
export function modelsProject(): TestProject {
  return projectWith({
    'models.ts': userModel,
    'migrations/versions/.gitkeep': '',
    'aludel.config.ts': `import { defineConfig } from 'aludel'

export default defineConfig({ url: 'sqlite:app.db', schema: () => import('./models.ts').then((m) => m.schema) })
`,
  })
}

export function wordsOf(line: string | readonly string[]): readonly string[] {
  return typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line
}

// No input, however bad, may show where in the program it was noticed.
function readable(answer: Answer): Answer {
  expect(`${answer.stdout}${answer.stderr}`).not.toMatch(/^\s+at /m)
  return answer
}

function collector(): { write(text: string): void; text(): string } {
  const pieces: string[] = []
  return { write: (text) => void pieces.push(text), text: () => pieces.join('') }
}

function spawned(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [command, ...words], {
      cwd,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', failed)
    child.on('close', (code) => done({ code: code ?? -1, stdout, stderr }))
  }).then((answer) => readable(answer as Answer))
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
