// One shape of graph at one size, built, planned and listed: prints milliseconds and megabytes. Run by graph.ts, a process each.

import { buildGraph } from '../packages/aludel/src/revisions/graph.ts'
import { history } from '../packages/aludel/src/revisions/history.ts'
import { planDowngrade, planUpgrade } from '../packages/aludel/src/revisions/plan.ts'
import { shapes } from '../packages/aludel/tests/laws/revisions/shapes.ts'

/** What is timed, in the order of the columns. */
export const works = ['load', 'upgrade', 'downgrade', 'history'] as const

export type Work = (typeof works)[number]

const [shape, size] = process.argv.slice(2)
if (import.meta.url === `file://${process.argv[1]}` && shape !== undefined) measure(shape as keyof typeof shapes)

function measure(shape: keyof typeof shapes): void {
  const warmUp = shapes[shape](1000)
  for (let round = 0; round < 20; round += 1) everything(warmUp)
  const inputs = shapes[shape](Number(size))
  const rounds = Array.from({ length: 5 }, () => everything(inputs))
  const least = works.map((work) => [work, Math.min(...rounds.map((one) => one[work]))])
  const peak = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`${JSON.stringify({ ...Object.fromEntries(least), peak })}\n`)
}

function everything(inputs: Parameters<typeof buildGraph>[0]): Record<Work, number> {
  const [load, graph] = timed(() => buildGraph(inputs))
  const [upgrade, up] = timed(() => planUpgrade(graph, { current: [], target: 'heads' }))
  const [downgrade, down] = timed(() => planDowngrade(graph, { current: up.heads, target: 'base' }))
  const [listing, listed] = timed(() => history(graph))
  for (const { length } of [up.steps, down.steps, listed]) {
    if (length !== inputs.length) throw new Error(`${length} steps in a graph of ${inputs.length} revisions.`)
  }
  return { load, upgrade, downgrade, history: listing }
}

function timed<T>(work: () => T): readonly [number, T] {
  const start = performance.now()
  const result = work()
  return [performance.now() - start, result]
}
