// revision, migrate and merge on the command line.

import type { RevisionResult } from '../../commands/revision.ts'
import type { VerbContext } from '../context.ts'
import { describeOps } from '../operations-text.ts'

interface Options {
  readonly message?: string
  readonly autogenerate?: boolean
  readonly head?: string
  readonly splice?: boolean
  readonly branchLabel?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly versionPath?: string
  readonly revId?: string
  readonly createdAt?: string
}

type Context = VerbContext<Options>

export async function revision(context: Context): Promise<number> {
  if (context.options.autogenerate) return migrate(context)
  const verb = await import('../../commands/revision.ts')
  return told(context, await verb.revision(await context.project(), optionsOf(context.options)))
}

export async function migrate(context: Context): Promise<number> {
  const verb = await import('../../commands/migrate.ts')
  const result = await verb.migrate(await context.project(), optionsOf(context.options))
  if (result.revision === null && !context.options.json)
    context.print('No changes: the models and the database agree. No file was written.')
  return told(context, result)
}

export async function merge(context: Context): Promise<number> {
  const verb = await import('../../commands/merge.ts')
  const result = await verb.merge(await context.project(), {
    ...optionsOf(context.options),
    targets: context.operands,
  })
  const { meeting, ...rest } = result
  if (!context.options.json) context.note(meeting)
  return told(context, rest)
}

function told(context: Context, result: RevisionResult): number {
  for (const warning of result.warnings) context.warn(`${context.errorStyle.yellow('warning:')} ${warning}`)
  const { warnings: _, ...answer } = result
  if (context.json(answer) || result.revision === null) return 0
  for (const line of describeOps(result.operations, context.style)) context.print(line)
  context.print(`${context.style.green('Wrote')} ${result.revision.path}`)
  return 0
}

function optionsOf(options: Options) {
  const { revId, branchLabel, message, head, splice, dependsOn, versionPath, createdAt } = options
  return {
    ...(message === undefined ? {} : { message }),
    ...(head === undefined ? {} : { head }),
    ...(splice === undefined ? {} : { splice }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(versionPath === undefined ? {} : { versionPath }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(revId === undefined ? {} : { revisionId: revId }),
    ...(branchLabel === undefined ? {} : { branchLabels: branchLabel }),
  }
}
