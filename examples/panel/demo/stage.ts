// What every act stands on: a copy of the Panel, its commands as a person types them, and what must come of them.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Connection, connect } from 'aludel'

/** A step was not what it says it is. */
export class NotAsSaid extends Error {}

export function mustBe(isSo: boolean, expected: string, found: unknown = ''): void {
  if (isSo) return
  const told = typeof found === 'string' ? found : JSON.stringify(found, null, 2)
  throw new NotAsSaid(`Expected ${expected}${told === '' ? '.' : `, but there was:\n${told}`}`)
}

export interface Shown {
  readonly code: number
  readonly output: string
}

export interface Expected {
  readonly code: number
  /** Texts that a person must find in what is shown. */
  readonly says?: readonly string[]
  /** False for a command whose long output says nothing to a person. */
  readonly shown?: boolean
}

/** A copy of the Panel, with a database. */
export interface Copy {
  readonly folder: string
  /** Runs `panel db ...` and shows it as a person would see it. */
  db(line: string, expected: Expected): Promise<Shown>
  /** Runs `panel db ... --json` and shows nothing: for looking behind the scene. */
  facts<T>(line: string): Promise<T>
  /** Adds a line to a file after another, and shows both. */
  insert(file: string, after: string, added: string): void
  /** Shows a file, and gives its text. */
  show(file: string): string
  /** Starts `panel serve`; resolves when it answers. */
  serve(): Promise<Serving>
  query<Row>(sql: string): Promise<readonly Row[]>
  /** Runs SQL past Aludel, as somebody with another tool would. */
  run(script: string): Promise<void>
}

export interface Serving {
  readonly url: string
  stop(): Promise<void>
}

const panel = fileURLToPath(new URL('..', import.meta.url))
const repository = fileURLToPath(new URL('../../..', import.meta.url))
const parts = ['aludel.config.ts', 'package.json', 'bin', 'dist', 'migrations', 'src']

export const print = (text = ''): void => console.log(text)

/** A sentence before what it is about. */
export function say(text: string): void {
  print(`\n${bold(text)}\n`)
}

const isTerminal = process.stdout.isTTY ?? false
const bold = (text: string) => (isTerminal ? `\u001b[1m${text}\u001b[22m` : text)
const dim = (text: string) => (isTerminal ? `\u001b[2m${text}\u001b[22m` : text)

/** Copies the Panel to `folder`, beside packages that it finds there. */
export function copyPanel(folder: string, from = panel): string {
  mkdirSync(folder, { recursive: true })
  for (const part of parts) cpSync(join(from, part), join(folder, part), { recursive: true })
  const modules = join(folder, '..', 'node_modules')
  if (!existsSync(modules)) symlinkSync(join(repository, 'node_modules'), modules, 'junction')
  return folder
}

/** A copy of the Panel at work on a database. */
export function panelAt(folder: string, url: string): Copy {
  // Settings of whoever watches are not the demonstration's.
  const others = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ALUDEL_')))
  const env = { ...others, DATABASE_URL: url, PANEL_SECRET: 'a secret of the demonstration alone' }
  const command = commandIn(folder, env)
  const onDatabase = async <T>(work: (db: Connection) => Promise<T>): Promise<T> => {
    const db = await connect(url)
    return work(db).finally(() => db.close())
  }
  return {
    folder,
    db: async (line, expected) => {
      const isShown = expected.shown ?? true
      if (isShown) print(`${dim('$')} panel db ${line}`)
      const told = await command(['db', ...words(line)])
      if (isShown) print(told.output.trimEnd())
      mustBe(
        told.code === expected.code,
        `the exit code ${expected.code} of \`panel db ${line}\``,
        `${told.code}\n${told.output}`,
      )
      for (const text of expected.says ?? []) {
        mustBe(told.output.includes(text), `\`panel db ${line}\` to say "${text}"`, told.output)
      }
      return told
    },
    facts: async <T>(line: string) => JSON.parse((await command(['db', ...words(line), '--json'])).output) as T,
    insert: (file, after, added) => insert(join(folder, file), file, after, added),
    show: (file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      print(`${dim('$')} cat ${file}\n${text.trimEnd()}`)
      return text
    },
    serve: () => serve(folder, env),
    query: <Row>(sql: string) => onDatabase(async (db) => (await db.query<Row>(sql)).rows),
    run: (script) => onDatabase((db) => db.script(script)),
  }
}

/** Words of a command line; double quotes keep blanks together. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function commandIn(folder: string, env: NodeJS.ProcessEnv): (options: readonly string[]) => Promise<Shown> {
  return async (options) => {
    const child = spawn(process.execPath, [join(folder, 'bin/panel.js'), ...options], { cwd: folder, env })
    let output = ''
    const take = (text: string) => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', take)
    // What is read as JSON or as SQL has nothing else in it.
    if (options.includes('--json') || options.includes('--sql')) child.stderr.resume()
    else child.stderr.setEncoding('utf8').on('data', take)
    const [code] = await once(child, 'close')
    return { code: Number(code), output }
  }
}

function insert(path: string, file: string, after: string, added: string): void {
  const text = readFileSync(path, 'utf8')
  const at = text.indexOf(after)
  mustBe(at !== -1, `${file} to hold the line "${after.trim()}"`)
  const end = at + after.length
  writeFileSync(path, `${text.slice(0, end)}\n${added}${text.slice(end)}`)
  print(`${dim('in')} ${file}\n    ${after.trim()}`)
  for (const line of added.split('\n')) print(`  + ${line.trim()}`)
}

const running = new Set<ChildProcess>()

async function serve(folder: string, env: NodeJS.ProcessEnv): Promise<Serving> {
  print(`${dim('$')} panel serve --port 0 &`)
  const child = spawn(process.execPath, [join(folder, 'bin/panel.js'), 'serve', '--port', '0'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  if (child.stdout === null) throw new NotAsSaid('Expected panel serve to have an output.')
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')])
  print(String(line))
  mustBe(String(line).includes('http://'), 'panel serve to say where it listens', String(line))
  return {
    url: String(line).replace(/^.* /, ''),
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = await once(child, 'exit')
      mustBe(code === 0, 'panel serve to end with exit code 0', String(code))
    },
  }
}

/** Ends what an act that failed left running. */
export function endServers(): void {
  for (const child of running) child.kill('SIGKILL')
}
