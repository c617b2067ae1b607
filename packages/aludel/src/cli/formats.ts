// What a check found in the form that was asked: text for people, JSON for programs, annotations for GitHub.

import { AludelError } from '../errors.ts'
import type { VerbContext } from './context.ts'
import { jsonText } from './json.ts'

const formats = ['text', 'json', 'github'] as const
export type Format = (typeof formats)[number]

export function formatOf({ format }: { readonly format?: string }): Format {
  const found = formats.find((known) => known === (format ?? 'text'))
  if (found !== undefined) return found
  throw new AludelError('usage', `--format takes ${formats.join(', ')}, not "${format}".`)
}

export interface Annotation {
  readonly severity: 'error' | 'warning'
  readonly title: string
  /** Null where it is about no file. */
  readonly file: string | null
  readonly message: string
}

/** True where the answer was not wanted as text, and has been given. */
export function toldAs(
  context: Pick<VerbContext, 'json' | 'script'>,
  format: Format,
  result: unknown,
  annotations: () => readonly Annotation[],
): boolean {
  if (context.json(result)) return true
  if (format === 'json') {
    context.script(jsonText(result))
    return true
  }
  if (format !== 'github') return false
  for (const annotation of annotations()) context.script(workflowCommand(annotation))
  return true
}

/** One workflow command of GitHub Actions, escaped as its manual has it. */
function workflowCommand({ severity, title, file, message }: Annotation): string {
  const data = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  const property = (text: string) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
  const place = file === null ? '' : `file=${property(file)},line=1,`
  return `::${severity} ${place}title=${property(title)}::${data(message)}`
}
