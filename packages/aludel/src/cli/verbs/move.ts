// upgrade and downgrade on the command line.

import {
  downgrade as downgradeCommand,
  type MoveOptions,
  type MoveResult,
  type MoveWarnings,
  upgrade as upgradeCommand,
} from '../../commands/upgrade.ts'
import type { Loss } from '../../runner/losses.ts'
import { atWork } from '../at-work.ts'
import { confirm } from '../confirm.ts'
import { requireSqlFor, type VerbContext } from '../context.ts'
import { plural } from '../text.ts'

interface MoveFlags {
  readonly sql?: boolean
  readonly skipCode?: boolean
  readonly dialect?: string
  readonly yes?: boolean
  readonly acceptEdited?: boolean
}

type Context = VerbContext<MoveFlags>

export function upgrade(context: Context): Promise<number> {
  return move(context, 'upgrade', context.operands[0] ?? 'head')
}

export function downgrade(context: Context): Promise<number> {
  return move(context, 'downgrade', context.operands[0] ?? (context.options.sql ? 'head:-1' : '-1'))
}

async function move(context: Context, direction: 'upgrade' | 'downgrade', target: string): Promise<number> {
  const { sql, skipCode = false, dialect, acceptEdited = false } = context.options
  requireSqlFor(dialect, sql)
  const project = await context.project()
  if (sql) {
    const named = dialect === undefined ? {} : { dialect }
    const { moveScript } = await import('../../commands/move-script.ts')
    const result = await moveScript(project, direction, { target, skipCode, ...named })
    if (!context.json(result)) context.script(result.sql)
    return 0
  }
  const command = direction === 'upgrade' ? upgradeCommand : downgradeCommand
  const result = await atWork(context, (surrounding) =>
    command(project, { target, acceptEdited, ...surrounding, ...asking(context, direction) }),
  )
  if (!context.json(result)) summarize(context, direction, result)
  return 0
}

/** Somebody at a terminal is asked before rows go; nobody, not even a script, goes where there is no way back unasked. */
function asking(
  context: Context,
  direction: 'upgrade' | 'downgrade',
): Pick<MoveOptions, 'confirm' | 'losses' | 'fromHistory'> {
  if (context.options.yes) return { fromHistory: true }
  return {
    losses: () => context.ask !== null,
    confirm: ({ irreversible, losses, strangers }) =>
      strangers.length > 0
        ? confirmStrangers(context, strangers)
        : confirm(context, {
            heading: headingOf(direction, irreversible.length, losses.length),
            lines: [
              ...irreversible.map(({ revision, message, because }) => `  ${revision} ${message}: ${because}`),
              ...losses.map(({ revision, table, column }) => `  ${revision} drops ${lostText(table, column)}`),
            ],
            question: direction === 'upgrade' ? 'Upgrade all the same?' : 'Downgrade all the same?',
            refusal: {
              code: 'irreversible-steps',
              message: `${plural(irreversible.length, 'revision')} of this upgrade cannot be taken back:`,
              details: { revisions: irreversible },
            },
          }),
  }
}

/** Nothing here tells what such a step does but the SQL itself. */
function confirmStrangers(context: Context, strangers: MoveWarnings['strangers']): Promise<void> {
  const heading = `${plural(strangers.length, 'revision')} of this database ${strangers.length === 1 ? 'has' : 'have'} no file here; the history keeps the SQL that undoes ${strangers.length === 1 ? 'it' : 'them'}:`
  return confirm(context, {
    heading,
    lines: strangers.flatMap(({ revision, whose, sql }) => [
      `  ${revision}: ${whose}`,
      ...sql.map((text) => `    ${text.replace(/\s+/g, ' ')}`),
    ]),
    question: 'Step back with it?',
    refusal: {
      code: 'unknown-revision',
      message: `Can't locate revision "${strangers[0]?.revision}", at which the database stands: no file here has it. ${heading}`,
      details: { revisions: strangers.map(({ revision }) => revision) },
    },
  })
}

function headingOf(direction: string, irreversible: number, losses: number): string {
  const told = [
    ...(irreversible === 0 ? [] : [`${plural(irreversible, 'revision')} cannot be taken back`]),
    ...(losses === 0 ? [] : [`${plural(losses, 'drop')} would lose what nothing keeps`]),
  ]
  return `Of this ${direction}, ${told.join(', and ')}:`
}

function lostText({ namespace, name }: Loss['table'], column: string | null): string {
  const place = namespace === null ? name : `${namespace}.${name}`
  return column === null ? `table ${place}, which has rows` : `column ${place}.${column}, which has values`
}

function summarize(context: Context, direction: 'upgrade' | 'downgrade', result: MoveResult): void {
  const place = result.heads.length === 0 ? '<base>' : result.heads.join(', ')
  if (result.steps.length === 0) {
    context.print(`Nothing to do: ${result.database} is at ${place}.`)
    return
  }
  const done = direction === 'upgrade' ? 'Upgraded' : 'Downgraded'
  context.print(
    `${done} ${result.database} by ${plural(result.steps.length, 'revision')} in ${result.durationMs} ms; it is at ${place}.`,
  )
}
