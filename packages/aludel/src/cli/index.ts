// The command line, also inside an application: `runCli(argv, { name: 'panel db' })`. It never exits and never reads process.argv.

import { AludelError } from '../errors.ts'
import type { Configuration } from '../project/configuration.ts'
import { runProgram } from './program.ts'
import type { Style } from './style.ts'

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** How wide the terminal is. */
  readonly columns?: number
}

/** Where answers come from: asked only where it and the output are a terminal. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean }

export interface CliOptions {
  /** How the command is called in help and hints: 'aludel', 'panel db'. */
  readonly name: string
  /** A configuration, or the path of one; default: looked for from `cwd` upwards. */
  readonly config?: Configuration | string
  readonly cwd?: string
  readonly stdout?: Output
  readonly stderr?: Output
  readonly stdin?: Input
  /** 'flask': targets may be left out where Flask-Migrate lets them. */
  readonly defaults?: 'flask'
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Called once where the work begins to take long, and not by a start that finds nothing to do. */
  readonly longWork?: () => void
}

export type { Style }

/**
 * Runs one command line and answers its exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 a check found something.
 *
 * @example process.exitCode = await runCli(process.argv.slice(3), { name: 'panel db', config: './aludel.config.ts' })
 */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  return runProgram(argv, {
    name: options.name,
    config: options.config,
    get cwd() {
      return options.cwd ?? workingDirectory()
    },
    // Making a stream of the process costs a millisecond or two, so it is asked for when something is written to it.
    get stdout() {
      return options.stdout ?? patient(process.stdout)
    },
    get stderr() {
      return options.stderr ?? patient(process.stderr)
    },
    get stdin() {
      return options.stdin ?? process.stdin
    },
    flask: options.defaults === 'flask',
    environment: options.environment ?? process.env,
    longWork: options.longWork ?? (() => undefined),
  })
}

function workingDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    throw new AludelError('no-working-directory', 'The folder that this was started in is not there any more.', {
      hint: 'Change to a folder that exists.',
      cause: error,
    })
  }
}

/** A stream of the process whose reader may go away: `history | head` is done then, and an upgrade runs on. */
function patient(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!stream.listeners('error').includes(forgiveClosedReader)) stream.on('error', forgiveClosedReader)
  return stream
}

function forgiveClosedReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
