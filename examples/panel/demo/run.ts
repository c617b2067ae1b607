// `npm run demo`: a Panel's database from nothing to a takeover, with real commands, each step looked at.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isAludelError } from 'aludel'
import { EngineMissing } from '../../../packages/aludel/tests/engines/server.ts'
import {
  askForHealth,
  changeTheModel,
  downAndUpAgain,
  historyAsGraph,
  takeover,
  twoPeople,
  upgradeFromNothing,
} from './acts.ts'
import { type Place, placeFor } from './place.ts'
import { copyPanel, endServers, NotAsSaid, panelAt, print } from './stage.ts'

async function play(place: Place, folder: string): Promise<void> {
  print(`The Panel's database on ${place.name}, in a copy that is thrown away.`)
  const url = await place.fresh()
  const panel = panelAt(copyPanel(join(folder, 'panel')), url)
  await upgradeFromNothing(panel)
  await historyAsGraph(panel)
  const head = await changeTheModel(panel)
  await askForHealth(panel, head)
  await downAndUpAgain(panel, head)
  await twoPeople(panel, url, head)
  await takeover(panel, await place.fresh())
}

async function run(): Promise<number> {
  const begin = performance.now()
  const { values } = parseArgs({ options: { postgres: { type: 'boolean', default: false } } })
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-demo-')))
  let place: Place | null = null
  const leave = async () => {
    endServers()
    await place?.leave()
    rmSync(folder, { recursive: true, force: true })
  }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => void leave().finally(() => process.exit(code)))
  }
  try {
    place = await placeFor({ folder, url: process.env.DATABASE_URL || null, postgres: values.postgres })
    await play(place, folder)
    print(`\nEvery step was what it says. ${((performance.now() - begin) / 1000).toFixed(1)} s`)
    return 0
  } catch (error) {
    print(`\nThe demonstration stops here. ${told(error)}`)
    return 1
  } finally {
    await leave()
  }
}

function told(error: unknown): string {
  if (error instanceof NotAsSaid || error instanceof EngineMissing) return error.message
  if (isAludelError(error)) return `${error.message}${error.hint === null ? '' : ` ${error.hint}`}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

process.exitCode = await run()
