// inspect on the command line: a database, or any other source, as a text to keep.

import { inspect as inspectCommand } from '../../commands/inspect.ts'
import { AludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import type { VerbContext } from '../context.ts'
import { interruptible } from '../interrupt.ts'
import { jsonText } from '../json.ts'

interface InspectFlags {
  readonly dev?: string
  readonly format?: string
}

const formats = ['ts', 'sql', 'json', 'mermaid'] as const

export async function inspect(context: VerbContext<InspectFlags>): Promise<number> {
  const { dev } = context.options
  const format = formatOf(context)
  const [source = 'database'] = context.operands
  const project = await context.project()
  const options = { source, cwd: context.cwd, ...(dev === undefined ? {} : { dev }) }
  const result = await interruptible((signal) => inspectCommand(project, { ...options, signal }))
  if (format === 'json') {
    const { catalogue: _, ...schema } = result.schema
    context.script(jsonText({ source: result.source, schema }))
  }
  if (format === 'ts') context.script(result.models())
  if (format === 'sql') {
    const text = result.sql()
    if (text !== '') context.script(text)
  }
  if (format === 'mermaid') {
    context.script((await import('../../viewer/entities.ts')).entitiesOf(result.schema, result.dialect))
  }
  return 0
}

function formatOf({ options: { format, json } }: VerbContext<InspectFlags>): (typeof formats)[number] {
  const wanted = format ?? (json === true ? 'json' : 'ts')
  const known = formats.find((one) => one === wanted)
  if (known !== undefined && (json !== true || known === 'json')) return known
  const message =
    known === undefined ? `There is no format "${wanted}".` : `--json and --format ${known} ask for different answers.`
  throw new AludelError('usage', message, {
    hint: didYouMean(wanted, formats) ?? `The formats are ${formats.join(', ')}.`,
  })
}
