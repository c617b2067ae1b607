// revision, migrate and merge on the command line.

import type { MigrateResult } from '../../commands/migrate.ts'
import { AludelError } from '../../errors.ts'
import type { VerbContext } from '../context.ts'
import { describeOps } from '../operations-text.ts'
import { asking, openHeading, questionLines } from '../questions.ts'

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
  readonly rename?: readonly string[]
  readonly noRenames?: boolean
  readonly answers?: string
  readonly yes?: boolean
  readonly dropUnknown?: boolean
  readonly split?: boolean
}

type Context = VerbContext<Options>

export async function revision(context: Context): Promise<number> {
  if (context.options.autogenerate) return migrate(context)
  requireEmptyOptions(context)
  const verb = await import('../../commands/revision.ts')
  return told(context, await verb.revision(await context.project(), optionsOf(context.options)))
}

const onlyMigrate = ['rename', 'noRenames', 'answers', 'yes', 'dropUnknown', 'split'] as const

function requireEmptyOptions({ options, name }: Context): void {
  const given = onlyMigrate.find((key) => options[key] !== undefined)
  if (given === undefined) return
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new AludelError('usage', `--${flag} is about what a revision is filled with, and this one stays empty.`, {
    hint: `Add --autogenerate, or type \`${name} migrate\`.`,
  })
}

export async function migrate(context: Context): Promise<number> {
  const verb = await import('../../commands/migrate.ts')
  const { rename, noRenames, answers, yes, dropUnknown, split } = context.options
  const ask = asking(context)
  const result = await verb.migrate(await context.project(), {
    ...optionsOf(context.options),
    ...(rename === undefined ? {} : { renames: rename }),
    ...(noRenames === undefined ? {} : { noRenames }),
    ...(answers === undefined ? {} : { answersFile: answers }),
    ...(yes === undefined ? {} : { yes }),
    ...(dropUnknown === undefined ? {} : { dropUnknown }),
    ...(split === undefined ? {} : { split }),
    ...(ask === null ? {} : { ask }),
    cwd: context.cwd,
  })
  if (result.questions.length > 0) return unanswered(context, result)
  if (result.revision === null && !context.options.json)
    context.print('No changes: the models and the database agree. No file was written.')
  return told(context, result)
}

/** Nobody answered, so that nothing was written: the questions are what was found. */
function unanswered(context: Context, result: MigrateResult): number {
  told(context, result)
  if (context.options.json) return 3
  context.print(openHeading(result.questions))
  for (const line of questionLines(result.questions, context.style)) context.print(line)
  context.print('No file was written.')
  return 3
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

function told(context: Context, result: MigrateResult): number {
  for (const warning of result.warnings) context.warn(`${context.errorStyle.yellow('warning:')} ${warning}`)
  const { warnings: _, ...answer } = result
  if (context.json(answer) || result.revision === null) return 0
  for (const line of describeOps(result.operations, context.style)) context.print(line)
  for (const { path } of result.revisions ?? [result.revision]) context.print(`${context.style.green('Wrote')} ${path}`)
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
