// check on the command line: exit code 3 where models and database differ.

import { type CheckResult, check as checkCommand } from '../../commands/check.ts'
import type { VerbContext } from '../context.ts'
import { type Annotation, formatOf, toldAs } from '../formats.ts'
import { describeOps } from '../operations-text.ts'
import { findingText, plural } from '../text.ts'

interface Options {
  readonly format?: string
  readonly dropUnknown?: boolean
}

export async function check(context: VerbContext<Options>): Promise<number> {
  const format = formatOf(context.options)
  const { dropUnknown = false } = context.options
  const result = await checkCommand(await context.project(), { dropUnknown })
  const code = result.differences.length + result.findings.length > 0 || !result.atHead ? 3 : 0
  if (toldAs(context, format, result, () => annotationsOf(context.name, result))) return code
  if (!result.atHead) context.print(notAtHead(context.name))
  for (const finding of result.findings) context.print(findingText(finding, context.style))
  if (result.differences.length === 0) {
    if (code === 0) context.print('The models and the database agree.')
    return code
  }
  context.print(
    `The models and the database differ in ${plural(result.differences.length, 'place')}. To make the database as the models say:`,
  )
  for (const line of describeOps(result.differences, context.style)) context.print(line)
  if (result.questions.length > 0) {
    context.print(`\`${context.name} migrate\` will ask:`)
    for (const { text } of result.questions) context.print(`  ${context.style.yellow('?')} ${text}`)
  }
  context.print(`Write it as a revision with \`${context.name} migrate -m "..."\`.`)
  return code
}

function notAtHead(name: string): string {
  return `The database is not at every head: run \`${name} upgrade\` first, or \`${name} current\` to see where it stands.`
}

function annotationsOf(
  name: string,
  { atHead, differences, text, questions, findings }: CheckResult,
): readonly Annotation[] {
  const about = (title: string, message: string) => ({ severity: 'error' as const, title, file: null, message })
  return [
    ...(atHead ? [] : [about('not-at-head', notAtHead(name))]),
    ...differences.map((op, at) => about(kebab(op.kind), `The models want: ${text[at] ?? op.kind}.`)),
    ...findings.map(({ code, message, files: [file = null] }) => ({ ...about(code, message), file })),
    ...questions.map((question) => ({ ...about(kebab(question.kind), question.text), severity: 'warning' as const })),
  ]
}

function kebab(words: string): string {
  return words.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
