// What an upgrade tells while it goes: a line for each step, and what takes long in a line that is rewritten, or now and then.

import { milliseconds } from '../clock.ts'
import { type Blocker, blockerText } from '../dialects/activity.ts'
import type { ProgressEvent, StepPlace } from '../runner/statements/events.ts'
import type { VerbContext } from './context.ts'

export interface Progress {
  tell(event: ProgressEvent): void
  /** A line between the others. */
  note(text: string): void
  /** Takes away what only stood there for the time being. */
  end(): void
}

/** Milliseconds between two lines about the same, where lines stay. */
const patience = 10_000

export function createProgress(context: VerbContext, now: () => number = milliseconds): Progress {
  const { options } = context
  const status = options.events || options.json || options.quiet ? null : context.status
  let toldAt = now()
  let isShown = false
  const show = (text: string) => {
    status?.(text)
    isShown = text !== ''
  }
  const note = (text: string) => {
    if (isShown) show('')
    context.note(text)
  }
  const pass = (text: string) => {
    if (status !== null) return show(text)
    if (now() - toldAt < patience) return
    toldAt = now()
    context.note(text)
  }
  return {
    tell: (event) => {
      if (options.events) return context.warn(JSON.stringify(event))
      if (options.json || options.quiet) return
      if (event.kind === 'done') return
      if (event.kind === 'step-started') toldAt = now()
      else if (event.kind === 'statement') {
        if (options.verbose) note(context.errorStyle.dim(event.sql.replace(/^/gm, '    ')))
      } else if (event.kind === 'step-done') note(doneText(context, event))
      else if (event.kind === 'retrying') note(retryText(event))
      else pass(passingText(event))
    },
    note,
    end: () => {
      if (isShown) show('')
    },
  }
}

type Of<Kind extends ProgressEvent['kind']> = Extract<ProgressEvent, { readonly kind: Kind }>

function doneText({ errorStyle: style }: VerbContext, event: Of<'step-done'>): string {
  const count = event.total === 1 ? '' : ` ${style.dim(`${event.position}/${event.total}`)}`
  const time = style.dim(`${event.durationMs} ms`)
  return `${style.green(event.direction)}${count} ${style.yellow(event.revision)} ${event.message} ${time}`
}

function retryText(event: Of<'retrying'>): string {
  const reasons = {
    'lock-timeout': 'its lock was not to be had',
    deadlock: 'it was in a deadlock with another session',
    serialization: 'another transaction was in its way',
  }
  const { attempt, of, afterMs, why, blockers } = event
  return `${titleOf(event)}: ${reasons[why]}; attempt ${attempt} of ${of} in ${seconds(afterMs)}${inTheWay(blockers)}`
}

function passingText(event: Of<'waiting-for-lock' | 'statement-progress'>): string {
  const since = seconds(event.elapsedMs)
  if (event.kind === 'statement-progress') {
    const { stage, progress } = event
    const part = progress === null ? '' : ` ${Math.floor((100 * progress.done) / progress.total)} %`
    return `${titleOf(event)}: ${since}${stage === null && part === '' ? '' : `, ${stage ?? 'done'}${part}`}`
  }
  if (event.of === 'run') {
    return `Another run holds the lock of this database${event.holder === null ? '' : ` (${event.holder})`}: ${since}`
  }
  const what = event.object === null ? 'a lock' : `the lock of ${event.object}`
  return `${titleOf(event)}: waits for ${what}, ${since}${inTheWay(event.blockers)}`
}

function titleOf({ direction, position, total, revision, message }: StepPlace): string {
  return `${direction}${total === 1 ? '' : ` ${position}/${total}`} ${revision}${message === '' ? '' : ` ${message}`}`
}

function inTheWay(blockers: readonly Blocker[]): string {
  return blockers.length === 0 ? '' : `; in its way: ${blockers.map(blockerText).join('; ')}`
}

function seconds(milliseconds: number): string {
  return `${milliseconds < 10_000 ? (milliseconds / 1000).toFixed(1) : Math.round(milliseconds / 1000)} s`
}
