// check on the command line: exit code 3 where models and database differ.

import { check as checkCommand } from '../../commands/check.ts'
import type { VerbContext } from '../context.ts'
import { describeOps } from '../operations-text.ts'
import { plural } from '../text.ts'

export async function check(context: VerbContext): Promise<number> {
  const result = await checkCommand(await context.project(), {})
  const code = result.differences.length > 0 || !result.atHead ? 3 : 0
  if (context.json(result)) return code
  if (!result.atHead)
    context.print(
      `The database is not at every head: run \`${context.name} upgrade\` first, or \`${context.name} current\` to see where it stands.`,
    )
  if (result.differences.length === 0) {
    if (code === 0) context.print('The models and the database agree.')
    return code
  }
  context.print(
    `The models and the database differ in ${plural(result.differences.length, 'place')}. To make the database as the models say:`,
  )
  for (const line of describeOps(result.differences, context.style)) context.print(line)
  context.print(`Write it as a revision with \`${context.name} migrate -m "..."\`.`)
  return code
}
