// history, heads, branches and show on the command line.

import { branches as branchesCommand } from '../../commands/branches.ts'
import { heads as headsCommand } from '../../commands/heads.ts'
import { history as historyCommand } from '../../commands/history.ts'
import type { RevisionJson } from '../../commands/revision-json.ts'
import { show as showCommand } from '../../commands/show.ts'
import { type VerbContext, warnOfProblems } from '../context.ts'
import { revisionEntry, revisionLine } from '../text.ts'

export async function history(
  context: VerbContext<{ readonly revRange?: string; readonly indicateCurrent?: boolean }>,
): Promise<number> {
  const { revRange, indicateCurrent, json, verbose } = context.options
  const result = await historyCommand(await context.project(), {
    draw: json !== true,
    ...(revRange === undefined ? {} : { range: revRange }),
    ...(indicateCurrent === undefined ? {} : { indicateCurrent }),
  })
  warnOfProblems(context, result.problems)
  if (context.json({ revisions: result.revisions })) return 0
  const lines: string[] =
    result.missing?.map((row) => `${context.style.red('?')} ${row} (current) is in the database, but no file has it`) ??
    []
  for (const [position, revision] of result.revisions.entries()) {
    const drawn = result.drawing?.[position]
    const text = verbose
      ? revisionEntry(revision, context.style, null)
      : `${revisionLine(revision, context.style)}${appliedText(revision, context)}`
    const [first = '', ...rest] = text.split('\n')
    lines.push(
      `${drawn?.node ?? '*'} ${first}`.trimEnd(),
      ...rest.map((line) => `${drawn?.below ?? ''} ${line}`.trimEnd()),
      ...(drawn?.edges ?? []),
    )
  }
  if (lines.length > 0) context.print(lines.join('\n'))
  else context.note('There is no revision.')
  return 0
}

function appliedText(revision: RevisionJson, { style }: VerbContext<unknown>): string {
  if (revision.marks.includes('pending')) return ` ${style.dim('(pending)')}`
  return revision.marks.includes('applied') && !revision.marks.includes('current') ? ` ${style.dim('(applied)')}` : ''
}

export async function heads(context: VerbContext<{ readonly resolveDependencies?: boolean }>): Promise<number> {
  const { resolveDependencies } = context.options
  const result = await headsCommand(
    await context.project(),
    resolveDependencies === undefined ? {} : { resolveDependencies },
  )
  warnOfProblems(context, result.problems)
  if (context.json({ revisions: result.revisions })) return 0
  for (const revision of result.revisions) print(context, revision)
  if (result.revisions.length === 0) context.note('There is no revision.')
  return 0
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
  if (context.json({ revisions: result.revisions })) return 0
  if (result.revisions.length === 0) context.note('That is <base>, before the first revision: no file is there.')
  for (const revision of result.revisions) {
    context.print(
      revisionEntry(revision, context.style, {
        followers: result.followers[revision.id] ?? [],
        branches: result.branches[revision.id] ?? [],
      }),
    )
  }
  return 0
}

function print(context: VerbContext, revision: RevisionJson): void {
  context.print(
    context.options.verbose ? revisionEntry(revision, context.style, null) : revisionLine(revision, context.style),
  )
}
