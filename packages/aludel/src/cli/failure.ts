// An error on the screen: what happened and what to do next, once, and never a stack trace for bad input.

import { isAludelError } from '../errors.ts'
import type { Surroundings } from './context.ts'
import { styleFor } from './style.ts'

interface Told {
  readonly code: string
  readonly message: string
  readonly hint: string | null
  readonly details: unknown
}

/** Prints it where it belongs; gives the exit code. */
export function printFailure(
  error: unknown,
  { name, stdout, stderr, environment }: Surroundings,
  { json }: { readonly json: boolean },
): number {
  const told = tell(error, name)
  if (json) {
    stdout.write(
      `${JSON.stringify({ error: told }, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n`,
    )
  } else {
    const style = styleFor(stderr.isTTY ?? false, environment)
    stderr.write(`${style.red(style.bold(told.code === 'usage' ? 'USAGE:' : 'FAILED:'))} ${told.message}\n`)
    if (told.hint !== null) stderr.write(`${told.hint}\n`)
  }
  if (environment.ALUDEL_DEBUG && error instanceof Error) stderr.write(`${error.stack}\n`)
  return told.code === 'usage' ? 2 : 1
}

function tell(error: unknown, name: string): Told {
  if (isAludelError(error)) {
    const hint =
      error.hint === null || name === 'aludel' ? error.hint : error.hint.replaceAll(/\baludel (?=[a-z-]+)/g, `${name} `)
    return { code: error.code, message: error.message, hint, details: error.details }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'unexpected',
    message: `Something unexpected happened: ${message}`,
    hint: 'Set ALUDEL_DEBUG=1 to see where, and please report it.',
    details: {},
  }
}
