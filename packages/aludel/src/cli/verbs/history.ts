// history, heads, branches and show on the command line.

import { branches as branchesCommand } from '../../commands/branches.ts'
import type { Drawing } from '../../commands/drawing.ts'
import { type DrawnResult, heads as headsCommand } from '../../commands/heads.ts'
import { history as historyCommand } from '../../commands/history.ts'
import type { RevisionJson } from '../../commands/revision-json.ts'
import { show as showCommand } from '../../commands/show.ts'
import { AludelError } from '../../errors.ts'
import { graphRows } from '../../revisions/drawing.ts'
import { type VerbContext, warnOfProblems } from '../context.ts'
import type { Style } from '../style.ts'
import { revisionEntry, revisionLine } from '../text.ts'

interface DrawnOptions {
  readonly indicateCurrent?: boolean
  readonly format?: string
}

export async function history(context: VerbContext<DrawnOptions & { readonly revRange?: string }>): Promise<number> {
  const { revRange, indicateCurrent } = context.options
  const format = formatOf(context)
  const result = await historyCommand(await context.project(), {
    draw: format !== 'json',
    ...(revRange === undefined ? {} : { range: revRange }),
    ...(indicateCurrent === undefined ? {} : { indicateCurrent }),
  })
  warnOfProblems(context, result.problems)
  if (format !== 'text') return printPicture(context, result, format)
  printLines(context, result, result.drawing === null ? [] : drawnLines(context, result.drawing))
  return 0
}

export async function heads(
  context: VerbContext<DrawnOptions & { readonly resolveDependencies?: boolean }>,
): Promise<number> {
  const { resolveDependencies, indicateCurrent } = context.options
  const format = formatOf(context)
  const result = await headsCommand(await context.project(), {
    draw: format === 'text' ? 'several' : format !== 'json',
    ...(resolveDependencies === undefined ? {} : { resolveDependencies }),
    ...(indicateCurrent === undefined ? {} : { indicateCurrent }),
  })
  warnOfProblems(context, result.problems)
  if (format !== 'text') return printPicture(context, result, format)
  const { drawing, revisions } = result
  const lines = drawing === null ? revisions.map((one) => textOf(context, one)) : drawnLines(context, drawing)
  printLines(context, result, lines)
  return 0
}

const formats = ['text', 'mermaid', 'dot', 'json'] as const
type Format = (typeof formats)[number]

function formatOf({ options: { format, json } }: VerbContext<DrawnOptions>): Format {
  const known = formats.find((one) => one === (format ?? (json === true ? 'json' : 'text')))
  const choices = `The formats are ${formats.slice(0, -1).join(', ')} and ${formats.at(-1)}.`
  if (known === undefined) throw new AludelError('usage', `There is no format "${format}".`, { hint: choices })
  if (json === true && known !== 'json') {
    const message = `--json and --format ${known} ask for different answers.`
    throw new AludelError('usage', message, { hint: 'Give one of them.' })
  }
  return known
}

async function printPicture(
  context: VerbContext,
  result: DrawnResult,
  format: Exclude<Format, 'text'>,
): Promise<number> {
  const { revisions, missing, drawing } = result
  if (format === 'json') {
    context.script(JSON.stringify({ revisions }, null, 2))
    return 0
  }
  const input = { revisions: drawing?.revisions ?? [], edges: drawing?.edges ?? [], missing }
  // Few ask for them, and these verbs run at every prompt.
  if (format === 'mermaid') context.script((await import('../../viewer/mermaid.ts')).mermaidOf(input))
  else context.script((await import('../../viewer/dot.ts')).dotOf(input))
  return 0
}

function printLines(context: VerbContext, { revisions, missing }: DrawnResult, drawn: readonly string[]): void {
  const lost = (missing ?? []).map(
    (row) => `${context.style.red('?')} ${row} (current) is in the database, but its file is missing`,
  )
  const lines = [...lost, ...drawn]
  if (lines.length > 0) context.print(lines.join('\n'))
  if (revisions.length === 0) context.note('There is no revision.')
}

function drawnLines(context: VerbContext, { revisions, edges: ways }: Drawing): readonly string[] {
  const order = revisions.map(({ id }) => id)
  const rows = graphRows(order, ways)
  // Made once: it is worked out anew whenever the context is asked for it.
  const shown = { options: context.options, style: context.style }
  return revisions.flatMap((revision, position) => {
    const { node = '*', below = '', edges = [] } = rows[position] ?? {}
    const [first = '', ...rest] = textOf(shown, revision).split('\n')
    return [`${node} ${first}`.trimEnd(), ...rest.map((line) => `${below} ${line}`.trimEnd()), ...edges]
  })
}

/** A revision as a line or, with `--verbose`, as an entry; with what the database has of it where it was asked. */
function textOf({ options, style }: Pick<VerbContext, 'options' | 'style'>, revision: RevisionJson): string {
  const applied = appliedText(revision, style)
  if (options.verbose !== true) return `${revisionLine(revision, style)}${applied}`
  const [first = '', ...rest] = revisionEntry(revision, style, null).split('\n')
  return [`${first}${applied}`, ...rest].join('\n')
}

function appliedText({ marks }: RevisionJson, style: Style): string {
  if (marks.includes('pending')) return ` ${style.dim('(pending)')}`
  return marks.includes('applied') && !marks.includes('current') ? ` ${style.dim('(applied)')}` : ''
}

export async function branches(context: VerbContext): Promise<number> {
  const result = await branchesCommand(await context.project(), {})
  warnOfProblems(context, result.problems)
  if (context.json({ revisions: result.revisions })) return 0
  for (const revision of result.revisions) {
    context.print(revisionLine(revision, context.style))
    for (const follower of result.followers[revision.id] ?? []) {
      context.print(`${' '.repeat(revision.id.length)} -> ${revisionLine(follower, context.style)}`)
    }
  }
  if (result.revisions.length === 0) context.note('The chain has no branch.')
  return 0
}

export async function show(context: VerbContext): Promise<number> {
  const result = await showCommand(await context.project(), { target: context.operands[0] ?? 'head' })
  warnOfProblems(context, result.problems)
  const { revisions, irreversible } = result
  if (context.json({ revisions, ...(Object.keys(irreversible).length === 0 ? {} : { irreversible }) })) return 0
  if (result.revisions.length === 0) context.note('That is <base>, before the first revision: no file is there.')
  for (const revision of result.revisions) {
    context.print(
      revisionEntry(revision, context.style, {
        followers: result.followers[revision.id] ?? [],
        branches: result.branches[revision.id] ?? [],
        irreversible: result.irreversible[revision.id] ?? null,
      }),
    )
  }
  return 0
}
