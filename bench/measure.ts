// Whole processes, timed: peers take turns in a shuffled order, the first round is thrown away, medians are told.

import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Contestant {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Run before each time, not timed. */
  before?(): Promise<void>
}

export interface Measured {
  readonly name: string
  readonly median: number
  readonly minimum: number
  readonly maximum: number
}

/** What a section of the figures works with. */
export interface Bench {
  /** An empty folder to work in. */
  readonly folder: string
  readonly root: string
  readonly cli: string
  readonly rounds: number
  table(title: string, results: readonly Measured[], base: string): void
  line(text: string): void
}

/** Environment of every timed process: Node 20 reads NODE_EXTRA_CA_CERTS at each start, which would be measured. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, DATABASE_URL: ___, ...rest } = process.env
  return { ...rest, ...more }
}

/** Milliseconds from start to exit; throws with the output where the process fails. */
export async function time({ command, cwd, env }: Contestant): Promise<number> {
  const [program, ...given] = command
  const startedAt = performance.now()
  const output = await new Promise<{ code: number | null; text: string }>((resolve, reject) => {
    const child = spawn(program, given, { cwd, env: plainEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text: Buffer.concat(parts).toString().slice(-2000) }))
  })
  const milliseconds = performance.now() - startedAt
  if (output.code !== 0) throw new Error(`${command.join(' ')} ended with ${output.code}:\n${output.text}`)
  return milliseconds
}

/** Times every contestant `rounds` times, one warm-up round before, in a new order each round. */
export async function compete(contestants: readonly Contestant[], rounds: number): Promise<readonly Measured[]> {
  const samples = new Map(contestants.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const contestant of shuffled(contestants, round)) {
      await contestant.before?.()
      const milliseconds = await time(contestant)
      if (round > 0) samples.get(contestant.name)?.push(milliseconds)
    }
  }
  return contestants.map(({ name }) => summary(name, samples.get(name) ?? []))
}

function summary(name: string, samples: readonly number[]): Measured {
  const sorted = [...samples].sort((a, b) => a - b)
  return {
    name,
    median: middle(samples),
    minimum: sorted[0] ?? 0,
    maximum: sorted.at(-1) ?? 0,
  }
}

export function middle(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0
}

/** An order that differs by round and is the same in every run. */
function shuffled<T>(list: readonly T[], round: number): readonly T[] {
  const turned = list.map((_, at) => list[(at + round) % list.length] as T)
  return round % 2 === 0 ? turned : turned.reverse()
}

/** The peak of a Node process's memory, in megabytes. */
export async function peakMemory(contestant: Contestant): Promise<number> {
  const file = join(tmpdir(), `aludel-peak-${process.pid}`)
  const probe = `data:text/javascript,${encodeURIComponent(`import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`)}`
  const [program, ...given] = contestant.command
  await contestant.before?.()
  await time({ ...contestant, command: [program, '--import', probe, ...given] })
  const kilobytes = Number(readFileSync(file, 'utf8'))
  rmSync(file, { force: true })
  return kilobytes / 1024
}
