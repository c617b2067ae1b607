// argv to a verb to text or JSON: usage, errors and exit codes.

import { openProject } from '../project/project.ts'
import { version } from '../version.ts'
import { parseArguments } from './arguments.ts'
import { createAsk } from './ask.ts'
import type { CommonOptions, Surroundings, VerbContext } from './context.ts'
import { jsonText } from './json.ts'
import { styleFor } from './style.ts'

/** Runs one command line; gives its exit code. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const invocation = parseArguments(argv, surroundings.flask)
  if (invocation.kind === 'verb') {
    try {
      if (invocation.verb.takesLong) surroundings.longWork()
      const run = await invocation.verb.load()
      return await run(contextFor(surroundings, invocation.operands, invocation.options) as VerbContext<never>)
    } catch (error) {
      const { printFailure } = await import('./failure.ts')
      return printFailure(error, surroundings, { json: invocation.options.json === true })
    }
  }
  if (invocation.kind === 'version') {
    surroundings.stdout.write(`aludel ${version}\n`)
    return 0
  }
  const { printHelp, printUsage } = await import('./usage.ts')
  if (invocation.kind === 'help') return printHelp(surroundings, invocation.verb)
  return printUsage(surroundings, invocation, { json: argv.includes('--json') })
}

function contextFor(surroundings: Surroundings, operands: readonly string[], options: CommonOptions): VerbContext {
  const { environment, cwd } = surroundings
  const quiet = options.quiet ?? false
  let ask: VerbContext['ask'] = null
  return {
    name: surroundings.name,
    cwd,
    flask: surroundings.flask,
    environment,
    longWork: surroundings.longWork,
    operands,
    options,
    get style() {
      return styleFor(surroundings.stdout.isTTY ?? false, environment)
    },
    get errorStyle() {
      return styleFor(surroundings.stderr.isTTY ?? false, environment)
    },
    project: async () => {
      return openProject({
        cwd,
        config: options.config ?? surroundings.config,
        directory: options.directory,
        url: options.url,
        env: options.env,
        database: options.database,
        lockTimeout: options.noWait === true ? 0 : options.lockTimeout,
        arguments: argumentsOf(options.x ?? []),
        environment,
        own: () => import('../index/own.ts').then((module) => module.ownModules()),
      })
    },
    print: (text) => {
      if (!quiet && options.json !== true) surroundings.stdout.write(`${text}\n`)
    },
    script: (sql) => {
      surroundings.stdout.write(`${sql.trimEnd()}\n`)
    },
    note: (text) => {
      if (!quiet) surroundings.stderr.write(`${text}\n`)
    },
    warn: (text) => {
      surroundings.stderr.write(`${text}\n`)
    },
    get status() {
      return statusOn(surroundings)
    },
    get ask() {
      const { stdin, stderr } = surroundings
      if (options.json === true || !stdin.isTTY || !stderr.isTTY) return null
      ask ??= createAsk(stdin, stderr)
      return ask
    },
    json: (result) => {
      if (options.json !== true) return false
      surroundings.stdout.write(`${jsonText(result)}\n`)
      return true
    },
  }
}

function statusOn({ stderr, environment }: Surroundings): VerbContext['status'] {
  if (stderr.isTTY !== true || environment.TERM === 'dumb') return null
  // What is wider than the terminal would go on in a second line, which nothing takes away again. Some terminals have a width of 0.
  return (text) => stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`)
}

function argumentsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=')
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
