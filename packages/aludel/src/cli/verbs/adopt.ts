// adopt on the command line.

import { adopt as adoptCommand } from '../../commands/adopt.ts'
import type { VerbContext } from '../context.ts'
import { describeOps } from '../operations-text.ts'
import { plural } from '../text.ts'

interface AdoptFlags {
  readonly models?: string
  readonly message?: string
  readonly revId?: string
  readonly createdAt?: string
  readonly versionPath?: string
}

export async function adopt(context: VerbContext<AdoptFlags>): Promise<number> {
  const { models, message, revId, createdAt, versionPath } = context.options
  const project = await context.project()
  const result = await adoptCommand(project, {
    ...(models === undefined ? {} : { models }),
    ...(message === undefined ? {} : { message }),
    ...(revId === undefined ? {} : { revisionId: revId }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(versionPath === undefined ? {} : { versionPath }),
  })
  const code = result.differences.length === 0 ? 0 : 3
  if (context.json(result)) return code
  for (const note of result.notes) context.warn(`${context.errorStyle.yellow('warning:')} ${note}`)
  for (const file of result.created) context.print(`${context.style.green('created')} ${file}`)
  if (code !== 0) {
    context.print(
      `The files do not say everything as the database has it, so it is not stamped. It differs in ${plural(result.differences.length, 'place')}:`,
    )
    for (const line of describeOps(result.differences, context.style)) context.print(line)
    context.print(`Mend the files, then \`${context.name} check\`, and \`${context.name} stamp head\`.`)
    return code
  }
  const { id } = result.revision
  context.print(
    result.wasStamped
      ? `${plural(result.tables, 'table')} adopted at ${id}, where the database stood already: the tool that stamped it can go on, too.`
      : `${plural(result.tables, 'table')} adopted, and the database is stamped at ${id}.`,
  )
  if (project.configuration.schema === undefined) {
    context.print(
      `Next: name the models in the config, \`schema: () => import('./${result.created[0]}').then((m) => m.schema)\`.`,
    )
    context.print(`Then change them, and \`${context.name} migrate\`.`)
  } else context.print(`Next: change the models, then \`${context.name} migrate\`.`)
  return 0
}
