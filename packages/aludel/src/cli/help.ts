// Help: the commands, or one with its operands and options.

import { operandsOf } from './arguments.ts'
import { commonOptions, type OptionEntry, type VerbEntry } from './options.ts'
import type { Style } from './style.ts'
import { verbs } from './verbs.ts'

export function helpText(name: string, verb: VerbEntry | null, flask: boolean, style: Style): string {
  const lines = verb === null ? overview(name, flask, style) : verbHelp(name, verb, flask, style)
  return `${lines.join('\n')}\n`
}

function overview(name: string, flask: boolean, style: Style): readonly string[] {
  const shown = verbs.map((verb) => [[verb.name, ...operandsOf(verb, flask)].join(' '), verb.description] as const)
  return [
    `${style.bold('Usage:')} ${name} <command> [options]`,
    '',
    'Database migrations with a revision graph.',
    '',
    style.bold('Commands:'),
    ...columns(shown),
    '',
    style.bold('Options of every command:'),
    ...columns(optionColumns(commonOptions)),
    ...columns([
      ['-h, --help', 'print this help, or that of a command'],
      ['-V, --version', 'print the version'],
    ]),
    '',
    'Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 a check found something.',
  ]
}

function verbHelp(name: string, verb: VerbEntry, flask: boolean, style: Style): readonly string[] {
  const own = verb.options.length === 0 ? [] : [style.bold('Options:'), ...columns(optionColumns(verb.options)), '']
  return [
    `${style.bold('Usage:')} ${[name, verb.name, ...operandsOf(verb, flask)].join(' ')} [options]`,
    '',
    `${verb.description.charAt(0).toUpperCase()}${verb.description.slice(1)}.`,
    '',
    ...own,
    style.bold('Options of every command:'),
    ...columns(optionColumns(commonOptions)),
  ]
}

function optionColumns(options: readonly OptionEntry[]): readonly (readonly [string, string])[] {
  return options.map(({ flags, description }) => [flags.startsWith('--') ? `    ${flags}` : flags, description])
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length), 34)
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
