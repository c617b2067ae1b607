// Which cases there are: every place at which a run can be hurt, or an even share of them and others at random.

import type { Blow, Case } from './case.ts'
import type { EngineName } from './engine.ts'
import type { Course, Stretch } from './ground.ts'
import type { Sent } from './process.ts'
import { type Random, randomFrom } from './random.ts'

export const stretches: readonly Stretch[] = [
  { direction: 'upgrade', from: null, to: 'c03' },
  { direction: 'upgrade', from: 'c03', to: 'c06' },
  { direction: 'upgrade', from: 'c06', to: 'c09' },
  { direction: 'upgrade', from: 'c09', to: 'c12' },
  { direction: 'upgrade', from: 'c12', to: 'c15' },
  { direction: 'upgrade', from: 'c15', to: 'c17' },
  { direction: 'upgrade', from: 'c17', to: 'c20' },
  { direction: 'downgrade', from: 'c20', to: 'c17' },
  { direction: 'downgrade', from: 'c17', to: 'c14' },
  { direction: 'downgrade', from: 'c14', to: 'c11' },
  { direction: 'downgrade', from: 'c11', to: 'c08' },
  { direction: 'downgrade', from: 'c08', to: 'c05' },
  { direction: 'downgrade', from: 'c05', to: 'base' },
]

/** How many of a hundred cases are of which kind. */
const shares: Readonly<Record<EngineName, Readonly<Partial<Record<Blow['kind'], number>>>>> = {
  sqlite: { 'killed at a statement': 60, 'killed inside': 30, 'disk full': 10 },
  postgres: sharesOfServers(),
  mysql: sharesOfServers(),
}

function sharesOfServers() {
  return {
    'killed at a statement': 50,
    'killed inside': 22,
    'connection cut': 10,
    'session ended': 4,
    'server killed': 9,
    'disk full': 5,
  }
}

export interface Wanted {
  readonly engine: EngineName
  readonly courses: readonly Course[]
  readonly count: number
  readonly seed: number
  /** Kinds that cannot be had here. */
  readonly without: readonly Blow['kind'][]
}

export function chooseCases({ engine, courses, count, seed, without }: Wanted): readonly Case[] {
  const random = randomFrom(seed)
  return Object.entries(shares[engine]).flatMap(([kind, share]) => {
    if (without.includes(kind as Blow['kind'])) return []
    const number = Math.max(1, Math.round((count * share) / 100))
    if (kind === 'killed at a statement') return spread(boundaries(courses), number, random)
    return Array.from({ length: number }, () => atRandom(kind as Blow['kind'], courses, random, roomNeeded[engine]))
  })
}

/** Before and after each statement that changes something; nothing can be told of a question that was not asked. */
function boundaries(courses: readonly Course[]): readonly Case[] {
  return courses.flatMap((course) =>
    course.sent
      .filter(({ text }) => !/^(select|show|pragma|explain|set)\b/i.test(text))
      .flatMap(({ number }) =>
        (['before', 'after'] as const).map((when): Case => {
          return { course, blow: { kind: 'killed at a statement', kill: { statement: number, when } } }
        }),
      ),
  )
}

/** One of each of as many equal parts, at random: a fixed place in each would fall in step with the list, and meet only kills before or only kills after. */
function spread<T>(list: readonly T[], count: number, random: Random): readonly T[] {
  if (list.length <= count) return list
  return Array.from({ length: count }, (_, at) => {
    return list[Math.floor(((at + random.number()) * list.length) / count)] as T
  })
}

const longMilliseconds = 30
/** About what a stretch needs of a disk. */
const roomNeeded: Readonly<Record<EngineName, number>> = { sqlite: 400_000, postgres: 1_500_000, mysql: 1_500_000 }

function atRandom(kind: Blow['kind'], courses: readonly Course[], random: Random, room: number): Case {
  const course = random.weighted(courses, ({ sent }) => long(sent).reduce((sum, one) => sum + lasting(one), 0))
  if (kind === 'disk full') return { course, blow: { kind, left: Math.floor(random.number() ** 2 * room) } }
  const { number, ...statement } = random.weighted(long(course.sent), lasting)
  const after = Math.round((0.05 + 0.85 * random.number()) * lasting(statement))
  return { course, blow: { kind: kind as 'killed inside', moment: { statement: number, after } } }
}

/** Where the machine is too quick for any of them, those that take longest. */
function long(sent: readonly Sent[]): readonly Sent[] {
  const found = sent.filter((one) => lasting(one) >= longMilliseconds)
  return found.length > 0 ? found : [...sent].sort((a, b) => lasting(b) - lasting(a)).slice(0, 3)
}

function lasting({ at, answeredAt }: Pick<Sent, 'at' | 'answeredAt'>): number {
  return (answeredAt ?? at) - at
}
