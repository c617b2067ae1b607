// Answers that were given before: on the command line, in a file, in a call.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Answer, type Answers, noAnswers } from '../diff/questions.ts'
import { AludelError } from '../errors.ts'

export interface AnswersGiven {
  /** Renames as `from=to`: `user.name=user.full_name`, `old=new`, `user.ix_old=user.ix_new`. */
  readonly renames?: readonly string[]
  /** The path of a file of answers, from `cwd`; what is said beside it comes first. */
  readonly answersFile?: string
  /** Answers by the ids of questions. */
  readonly answers?: Readonly<Record<string, Answer>>
  /** Take everything for new that has a new name. */
  readonly noRenames?: boolean
  /** Yes to everything that would be lost; renames are never meant. */
  readonly yes?: boolean
}

export function answersFrom(given: AnswersGiven, directory: string): Answers {
  const file = given.answersFile === undefined ? noAnswers : readAnswers(resolve(directory, given.answersFile))
  const saidNow = (given.renames ?? []).map(checkedRename)
  const renames = [...saidNow, ...file.renames]
  if (given.noRenames && renames.length > 0) {
    throw new AludelError('usage', `There are to be no renames, and "${renames[0]}" is one.`, {
      hint: 'Give either --no-renames or --rename.',
    })
  }
  return {
    renames,
    saidNow,
    byId: { ...file.byId, ...given.answers },
    noRenames: given.noRenames ?? false,
    losses: given.yes ?? false,
  }
}

function checkedRename(text: string): string {
  if (/^[^=].*=./s.test(text)) return text
  throw new AludelError('usage', `"${text}" is no rename.`, {
    hint: 'Write it as --rename user.name=user.full_name, or --rename old_table=new_table.',
  })
}

function readAnswers(file: string): Answers {
  const refuse = (what: string, cause?: unknown) =>
    new AludelError('invalid-answers', `The answers in ${file} cannot be used: ${what}.`, {
      hint: 'Write { "renames": { "user.name": "user.full_name" }, "answers": { "<id of a question>": "yes" } }.',
      details: { file },
      cause,
    })
  let document: unknown
  try {
    document = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refuse((error as Error).message, error)
  }
  if (!isRecord(document)) throw refuse('it is no object')
  const unknown = Object.keys(document).find((key) => key !== 'renames' && key !== 'answers')
  if (unknown !== undefined) throw refuse(`it has "${unknown}", which means nothing`)
  const { renames = {}, answers = {} } = document
  if (!isRecord(renames)) throw refuse('"renames" is no object')
  if (!isRecord(answers)) throw refuse('"answers" is no object')
  const bad = Object.entries(renames).find(([, to]) => typeof to !== 'string' || to === '')
  if (bad !== undefined) throw refuse(`"${bad[0]}" is renamed to nothing`)
  const odd = Object.entries(answers).find(([, answer]) => answer !== 'yes' && answer !== 'no')
  if (odd !== undefined) throw refuse(`the answer to "${odd[0]}" is neither "yes" nor "no"`)
  return {
    ...noAnswers,
    renames: Object.entries(renames).map(([from, to]) => `${from}=${to}`),
    byId: answers as Answers['byId'],
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
