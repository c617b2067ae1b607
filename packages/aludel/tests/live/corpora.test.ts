// A sample of the pairs of schemas that `npm run corpora` tries, and those that are not supported: each is loaded, compared, changed, described and taken back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPairs } from '../../../../bench/corpora/corpus.ts'
import { groundOn } from '../../../../bench/corpora/ground.ts'
import { type Ground, tryPair } from '../../../../bench/corpora/pair.ts'
import { againstList, readUnsupported, titleOf } from '../../../../bench/corpora/unsupported.ts'
import { engines, type FreshDatabase } from '../engines/index.ts'

const every = 40
const unsupported = readUnsupported()
const pairs = readPairs(process.env.ALUDEL_CORPORA)

if (pairs === null) console.warn('ALUDEL_CORPORA names no folder with pairs of schemas: they are skipped.')

describe.skipIf(pairs === null).each(engines.filter(({ available }) => available))('pairs on $name', (engine) => {
  const sample = (pairs ?? [])
    .filter((pair, position) => position % every === 0 || titleOf(pair) in unsupported)
    .filter((pair) => pair.engine === engine.name)
  let database: FreshDatabase
  let ground: Ground
  beforeAll(async () => {
    database = await engine.freshDatabase()
    ground = await groundOn(engine.name, database.url)
  })
  afterAll(async () => {
    await ground.server.close()
    await database.drop()
  })

  test.each(sample.map((pair) => [titleOf(pair), pair] as const))('%s', async (_, pair) => {
    expect(againstList(pair, await tryPair(pair, ground), unsupported)).toBe('')
  })
})

test('at most one pair in twenty is not supported', () => {
  expect(Object.keys(unsupported).length).toBeLessThanOrEqual(1_413 / 20)
})
