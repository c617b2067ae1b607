// The functions of the library that change a database, or tell what was changed in it.

import type { ArchivesResult, DropArchivesOptions, DropArchivesResult } from '../commands/archive.ts'
import type { AutoMigrateOptions, AutoMigrateResult } from '../commands/auto-migrate.ts'
import type { CurrentResult } from '../commands/current.ts'
import type { LockStatus, ReleaseLockOptions } from '../commands/lock.ts'
import type { LogOptions, LogResult } from '../commands/log.ts'
import type { ScriptOptions, ScriptResult } from '../commands/move-script.ts'
import type { ResolveOptions, ResolveResultJson } from '../commands/resolve.ts'
import type { ResumeOptions, ResumeResult } from '../commands/resume.ts'
import type { StampOptions, StampResultJson } from '../commands/stamp.ts'
import type { MoveOptions, MoveResult } from '../commands/upgrade.ts'
import { type ConfigGiven, opened, type VerbOptions } from './opened.ts'
import { type RunEvent, type Running, running } from './running.ts'

/**
 * Applies what is pending up to a target; default `head`.
 *
 * @returns the result, and by `for await` the events of the run
 */
export function upgrade(config?: ConfigGiven, options: Partial<MoveOptions> & VerbOptions = {}): Running<MoveResult> {
  return running(async (tell) => {
    const verb = await import('../commands/upgrade.ts')
    return verb.upgrade(await opened(config, options), { target: 'head', ...options, ...toldTo(tell, options) })
  })
}

/** Takes back what is above a target; default `-1`. */
export function downgrade(config?: ConfigGiven, options: Partial<MoveOptions> & VerbOptions = {}): Running<MoveResult> {
  return running(async (tell) => {
    const verb = await import('../commands/upgrade.ts')
    return verb.downgrade(await opened(config, options), { target: '-1', ...options, ...toldTo(tell, options) })
  })
}

function toldTo(
  tell: (event: RunEvent) => void,
  { progress }: Pick<MoveOptions, 'progress'>,
): Pick<MoveOptions, 'progress'> {
  return {
    progress: (event) => {
      progress?.(event)
      tell(event)
    },
  }
}

/** The SQL that `upgrade` or `downgrade` would send, without a database. */
export async function script(
  direction: 'upgrade' | 'downgrade',
  config: ConfigGiven,
  options: ScriptOptions & VerbOptions,
): Promise<ScriptResult> {
  const verb = await import('../commands/move-script.ts')
  return verb.moveScript(await opened(config, options), direction, options)
}

/** Moves the version rows without running anything; default `head`. */
export async function stamp(
  config?: ConfigGiven,
  options: Partial<StampOptions> & VerbOptions = {},
): Promise<StampResultJson> {
  const verb = await import('../commands/stamp.ts')
  return verb.stamp(await opened(config, options), { targets: ['head'], ...options })
}

/** Where the database stands. */
export async function current(config?: ConfigGiven, options: VerbOptions = {}): Promise<CurrentResult> {
  const verb = await import('../commands/current.ts')
  return verb.current(await opened(config, options), {})
}

/** What revisions have kept of what they dropped. */
export async function archives(config?: ConfigGiven, options: VerbOptions = {}): Promise<ArchivesResult> {
  const verb = await import('../commands/archive.ts')
  return verb.archives(await opened(config, options))
}

/** Drops what was kept, for ever. */
export async function dropArchives(
  config: ConfigGiven,
  options: DropArchivesOptions & VerbOptions,
): Promise<DropArchivesResult> {
  const verb = await import('../commands/archive.ts')
  return verb.dropArchives(await opened(config, options), options)
}

/** What was done to the database, by whom and when; newest first. */
export async function log(config?: ConfigGiven, options: LogOptions & VerbOptions = {}): Promise<LogResult> {
  const verb = await import('../commands/log.ts')
  return verb.log(await opened(config, options), options)
}

/** Goes on with the step that broke off. */
export async function resume(config?: ConfigGiven, options: ResumeOptions & VerbOptions = {}): Promise<ResumeResult> {
  const verb = await import('../commands/resume.ts')
  return verb.resume(await opened(config, options), options)
}

/** Says what became of a step that broke off, once it was finished or undone by hand. */
export async function resolve(config: ConfigGiven, options: ResolveOptions & VerbOptions): Promise<ResolveResultJson> {
  const verb = await import('../commands/resolve.ts')
  return verb.resolve(await opened(config, options), options)
}

/** Who holds the lock of a run. */
export async function lockStatus(config?: ConfigGiven, options: VerbOptions = {}): Promise<LockStatus> {
  const verb = await import('../commands/lock.ts')
  return verb.lockStatus(await opened(config, options))
}

/** Ends the run that holds the lock, with what it is doing. */
export async function releaseLock(
  config?: ConfigGiven,
  options: ReleaseLockOptions & VerbOptions = {},
): Promise<LockStatus> {
  const verb = await import('../commands/lock.ts')
  return verb.releaseLock(await opened(config, options), options)
}

/**
 * Brings the database to the heads before an application starts; any number of replicas may do so at once. One of them does
 * the work, the others wait for it, ten minutes by default. A database that is ahead of this code is left as it is, since
 * older replicas start beside newer ones while a deployment goes on.
 *
 * @example await autoMigrate(undefined, { log: console.info })
 * @throws AludelError `lock-timeout` where the waiting was too long; `database-ahead` where `whenAhead` is 'refuse'; what
 *   `upgrade` throws
 */
export function autoMigrate(
  config?: ConfigGiven,
  options: AutoMigrateOptions & VerbOptions = {},
): Running<AutoMigrateResult> {
  return running(async (tell) => {
    const project = await opened(config, { ...options, lockTimeout: options.lockTimeout ?? 600_000 })
    const verb = await import('../commands/auto-migrate.ts')
    return verb.autoMigrate(project, { ...options, ...toldTo(tell, options) })
  })
}
