// The memory that rows take on their way from a CSV file into a table: it does not grow with their number.

import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, type Contestant, middle, peakMemory } from './measure.ts'
import { revisionHead, writeProject } from './project.ts'

const sizes = [5, 50_000, 500_000] as const

export interface RowsBench extends Bench {
  /** An empty database of the server: its address. */
  database(name: string): Promise<string>
}

export async function benchRows(bench: RowsBench): Promise<void> {
  const { root, folder, line } = bench
  const columns = sizes.map((rows) => `${rows.toLocaleString('en')} rows`)
  line('\n### Peak memory of inserting the rows of a CSV file\n')
  line(`| megabytes | ${columns.join(' | ')} | the last beside the one before |`)
  line(`|---|${columns.map(() => '---|').join('')}---|`)
  for (const rows of sizes) writeRowsProject(join(folder, String(rows)), rows, join(root, 'packages/aludel'))
  for (const engine of ['postgres', 'sqlite'] as const) {
    const peaks: number[] = []
    for (const rows of sizes) peaks.push(await peakOf(bench, engine, rows))
    const cells = peaks.map((peak) => peak.toFixed(0))
    line(`| ${engine} | ${cells.join(' | ')} | ${((peaks[2] ?? 0) / (peaks[1] ?? 1)).toFixed(2)} |`)
  }
}

async function peakOf({ cli, folder, database }: RowsBench, engine: 'postgres' | 'sqlite', rows: number) {
  const cwd = join(folder, String(rows))
  const file = join(folder, 'rows.db')
  const peaks: number[] = []
  for (let round = 0; round < 3; round += 1) {
    rmSync(file, { force: true })
    const url = engine === 'sqlite' ? `sqlite:${file}` : await database('aludel')
    const upgrade: Contestant = {
      name: 'aludel upgrade',
      command: [process.execPath, cli, 'upgrade', '--quiet'],
      cwd,
      env: { DATABASE_URL: url },
    }
    peaks.push(await peakMemory(upgrade))
  }
  return middle(peaks)
}

function writeRowsProject(folder: string, rows: number, aludelPackage: string): void {
  mkdirSync(folder)
  writeProject(folder, aludelPackage, { 'one.ts': revision })
  const file = openSync(join(folder, 'migrations/versions/people.csv'), 'w')
  writeSync(file, 'id,name,email,joined,note\n')
  for (let row = 1; row <= rows; row += 1) {
    const note = row % 3 === 0 ? `"a note, number ${row}"` : ''
    writeSync(file, `${row},Person ${row},person${row}@example.com,2026-11-23T10:00:00Z,${note}\n`)
  }
  closeSync(file)
}

const revision = `/** People */
import type { Operations } from 'aludel'
import { integer, string, text, timestamptz } from 'aludel/schema'

${revisionHead('people', null)}
export function upgrade(op: Operations) {
  op.createTable('person', {
    id: integer().primaryKey(),
    name: string(120).notNull(),
    email: string(200).notNull(),
    joined: timestamptz().notNull(),
    note: text(),
  })
  op.bulkInsert('person', { csv: 'people.csv' })
}

export function downgrade(op: Operations) {
  op.dropTable('person')
}
`
