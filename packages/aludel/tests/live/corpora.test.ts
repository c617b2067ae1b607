// A sample of the pairs of schemas that `npm run corpora` tries: each is loaded, compared, changed, described and taken back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPairs } from '../../../../bench/corpora/corpus.ts'
import { groundOn } from '../../../../bench/corpora/ground.ts'
import { type Ground, tryPair } from '../../../../bench/corpora/pair.ts'
import { engines, type FreshDatabase } from '../engines/index.ts'

const every = 40
const pairs = readPairs(process.env.ALUDEL_CORPORA)

if (pairs === null) console.warn('ALUDEL_CORPORA names no folder with pairs of schemas: they are skipped.')

describe.skipIf(pairs === null).each(engines.filter(({ available }) => available))('pairs on $name', (engine) => {
  const sample = (pairs ?? [])
    .filter((_, position) => position % every === 0)
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

  test.each(sample.map((pair) => [`${pair.file} ${pair.id}`, pair] as const))('%s', async (_, pair) => {
    const outcome = await tryPair(pair, ground)
    expect(outcome.kind === 'failed' ? `${outcome.step}: ${outcome.reason}` : '').toBe('')
  })
})
