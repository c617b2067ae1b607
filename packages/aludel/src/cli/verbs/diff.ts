// diff on the command line: prints what was asked for on stdout, and nothing else.

import { diff as diffCommand, diffRevision } from '../../commands/diff.ts'
import { AludelError, isAludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import type { VerbContext } from '../context.ts'
import { interruptible } from '../interrupt.ts'
import { jsonText } from '../json.ts'
import { describeOps } from '../operations-text.ts'
import { plural } from '../text.ts'

interface DiffFlags {
  readonly from?: string
  readonly to?: string
  readonly dev?: string
  readonly format?: string
  readonly exitCode?: boolean
  readonly rename?: readonly string[]
}

const formats = ['text', 'sql', 'json', 'revision'] as const

export async function diff(context: VerbContext<DiffFlags>): Promise<number> {
  const { from, to, dev, rename: renames = [], exitCode = false } = context.options
  if (from === undefined || to === undefined) {
    throw new AludelError(
      'usage',
      `\`diff\` needs --${from === undefined ? 'from' : 'to'} with a source of a schema.`,
      {
        hint: 'A source is a .sql file, a folder of them, an address, at:REVISION, models, database or command:PROGRAM.',
      },
    )
  }
  const format = formatOf(context)
  const project = await context.project()
  const options = { from, to, renames, cwd: context.cwd, ...(dev === undefined ? {} : { dev }) }
  const result = await interruptible((signal) => diffCommand(project, { ...options, signal })).catch(
    (error: unknown) => {
      if (!isAludelError(error) || error.code !== 'unsupported-kinds') throw error
      const { code, message, hint, details } = error
      context.warn(JSON.stringify({ error: { code, message, hint, details } }, null, 2))
      return null
    },
  )
  if (result === null) return 1
  const differ = result.differences.length > 0
  const { sql, ...answer } = result
  if (format === 'json') context.script(jsonText(answer))
  else if (format === 'text') printText(context, result)
  else if (differ) context.script(format === 'sql' ? sql : diffRevision(project, result))
  return differ && exitCode ? 3 : 0
}

function formatOf({ options: { format, json } }: VerbContext<DiffFlags>): (typeof formats)[number] {
  const wanted = format ?? (json === true ? 'json' : 'text')
  const known = formats.find((one) => one === wanted)
  if (known !== undefined && (json !== true || known === 'json')) return known
  const message =
    known === undefined ? `There is no format "${wanted}".` : `--json and --format ${known} ask for different answers.`
  throw new AludelError('usage', message, {
    hint: didYouMean(wanted, formats) ?? `The formats are ${formats.join(', ')}.`,
  })
}

function printText(context: VerbContext, result: Awaited<ReturnType<typeof diffCommand>>): void {
  if (result.differences.length === 0) {
    context.print(`${result.from} and ${result.to} are the same.`)
    return
  }
  const { style } = context
  context.print(`${plural(result.differences.length, 'difference')} from ${result.from} to ${result.to}:`)
  const lost = new Map(result.destroys.map(({ operation, what }) => [operation, what]))
  for (const [position, line] of describeOps(result.differences, style).entries()) {
    context.print(line)
    const what = lost.get(position)
    if (what !== undefined) context.print(`      ${style.red('destroys')} ${what}`)
  }
  if (result.irreversible !== null) context.print(`Nothing leads back by itself: ${result.irreversible}`)
}
