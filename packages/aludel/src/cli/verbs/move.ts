// upgrade and downgrade on the command line.

import {
  downgrade as downgradeCommand,
  type MoveResult,
  moveScript,
  upgrade as upgradeCommand,
} from '../../commands/upgrade.ts'
import type { ProgressEvent } from '../../runner/outcome.ts'
import type { VerbContext } from '../context.ts'
import { plural } from '../text.ts'

type Context = VerbContext<{ readonly sql?: boolean; readonly skipCode?: boolean }>

export function upgrade(context: Context): Promise<number> {
  return move(context, 'upgrade', context.operands[0] ?? 'head')
}

export function downgrade(context: Context): Promise<number> {
  return move(context, 'downgrade', context.operands[0] ?? (context.options.sql ? 'head:-1' : '-1'))
}

async function move(context: Context, direction: 'upgrade' | 'downgrade', target: string): Promise<number> {
  const project = await context.project()
  if (context.options.sql) {
    const result = await moveScript(project, direction, { target, skipCode: context.options.skipCode ?? false })
    if (!context.json(result)) context.script(result.sql)
    return 0
  }
  const progress = (event: ProgressEvent) => tell(context, event)
  const log = (message: string) => context.note(message)
  const result = await (direction === 'upgrade' ? upgradeCommand : downgradeCommand)(project, { target, progress, log })
  if (!context.json(result)) summarize(context, direction, result)
  return 0
}

function tell(context: Context, event: ProgressEvent): void {
  if (context.options.events) {
    context.warn(JSON.stringify(event))
    return
  }
  if (context.options.json || context.options.quiet || event.kind === 'step-started') return
  const { errorStyle: style } = context
  const count = event.total === 1 ? '' : ` ${style.dim(`${event.position}/${event.total}`)}`
  const time = style.dim(`${event.durationMs} ms`)
  context.note(`${style.green(event.direction)}${count} ${style.yellow(event.revision)} ${event.message} ${time}`)
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
