// A program that prints SQL: any library that can show its schema is a source.

import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { AludelError } from '../errors.ts'
import type { CommandSource } from '../project/schema-source.ts'
import { titleOf } from './reference.ts'
import type { Resolver, SourceContext } from './source.ts'

export const command: Resolver<'command'> = async (reference, context) => {
  const title = titleOf(reference, context.directory)
  const text = await printed(reference, title, context)
  if (/\S/.test(text)) return context.places.read(title, await context.places.scratch([{ name: title, text }]), false)
  throw new AludelError(
    'command-printed-nothing',
    `\`${title}\` printed nothing, where a schema was expected as SQL.`,
    {
      hint: 'Run it by itself: it must print the statements on stdout.',
      details: { command: title },
    },
  )
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly late: boolean
}

async function printed(reference: CommandSource, title: string, context: SourceContext): Promise<string> {
  const ended = await run(reference, context).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'the program was not found' : error.message
    throw new AludelError('command-failed', `\`${title}\` could not be started: ${reason}.`, {
      hint: 'Install the program in the project, or correct the command.',
      details: { command: title },
      cause: error,
    })
  })
  if (ended.code === 0) return ended.stdout
  const said = lastLines(ended.stderr)
  const what = ended.late
    ? `took longer than ${reference.timeout / 1000} s and was ended`
    : ended.code === null
      ? 'was ended by a signal'
      : `ended with ${ended.code}`
  throw new AludelError('command-failed', `\`${title}\` ${what}${said === '' ? '.' : `:\n${said}`}`, {
    hint: ended.late ? 'Give it longer: command(line, { timeout: 300_000 }).' : 'Run it by itself to see why.',
    details: { command: title, code: ended.code, stderr: ended.stderr },
  })
}

const linesShown = 20

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-linesShown).join('\n')
}

function run(reference: CommandSource, { project, signal }: SourceContext): Promise<Ended> {
  const [program = '', ...given] = wordsOf(reference.command)
  return new Promise((resolve, reject) => {
    const child = spawn(program, given, {
      cwd: project.directory,
      env: { ...process.env, PATH: `${localPrograms(project.directory)}${delimiter}${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that what it has started ends with it.
      detached: process.platform !== 'win32',
    })
    const stop = () => {
      if (child.pid !== undefined && process.platform !== 'win32') end(-child.pid)
      else child.kill('SIGKILL')
    }
    let [stdout, stderr, late] = ['', '', false]
    const timer = setTimeout(() => {
      late = true
      stop()
    }, reference.timeout)
    signal.addEventListener('abort', stop, { once: true })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('close', (code) => {
      done()
      resolve({ code, stdout, stderr, late })
    })
  })
}

function end(group: number): void {
  try {
    process.kill(group, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

const needsShell = /[|&;<>()$`*?[\]{}~\n]|^\w+=/
const word = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g

/** The words of a line, quotes taken away; a line that means more than words is the shell's. */
function wordsOf(command: string | readonly string[]): readonly string[] {
  if (typeof command !== 'string') return command
  if (needsShell.test(command) || process.platform === 'win32') {
    return process.platform === 'win32' ? ['cmd', '/d', '/s', '/c', command] : ['/bin/sh', '-c', command]
  }
  return [...command.matchAll(word)].map(([, double, single, bare]) =>
    double !== undefined ? double.replace(/\\(.)/g, '$1') : (single ?? bare ?? ''),
  )
}

/** Where the packages of the project and of the folders above it keep their programs. */
function localPrograms(directory: string): string {
  const folders: string[] = []
  for (let folder = directory; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '.bin'))
    if (dirname(folder) === folder) return folders.join(delimiter)
  }
}
