// What every verb of the command line gets: the project, its options, and where to write.

import { AludelError } from '../errors.ts'
import type { Configuration } from '../project/configuration.ts'
import type { Project } from '../project/project.ts'
import type { FileProblem } from '../project/scripts.ts'
import type { Input, Output } from './index.ts'
import type { Style } from './style.ts'

export interface Surroundings {
  readonly name: string
  readonly config: Configuration | string | undefined
  readonly cwd: string
  readonly stdout: Output
  readonly stderr: Output
  readonly stdin: Input
  readonly flask: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Called where the work begins to take long. */
  readonly longWork: () => void
}

export interface CommonOptions {
  readonly config?: string
  readonly directory?: string
  readonly url?: string
  readonly env?: string
  readonly database?: string
  readonly lockTimeout?: number
  readonly noWait?: boolean
  readonly json?: boolean
  readonly events?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly x?: readonly string[]
}

export interface VerbContext<Options = unknown> {
  readonly name: string
  readonly cwd: string
  readonly flask: boolean
  readonly environment: Surroundings['environment']
  readonly operands: readonly string[]
  readonly options: Options & CommonOptions
  readonly style: Style
  readonly errorStyle: Style
  project(): Promise<Project>
  /** A line on stdout, unless the answer is JSON or quiet was asked. */
  print(text: string): void
  /** SQL on stdout, also when quiet was asked: it is all that was wanted. */
  script(sql: string): void
  /** A line on stderr, unless quiet was asked. */
  note(text: string): void
  /** A line on stderr, always. */
  warn(text: string): void
  /** Shows a text in the last line of the terminal on stderr, in the place of the one before; null where there is none. */
  readonly status: ((text: string) => void) | null
  /** Asks a line of whoever sits at the terminal; null where nobody does. */
  readonly ask: ((question: string) => Promise<string>) | null
  /** The answer as JSON, where that was asked; true if so. */
  json(answer: unknown): boolean
  /** To be called once where a verb goes over to work that takes long. */
  longWork(): void
}

/** A verb of the command line: gives its exit code. */
export type Verb = (context: VerbContext<never>) => Promise<number>

/** A database is what it is: only a script can be written for another engine. */
export function requireSqlFor(dialect: string | undefined, sql: boolean | undefined): void {
  if (dialect === undefined || sql) return
  throw new AludelError(
    'dialect-without-sql',
    '`--dialect` says which engine a script is for, and no script was asked.',
    {
      hint: 'Add --sql, or leave --dialect out: the server tells its version itself.',
    },
  )
}

/** The problems of a graph that the verb can live with, on stderr. */
export function warnOfProblems(
  context: Pick<VerbContext, 'warn' | 'errorStyle'>,
  problems: readonly FileProblem[],
): void {
  for (const problem of problems) context.warn(`${context.errorStyle.yellow('warning:')} ${problem.message}`)
}

/** A result without what is told on stderr. */
export function withoutProblems<T extends { readonly problems?: unknown }>({
  problems: _,
  ...rest
}: T): Omit<T, 'problems'> {
  return rest
}
