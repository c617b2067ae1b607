// What is wrong with a header that was read, as a problem that names the file.

import type { Phase } from '../revisions/revision.ts'
import type { TransactionMode } from './configuration.ts'
import { type Header, type HeaderFields, type HeaderValue, listOf } from './header.ts'
import { missingNames, type ParsedHeader } from './parse-header.ts'

export interface FileProblem {
  readonly code: string
  readonly message: string
  readonly files: readonly string[]
  readonly revisions: readonly string[]
}

/** The first reason why a file with this header cannot be a part of the graph; null where it can. */
export function headerProblem(path: string, header: ParsedHeader): FileProblem | null {
  const { fields, computed, errors } = header
  const say = (code: string, message: string) => fileProblem(code, path, fields, message)
  const [hidden] = computed
  if (hidden !== undefined) {
    const what = `The header of ${path} computes its ${hidden}, so it cannot be read without executing the file.`
    return say('computed-header', what)
  }
  const [missing] = missingNames(fields)
  if (missing !== undefined) {
    const [error] = errors
    if (error !== undefined) return say('unreadable-revision', `${path} is not valid TypeScript: ${error}.`)
    const code = missing === 'revision' ? 'no-revision' : 'incomplete-header'
    return say(code, `${path} has no \`${missing}\` in its header.`)
  }
  return identifierProblem(path, header) ?? valueProblem(path, fields, header.numbers)
}

export function fileProblem(code: string, path: string, fields: HeaderFields, message: string): FileProblem {
  return { code, message, files: [path], revisions: typeof fields.revision === 'string' ? [fields.revision] : [] }
}

function identifierProblem(path: string, { fields, numbers }: ParsedHeader): FileProblem | null {
  const { revision = null } = fields
  const what = (sentence: string) => fileProblem('illegal-id', path, fields, `${path}: ${sentence}.`)
  if (revision === null) return what('The identifier `revision` is null and not a text')
  if (typeof revision !== 'string') return what('The identifier `revision` is a list and not a text')
  const name = (['revision', 'downRevision', 'dependsOn'] as const).find((one) => numbers.includes(one))
  if (name === undefined) return null
  const { list, is } = numbered(fields[name] ?? null)
  return what(`The ${list} ${name === 'revision' ? '' : `in \`${name}\` `}${is} and not a text`)
}

function numbered(value: HeaderValue): { readonly list: string; readonly is: string } {
  const texts = listOf(value)
  if (texts.length === 1) return { list: `identifier ${texts[0]}`, is: 'is a number' }
  return { list: `list of identifiers [${texts.join(', ')}]`, is: 'holds a number' }
}

/** The words that a header may choose from. */
const choices: Readonly<Partial<Record<keyof Header, readonly string[]>>> = {
  phase: ['expand', 'migrate', 'contract'] satisfies readonly Phase[],
  transaction: ['run', 'revision', 'none'] satisfies readonly TransactionMode[],
}

/** What is wrong with a header that has its identifiers. */
export function valueProblem(
  path: string,
  fields: HeaderFields,
  numbers: readonly (keyof Header)[] = [],
): FileProblem | null {
  const wrong = (message: string) => fileProblem('invalid-header', path, fields, `${path}: ${message}`)
  const [number] = numbers
  if (number !== undefined) return wrong(`\`${number}\` is a number and not a text.`)
  for (const name of ['createdAt', 'phase', 'transaction'] as const) {
    const value = fields[name] ?? null
    const known = choices[name]
    if (value !== null && typeof value !== 'string') return wrong(`\`${name}\` must be one text.`)
    if (value !== null && known?.includes(value) === false)
      return wrong(`\`${name}\` is "${value}", but it can only be ${known.map((one) => `"${one}"`).join(', ')}.`)
  }
  return null
}
