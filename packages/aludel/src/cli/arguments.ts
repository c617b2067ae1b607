// argv to a verb, its operands and its options: strict, with what was probably meant.

import { parseArgs } from 'node:util'
import type { CommonOptions } from './context.ts'
import { commonOptions, type OptionEntry, type VerbEntry } from './options.ts'
import { verbs } from './verbs.ts'

export type Invocation =
  | {
      readonly kind: 'verb'
      readonly verb: VerbEntry
      readonly operands: readonly string[]
      readonly options: CommonOptions & Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'help'; readonly verb: VerbEntry | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'usage'
      readonly verb: VerbEntry | null
      readonly message: string
      readonly suggestions: Suggestions
    }

/** What was written and what there is, for a did-you-mean that is only worked out when it is shown. */
export interface Suggestions {
  readonly given: string
  readonly known: readonly string[]
}

interface Declared {
  readonly entry: OptionEntry
  readonly name: string
  readonly type: 'string' | 'boolean'
  readonly short: string | null
  readonly several: boolean
  /** Takes every word up to the next option. */
  readonly greedy: boolean
}

// `-1` and `-2:head` are operands and values, not options; a mark that nobody types says so to the parser.
const mark = '\u0001'
const protect = (given: string) => (/^-\d/.test(given) ? `${mark}${given}` : given)
const bare = (given: string) => (given.startsWith(mark) ? given.slice(mark.length) : given)

export function parseArguments(argv: readonly string[], flask: boolean): Invocation {
  const args = argv.map(protect)
  const everything = verbs.flatMap((verb) => verb.options).concat(commonOptions)
  const first = tokensOf(args, everything).find((token) => token.kind === 'positional')
  if (first === undefined) return withoutVerb(args)
  const name = bare(first.value)
  if (name === 'help') return helpOf(args.slice(first.index + 1))
  const verb = verbs.find((one) => one.name === name)
  if (verb === undefined) return unknownVerb(name)
  return withVerb(verb, [...args.slice(0, first.index), ...args.slice(first.index + 1)], flask)
}

function unknownVerb(name: string): Invocation {
  return {
    kind: 'usage',
    verb: null,
    message: `There is no command "${name}".`,
    suggestions: { given: name, known: verbs.map((one) => one.name) },
  }
}

function withoutVerb(args: readonly string[]): Invocation {
  if (args.some((arg) => arg === '--version' || arg === '-V')) return { kind: 'version' }
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { kind: 'help', verb: null }
  return refuse(null, 'No command was given.')
}

function helpOf(args: readonly string[]): Invocation {
  const [name] = args.filter((arg) => !arg.startsWith('-'))
  if (name === undefined) return { kind: 'help', verb: null }
  const verb = verbs.find((one) => one.name === name)
  return verb === undefined ? unknownVerb(name) : { kind: 'help', verb }
}

function withVerb(verb: VerbEntry, args: readonly string[], flask: boolean): Invocation {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { kind: 'help', verb }
  const known = [...verb.options, ...commonOptions].map(declare)
  const options: Record<string, unknown> = {}
  const operands: string[] = []
  let greedy: Declared | null = null
  for (const token of tokensOf(
    args,
    known.map(({ entry }) => entry),
  )) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      if (greedy === null) operands.push(bare(token.value))
      else put(options, greedy, bare(token.value))
      continue
    }
    const declared = known.find((one) => one.name === token.name)
    if (declared === undefined) {
      return {
        kind: 'usage',
        verb,
        message: `\`${verb.name}\` has no option ${token.rawName}.`,
        suggestions: { given: token.rawName, known: known.map((one) => `--${one.name}`) },
      }
    }
    if (declared.type === 'string' && token.value === undefined)
      return refuse(verb, `The option ${token.rawName} needs a value.`)
    if (declared.type === 'boolean' && token.value !== undefined)
      return refuse(verb, `The option ${token.rawName} takes no value.`)
    put(options, declared, declared.type === 'boolean' ? true : bare(token.value ?? ''))
    greedy = declared.greedy ? declared : null
  }
  const wrong = wrongOperands(verb, operands, flask) ?? wrongNumber(options)
  return wrong === null ? { kind: 'verb', verb, operands, options } : refuse(verb, wrong)
}

type Token =
  | {
      readonly kind: 'option'
      readonly index: number
      readonly name: string
      readonly rawName: string
      readonly value: string | undefined
    }
  | { readonly kind: 'positional'; readonly index: number; readonly value: string }
  | { readonly kind: 'option-terminator'; readonly index: number }

function tokensOf(args: readonly string[], entries: readonly OptionEntry[]): readonly Token[] {
  const options = Object.fromEntries(
    entries.map(declare).map(({ name, type, short }) => [name, short === null ? { type } : { type, short }]),
  )
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
    .tokens as readonly Token[]
}

function declare(entry: OptionEntry): Declared {
  const short = /(?:^|\s)-(\w)\b/.exec(entry.flags)?.[1] ?? null
  const name = /--([\w-]+)/.exec(entry.flags)?.[1] ?? short ?? ''
  const greedy = entry.flags.includes('...>')
  return {
    entry,
    name,
    short,
    type: entry.flags.includes('<') ? 'string' : 'boolean',
    several: entry.several === true || greedy,
    greedy,
  }
}

function put(options: Record<string, unknown>, { name, several }: Declared, value: string | boolean): void {
  const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  options[key] = several ? [...((options[key] as readonly unknown[] | undefined) ?? []), value] : value
}

function wrongOperands(verb: VerbEntry, operands: readonly string[], flask: boolean): string | null {
  const wanted = operandsOf(verb, flask)
  const needed = wanted.filter((one) => one.startsWith('<')).length
  const missing = wanted[operands.length]
  if (operands.length < needed && missing !== undefined) return `\`${verb.name}\` needs ${missing}.`
  if (operands.length > wanted.length && !wanted.at(-1)?.includes('...')) {
    return `\`${verb.name}\` does not take "${operands[wanted.length]}".`
  }
  return null
}

/** The operands as help shows them: `<needed>`, `[optional]`, `<several...>`. */
export function operandsOf(verb: VerbEntry, flask: boolean): readonly string[] {
  const text = flask ? (verb.flaskOperands ?? verb.operands) : verb.operands
  return text === '' ? [] : text.split(' ')
}

function wrongNumber(options: Record<string, unknown>): string | null {
  if (options.lockTimeout === undefined) return null
  const value = Number(options.lockTimeout)
  if (!Number.isFinite(value) || value < 0)
    return `--lock-timeout takes a number of milliseconds, not "${options.lockTimeout}".`
  options.lockTimeout = value
  return null
}

function refuse(verb: VerbEntry | null, message: string): Invocation {
  return { kind: 'usage', verb, message, suggestions: { given: '', known: [] } }
}
