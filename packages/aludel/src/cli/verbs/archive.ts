// archive on the command line: list what is kept, or drop it for ever.

import { type ArchiveJson, archives, dropArchives } from '../../commands/archive.ts'
import { AludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import { confirm } from '../confirm.ts'
import type { VerbContext } from '../context.ts'
import { plural } from '../text.ts'

type Context = VerbContext<{ readonly all?: boolean; readonly yes?: boolean }>

export async function archive(context: Context): Promise<number> {
  const [what = '', ...names] = context.operands
  if (what === 'list') return list(context, names)
  if (what === 'drop') return drop(context, names)
  throw new AludelError('usage', `\`archive\` can list and drop, not "${what}".`, {
    hint: didYouMean(what, ['list', 'drop']),
  })
}

async function list(context: Context, names: readonly string[]): Promise<number> {
  if (names.length > 0) throw new AludelError('usage', '`archive list` takes no names.', { hint: null })
  const result = await archives(await context.project())
  if (context.json(result)) return 0
  if (result.archives.length === 0) context.print(`Nothing is kept in ${result.database}.`)
  for (const one of result.archives) context.print(lineOf(one, context))
  return 0
}

async function drop(context: Context, names: readonly string[]): Promise<number> {
  const { all = false } = context.options
  if (all === names.length > 0) {
    throw new AludelError('usage', '`archive drop` takes the names of archives, or --all.', {
      hint: '`aludel archive list` shows them.',
    })
  }
  const result = await dropArchives(await context.project(), {
    ...(all ? { all } : { names }),
    confirm: (dropped) =>
      confirm(context, {
        heading: 'What is dropped from the archive is gone for ever:',
        lines: dropped.map((one) => `  ${lineOf(one, context)}`),
        question: `Drop ${plural(dropped.length, 'archive')} for ever?`,
        refusal: {
          code: 'needs-yes',
          message: 'What is dropped from the archive is gone for ever:',
          details: { archives: dropped.map(({ name }) => name) },
        },
      }),
  })
  if (context.json(result)) return 0
  context.print(`Dropped ${plural(result.dropped.length, 'archive')} from ${result.database}.`)
  return 0
}

function lineOf({ name, namespace, table, column, revision, at, rows }: ArchiveJson, { style }: Context): string {
  const place = `${namespace === null ? '' : `${namespace}.`}${table}${column === null ? '' : `.${column}`}`
  const count = rows === null ? 'its table is gone' : plural(rows, 'row')
  return `${style.yellow(name)}  ${place} of revision ${revision}, ${at.slice(0, 19).replace('T', ' ')}, ${count}`
}
