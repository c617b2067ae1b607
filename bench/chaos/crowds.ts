// Many at once: processes that start on one empty database at the same moment, round after round.

import type { EngineName } from './engine.ts'
import { doneSince, type Ground, prepareGround } from './ground.ts'
import { type Ended, launch } from './process.ts'
import { differences, readHistory, readState, type State } from './state.ts'

export interface CrowdOptions {
  readonly name: EngineName
  readonly processes: number
  readonly rounds: number
  readonly verbose: boolean
}

export interface Crowds {
  /** Rows of a table in Markdown. */
  readonly lines: readonly string[]
  readonly good: boolean
}

/** What one round has shown. */
export interface Round {
  readonly problems: readonly string[]
  /** How many processes took at least one step. */
  readonly workers: number
  readonly milliseconds: number
}

export async function crowds({ name, processes, rounds, verbose }: CrowdOptions): Promise<Crowds> {
  const ground = await prepareGround({ name, rows: 400, nap: 0, url: null, disk: false }, [])
  try {
    const alone = await crowd(ground, 1, null)
    if (alone.problems.length > 0) throw new Error(`The chain does not run undisturbed: ${alone.problems.join()}`)
    const seen: Round[] = []
    for (let round = 1; round <= rounds; round += 1) {
      const one = await crowd(ground, processes, alone.state)
      seen.push(one)
      if (verbose || one.problems.length > 0) {
        console.log(`${name} round ${round}: ${one.workers} at work, ${Math.round(one.milliseconds)} ms`)
        for (const problem of one.problems) console.log(`  ${problem}`)
      }
    }
    const bad = seen.filter(({ problems }) => problems.length > 0).length
    const shared = Math.max(...seen.map(({ workers }) => workers))
    const line = `${name}: ${processes} processes at once on an empty database, ${rounds} rounds: ${rounds - bad} good, ${bad} bad; at most ${shared} of them took steps, each revision once.`
    return { lines: [line], good: bad === 0 }
  } finally {
    await ground.end()
  }
}

export async function crowd(
  ground: Ground,
  processes: number,
  wanted: State | null,
): Promise<Round & { readonly state: State }> {
  const startedAt = performance.now()
  const database = 'chaos_crowd'
  await ground.engine.create(database)
  const url = ground.engine.url(database)
  try {
    const running = Array.from({ length: processes }, () => launch({ folder: ground.project, url, words: ['upgrade'] }))
    const ended = await Promise.all(running.map((one) => one.ended))
    const state = await readState(url, ground.engine.name)
    const history = await readHistory(url)
    const done = doneSince(history, 0)
    const twice = done.filter((one, at) => done.indexOf(one) !== at)
    const others = history.filter(({ event }) => event === 'failed').map(({ revision }) => `${revision} failed`)
    return {
      state,
      workers: ended.filter((one) => stepsOf(one) > 0).length,
      milliseconds: performance.now() - startedAt,
      problems: [
        ...ended.flatMap(({ code, output, refusal }) =>
          code === 0 ? [] : [`exit ${code}: ${refusal?.code ?? ''} ${refusal?.message ?? output.trim()}`],
        ),
        ...twice.map((one) => `${one} twice`),
        ...others,
        ...(wanted === null ? [] : differences(state, wanted)),
      ],
    }
  } finally {
    await ground.engine.drop(database)
  }
}

function stepsOf({ output }: Ended): number {
  return /"steps": \[\s*\]/.test(output) ? 0 : (output.match(/"direction"/g)?.length ?? 0)
}
