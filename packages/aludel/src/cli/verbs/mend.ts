// resume and resolve on the command line: after a step has broken off.

import { resolve as resolveCommand } from '../../commands/resolve.ts'
import { resume as resumeCommand } from '../../commands/resume.ts'
import { AludelError } from '../../errors.ts'
import { atWork, whileShown } from '../at-work.ts'
import type { VerbContext } from '../context.ts'
import { plural } from '../text.ts'

export async function resume(context: VerbContext<{ readonly from?: string }>): Promise<number> {
  const { from } = context.options
  const project = await context.project()
  const start = from === undefined ? {} : { from: statementOf(from) }
  const result = await atWork(context, (surrounding) => resumeCommand(project, { ...start, ...surrounding }))
  if (context.json(result)) return 0
  const statements = result.steps.reduce((sum, step) => sum + step.statements, 0)
  context.print(
    `Finished ${result.revision} with ${plural(statements, 'statement')}; ${result.database} is at ${result.heads.join(', ') || '<base>'}.`,
  )
  return 0
}

function statementOf(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new AludelError('usage', `"${text}" is no number of a statement.`, {
    hint: 'Statements are counted from 1: --from 3 takes the first two for applied.',
  })
}

interface ResolveFlags {
  readonly applied?: boolean
  readonly undone?: boolean
}

export async function resolve(context: VerbContext<ResolveFlags>): Promise<number> {
  const { applied = false, undone = false } = context.options
  if (applied === undone) {
    throw new AludelError('usage', '`resolve` wants one of --applied and --undone.', {
      hint: '--applied: everything that the revision does is in the database. --undone: nothing of it is.',
    })
  }
  const [revision = ''] = context.operands
  const project = await context.project()
  const as = applied ? 'applied' : 'undone'
  const result = await whileShown(context, (progress) => resolveCommand(project, { revision, as, progress }))
  if (context.json(result)) return 0
  context.print(
    `Revision ${result.revision} counts as ${result.as}; ${result.database} is at ${result.heads.join(', ') || '<base>'}.`,
  )
  return 0
}
