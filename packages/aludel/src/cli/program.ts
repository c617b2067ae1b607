// argv to a verb to text or JSON: usage, errors and exit codes.

import { Command, CommanderError, Option } from 'commander'

import { version } from '../version.ts'
import type { CommonOptions, Surroundings, VerbContext } from './context.ts'
import { printFailure } from './failure.ts'
import { styleFor } from './style.ts'
import { commonOptions, type OptionEntry, type VerbEntry, verbs } from './verbs.ts'

/** Runs one command line; gives its exit code. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let code = 0
  const program = programFor(surroundings, (answer) => {
    code = answer
  })
  try {
    await program.parseAsync(argv.map(protect), { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return usageCode(error, argv, surroundings)
    return printFailure(error, surroundings, { json: argv.includes('--json') })
  }
}

// Commander takes `-1` and `-2:head` for options; a mark that nobody types keeps them operands and values.
const mark = '\u0001'
const protect = (given: string) => (/^-\d/.test(given) ? `${mark}${given}` : given)
const bare = (given: string) => (given.startsWith(mark) ? given.slice(mark.length) : given)

function programFor(surroundings: Surroundings, answer: (code: number) => void): Command {
  const { name, stdout, stderr } = surroundings
  const program = new Command(name)
    .description('Database migrations with a revision graph.')
    .version(`aludel ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replaceAll(mark, '')),
    })
    .showSuggestionAfterError(true)
    .showHelpAfterError(`Type \`${name} --help\` for the commands and their options.`)
    .enablePositionalOptions(false)
  for (const option of commonOptions) program.addOption(optionOf(option))
  for (const verb of verbs) addVerb(program, verb, surroundings, answer)
  return program
}

function addVerb(program: Command, verb: VerbEntry, surroundings: Surroundings, answer: (code: number) => void): void {
  const operands = surroundings.flask ? (verb.flaskOperands ?? verb.operands) : verb.operands
  const command = program.command(`${verb.name}${operands === '' ? '' : ` ${operands}`}`).description(verb.description)
  for (const option of [...verb.options, ...commonOptions]) command.addOption(optionOf(option))
  command.action(async (...given: readonly unknown[]) => {
    const options = { ...definedIn(program.opts()), ...definedIn(command.opts()) } as CommonOptions
    const operandsGiven = given
      .slice(0, -2)
      .flat()
      .filter((operand) => operand !== undefined)
      .map((operand) => bare(String(operand)))
    const run = await verb.load()
    answer(await run(contextFor(surroundings, operandsGiven, options) as VerbContext<never>))
  })
}

function optionOf(entry: OptionEntry): Option {
  const option = new Option(entry.flags, entry.description)
  if (entry.several)
    option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
  if (entry.flags.includes('--lock-timeout')) option.argParser(milliseconds)
  return option
}

function milliseconds(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new CommanderError(2, 'aludel.usage', `error: --lock-timeout takes a number of milliseconds, not "${text}"`)
}

function definedIn(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? bare(value) : Array.isArray(value) ? value.map(clean) : value
  return Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, clean(value)]),
  )
}

function usageCode(error: CommanderError, argv: readonly string[], { stdout, stderr, name }: Surroundings): number {
  if (error.exitCode === 0) return 0
  if (error.code === 'commander.help') return argv.length === 0 ? 2 : 0
  if (error.code === 'aludel.usage') stderr.write(`${error.message}\n`)
  if (argv.includes('--json')) {
    const message = error.message.replaceAll(mark, '').replace(/^error: /, '')
    stdout.write(
      `${JSON.stringify({ error: { code: 'usage', message, hint: `Type \`${name} --help\`.`, details: {} } }, null, 2)}\n`,
    )
  }
  return 2
}

function contextFor(surroundings: Surroundings, operands: readonly string[], options: CommonOptions): VerbContext {
  const { stdout, stderr, environment, cwd } = surroundings
  const quiet = options.quiet ?? false
  return {
    name: surroundings.name,
    cwd,
    flask: surroundings.flask,
    environment,
    operands,
    options,
    style: styleFor(stdout.isTTY ?? false, environment),
    errorStyle: styleFor(stderr.isTTY ?? false, environment),
    terminal: stderr.isTTY ?? false,
    project: async () => {
      const [{ openProject }, { ownModules }] = await Promise.all([
        import('../project/project.ts'),
        import('../index/own.ts'),
      ])
      return openProject({
        cwd,
        config: options.config ?? surroundings.config,
        directory: options.directory,
        url: options.url,
        env: options.env,
        database: options.database,
        lockTimeout: options.lockTimeout,
        arguments: argumentsOf(options.x ?? []),
        environment,
        own: ownModules(),
      })
    },
    print: (text) => {
      if (!quiet && options.json !== true) stdout.write(`${text}\n`)
    },
    note: (text) => {
      if (!quiet) stderr.write(`${text}\n`)
    },
    warn: (text) => {
      stderr.write(`${text}\n`)
    },
    json: (result) => {
      if (options.json !== true) return false
      stdout.write(`${JSON.stringify(result, plainJson, 2)}\n`)
      return true
    },
  }
}

/** What JSON has no word for, in a form that can be read back. */
function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}

function argumentsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=')
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
