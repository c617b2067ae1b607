// plan on the command line.

import { plan as planCommand } from '../../commands/plan.ts'
import { AludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import { type VerbContext, warnOfProblems, withoutProblems } from '../context.ts'

export async function plan(context: VerbContext<{ readonly from?: readonly string[] }>): Promise<number> {
  const [verb = '', target = ''] = context.operands
  if (verb !== 'upgrade' && verb !== 'downgrade' && verb !== 'stamp') {
    throw new AludelError('usage', `A plan is of upgrade, downgrade or stamp, not of "${verb}".`, {
      hint: didYouMean(verb, ['upgrade', 'downgrade', 'stamp']),
    })
  }
  const { from } = context.options
  const result = await planCommand(await context.project(), {
    verb,
    target,
    ...(from === undefined ? {} : { from: from.filter((one) => one !== 'base') }),
  })
  warnOfProblems(context, result.problems)
  if (context.json(withoutProblems(result))) return 0
  const place = (rows: readonly string[]) => (rows.length === 0 ? '<base>' : rows.join(', '))
  context.print(`From ${place(result.current)} to ${place(result.heads)}:`)
  for (const step of result.steps) {
    const message = step.message === '' ? '' : `, ${step.message}`
    context.print(`  ${context.style.green(step.direction)} ${place(step.from)} -> ${place(step.to)}${message}`)
    if (step.irreversible !== undefined) {
      context.print(`    ${context.style.red('irreversible:')} ${step.irreversible}`)
    }
  }
  if (result.steps.length === 0) context.print('  nothing to do')
  return 0
}
