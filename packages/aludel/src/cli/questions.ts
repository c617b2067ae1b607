// Questions on the command line: asked one by one at a terminal, listed with the ways to answer them where nobody sits there.

import type { Answer, Question } from '../diff/questions.ts'
import type { VerbContext } from './context.ts'
import { plural } from './text.ts'

type Context = Pick<VerbContext, 'ask' | 'warn' | 'errorStyle'>

/** Asks whoever sits at the terminal; null where nobody does. Anything but yes is no. */
export function asking({ ask, warn, errorStyle }: Context): ((question: Question) => Promise<Answer>) | null {
  if (ask === null) return null
  return async (question) => {
    warn(errorStyle.bold(question.text))
    warn(errorStyle.dim(`  ${evidenceOf(question)}`))
    const answer = await ask(`${question.kind === 'rename' ? 'Rename it?' : 'Go on all the same?'} [y/N] `)
    return /^y(?:es)?$/i.test(answer.trim()) ? 'yes' : 'no'
  }
}

/** The open questions, each with how a script answers it. */
export function questionLines(
  questions: readonly Question[],
  { yellow, dim }: VerbContext['style'],
): readonly string[] {
  return questions.flatMap((question) => [
    `${yellow('?')} ${question.text}`,
    `  ${dim(evidenceOf(question))}`,
    `  ${waysToAnswer(question)}`,
  ])
}

function evidenceOf(question: Question): string {
  const why = question.why.join('; ')
  return question.kind === 'rename' ? `score ${question.score}${why === '' ? '' : `: ${why}`}` : why
}

function waysToAnswer(question: Question): string {
  const inFile = (answer: Answer) => `"${question.id}": "${answer}"`
  if (question.kind !== 'rename') return `yes: --yes, or ${inFile('yes')} in --answers FILE`
  return `yes: --rename ${shellWord(`${question.from}=${question.to}`)}    no: ${inFile('no')} in --answers FILE, or --no-renames`
}

function shellWord(text: string): string {
  return /^[\w.=/@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

export function openHeading(questions: readonly Question[]): string {
  const count = plural(questions.length, 'question')
  return `${count} must be answered before a revision can be written:`
}
