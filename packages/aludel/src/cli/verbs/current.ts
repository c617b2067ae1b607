// current on the command line.

import { current as currentCommand } from '../../commands/current.ts'
import { type VerbContext, warnOfProblems, withoutProblems } from '../context.ts'
import { findingText, revisionEntry, revisionLine } from '../text.ts'

export async function current(context: VerbContext<{ readonly checkHeads?: boolean }>): Promise<number> {
  const result = await currentCommand(await context.project(), {})
  warnOfProblems(context, result.problems)
  const code = context.options.checkHeads && !result.atHead ? 3 : 0
  if (context.json(withoutProblems(result))) return code
  if (context.options.verbose) context.print(`Current revision(s) of ${result.database}:`)
  for (const revision of result.revisions) {
    context.print(
      context.options.verbose ? revisionEntry(revision, context.style, null) : revisionLine(revision, context.style),
    )
  }
  for (const row of result.unknown) {
    context.print(`${context.style.red(row)} (unknown: no revision file has this identifier)`)
  }
  for (const finding of result.findings) context.warn(findingText(finding, context.errorStyle))
  if (result.rows.length === 0) context.note(`${result.database} has no revision yet: it is at <base>.`)
  if (code === 3) context.warn('The database is not at every head.')
  return code
}
