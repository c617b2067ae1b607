// A sample of what `npm run chaos` does: runs that are killed, cut off or crowded, and what the next one makes of it.

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Blow, type Case, tryCase } from '../../../../bench/chaos/case.ts'
import { chooseCases } from '../../../../bench/chaos/cases.ts'
import { crowd } from '../../../../bench/chaos/crowds.ts'
import { type Course, courseOf, type Ground, prepareGround, type Stretch } from '../../../../bench/chaos/ground.ts'
import { title } from '../../../../bench/chaos/report.ts'
import { engines } from '../engines/index.ts'

// The servers are shared with other tests, so nobody kills them here.
const without: readonly Blow['kind'][] = ['server killed', 'disk full']
const stretches: readonly Stretch[] = [
  { direction: 'upgrade', from: null, to: 'c02' },
  { direction: 'upgrade', from: 'c13', to: 'c15' },
  { direction: 'downgrade', from: 'c15', to: 'c13' },
]

describe.each(engines.filter(({ available }) => available))('on $name', (engine) => {
  const wanted = 7
  let ground: Ground
  let courses: readonly Course[]
  let cases: readonly Case[]
  beforeAll(async () => {
    const url = engine.name === 'sqlite' ? null : inject('engines')[engine.name]
    ground = await prepareGround({ name: engine.name, rows: 400, nap: 0.04, url, disk: false }, stretches)
    const found: Course[] = []
    for (const stretch of stretches) found.push(await courseOf(ground, stretch))
    courses = found
    cases = chooseCases({ engine: engine.name, courses, count: wanted, seed: 7, without })
  })
  afterAll(() => ground.end())

  test('a run that was hurt is brought to its end by the next one', async () => {
    const told: string[] = []
    for (const [position, one] of cases.entries()) {
      const { kind, why } = await tryCase(ground, one, `chaos_case_${position}`)
      if (kind !== 'the same') told.push(`${title({ engine: engine.name, case: one })}: ${kind}\n${why.join('\n')}`)
    }
    expect(told).toEqual([])
    expect(cases.length).toBeGreaterThanOrEqual(wanted - 2)
  })

  test('of several that start at once, each revision is done by one', async () => {
    const alone = await crowd(ground, 1, null)
    const together = await crowd(ground, 6, alone.state)
    expect([...alone.problems, ...together.problems]).toEqual([])
  })
})
