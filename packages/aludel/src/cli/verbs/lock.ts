// lock on the command line: who holds the lock of a run, and taking it away.

import { type LockStatus, lockStatus, releaseLock } from '../../commands/lock.ts'
import { describeHolder } from '../../dialects/lock-timeout.ts'
import { AludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import { moment, whoDid } from '../../runner/told.ts'
import { confirm } from '../confirm.ts'
import type { VerbContext } from '../context.ts'

type Context = VerbContext<{ readonly yes?: boolean }>

export async function lock(context: Context): Promise<number> {
  const [what = ''] = context.operands
  if (what === 'status') return tellStatus(context)
  if (what === 'release') return release(context)
  throw new AludelError('usage', `\`lock\` knows status and release, not "${what}".`, {
    hint: didYouMean(what, ['status', 'release']),
  })
}

async function tellStatus(context: Context): Promise<number> {
  const status = await lockStatus(await context.project())
  if (!context.json(status)) for (const line of linesOf(status)) context.print(line)
  return 0
}

async function release(context: Context): Promise<number> {
  const status = await releaseLock(await context.project(), {
    confirm: (held) =>
      confirm(context, {
        heading: 'What the run is doing ends with it:',
        lines: linesOf(held).map((line) => `  ${line}`),
        question: 'End it?',
        refusal: {
          code: 'needs-yes',
          message: 'What the run is doing ends with it:',
          details: { holder: held.holder },
        },
      }),
  })
  if (!context.json(status)) context.print(`Nobody holds the lock of ${status.database}.`)
  return 0
}

function linesOf({ database, holder, latest }: LockStatus): readonly string[] {
  if (holder === null) return [`Nobody holds the lock of ${database}.`]
  const held = `The lock of ${database} is held by ${describeHolder(holder)}.`
  if (latest === null) return [held]
  const about = [latest.direction, latest.revision, latest.event].filter(Boolean).join(' ')
  return [held, `The latest entry of the history: ${about}, ${moment(latest.at)} by ${whoDid(latest)}.`]
}
