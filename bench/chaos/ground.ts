// Where cases are tried: a server or a folder, a project, and a database for each place in the chain at which a case begins.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startMariadb } from '../../packages/aludel/tests/engines/mariadb.ts'
import { startPostgres } from '../../packages/aludel/tests/engines/postgres.ts'
import type { MortalServer } from '../../packages/aludel/tests/engines/server.ts'
import { type Engine, type EngineName, engineOn } from './engine.ts'
import { makePlace, type Place } from './place.ts'
import { type Ended, launch } from './process.ts'
import { writeProject } from './project.ts'
import { type HistoryRow, readHistory, readState, type State } from './state.ts'

/** A stretch of the chain, up or down. */
export interface Stretch {
  readonly direction: 'upgrade' | 'downgrade'
  /** Null for an empty database. */
  readonly from: string | null
  readonly to: string
}

/** What happens on a stretch where nothing happens. */
export interface Course extends Stretch {
  readonly sent: Ended['sent']
  readonly state: State
  /** The steps that were done. */
  readonly done: readonly string[]
}

export interface Ground {
  readonly engine: Engine
  /** Null where there is none, or where it is not ours to kill. */
  readonly server: MortalServer | null
  readonly place: Place
  readonly project: string
  /** The last row of the history where a stretch begins. */
  lastRow(stretch: Stretch): number
  end(): Promise<void>
}

export interface GroundOptions {
  readonly name: EngineName
  readonly rows: number
  readonly nap: number
  /** A server that is there already; one of our own otherwise. */
  readonly url: string | null
  /** True for a disk of its own, which can be filled. */
  readonly disk: boolean
}

export async function prepareGround(options: GroundOptions, stretches: readonly Stretch[]): Promise<Ground> {
  const place = makePlace(options.disk)
  const folder = (purpose: string) => {
    const path = join(place.folder, purpose)
    mkdirSync(path, { mode: 0o755 })
    return path
  }
  const server = options.url === null ? await start(options.name, place.fill === null ? null : folder) : null
  const project = folder('project')
  const files = folder('files')
  const engine = engineOn(options.name, server ?? (options.url === null ? files : { url: options.url }))
  const ids = writeProject(project, { engine: options.name, rows: options.rows, nap: options.nap })
  const starts = new Set(stretches.flatMap(({ from }) => (from === null ? [] : [from])))
  const last = new Map<string, number>()
  const made = snapshot(null)
  await engine.create(made)
  for (const id of ids.filter((one) => starts.has(one))) {
    const { code, output } = await launch({ folder: project, url: engine.url(made), words: ['upgrade', id] }).ended
    if (code !== 0) throw new Error(`The chain does not run up to ${id}:\n${output}`)
    await engine.copy(made, snapshot(id))
    last.set(id, (await readHistory(engine.url(made))).at(-1)?.id ?? 0)
  }
  await engine.drop(made)
  return {
    engine,
    server,
    place,
    project,
    lastRow: ({ from }) => (from === null ? 0 : (last.get(from) ?? 0)),
    end: async () => {
      for (const id of options.url === null ? [] : starts) await engine.drop(snapshot(id))
      await server?.stop()
      place.remove()
    },
  }
}

async function start(name: EngineName, folder: ((purpose: string) => string) | null): Promise<MortalServer | null> {
  // What a server has said is kept must be kept when it is killed, so it runs with the settings that it comes with.
  const options = { settings: 'default' as const, ...(folder === null ? {} : { directory: folder('server') }) }
  if (name === 'postgres') return startPostgres(options)
  if (name === 'mysql') return startMariadb(options)
  return null
}

function snapshot(from: string | null): string {
  return `chaos_${from ?? 'made'}`
}

/** A database that stands where the stretch begins. */
export async function beginning({ engine }: Ground, { from }: Stretch, database: string): Promise<string> {
  if (from === null) await engine.create(database)
  else await engine.copy(snapshot(from), database)
  return engine.url(database)
}

export function wordsOf({ direction, to }: Stretch): readonly string[] {
  return [direction, to]
}

/** Runs a stretch with nobody in the way. */
export async function courseOf(ground: Ground, stretch: Stretch): Promise<Course> {
  const database = 'chaos_course'
  const url = await beginning(ground, stretch, database)
  const { code, output, sent } = await launch({ folder: ground.project, url, words: wordsOf(stretch) }).ended
  if (code !== 0) throw new Error(`${wordsOf(stretch).join(' ')} does not run undisturbed:\n${output}`)
  const state = await readState(url, ground.engine.name)
  const done = doneSince(await readHistory(url), ground.lastRow(stretch))
  await ground.engine.drop(database)
  return { ...stretch, sent, state, done }
}

export function doneSince(history: readonly HistoryRow[], last: number): readonly string[] {
  return history
    .filter(({ id, event }) => id > last && event === 'done')
    .map(({ revision, direction }) => `${direction} ${revision}`)
    .sort()
}
