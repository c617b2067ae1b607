// Help on request, and what was wrong with a command line that could not be understood.

import { didYouMean } from '../revisions/nearest.ts'
import type { Invocation } from './arguments.ts'
import type { Surroundings } from './context.ts'
import { helpText } from './help.ts'
import type { VerbEntry } from './options.ts'
import { styleFor } from './style.ts'

export function printHelp({ name, stdout, flask, environment }: Surroundings, verb: VerbEntry | null): number {
  stdout.write(helpText(name, verb, flask, styleFor(stdout.isTTY ?? false, environment)))
  return 0
}

export function printUsage(
  { name, stdout, stderr, environment }: Surroundings,
  { verb, message, suggestions }: Extract<Invocation, { readonly kind: 'usage' }>,
  { json }: { readonly json: boolean },
): number {
  const meant = suggestions.given === '' ? null : didYouMean(suggestions.given, suggestions.known)
  const help = `Type \`${name}${verb === null ? '' : ` ${verb.name}`} --help\` for ${verb === null ? 'the commands' : 'its operands and options'}.`
  const hint = meant === null ? help : `${meant} ${help}`
  if (json) stdout.write(`${JSON.stringify({ error: { code: 'usage', message, hint, details: {} } }, null, 2)}\n`)
  else {
    const style = styleFor(stderr.isTTY ?? false, environment)
    stderr.write(`${style.red(style.bold('USAGE:'))} ${message}\n${hint}\n`)
  }
  return 2
}
