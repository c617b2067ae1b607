// The graph alone, in every shape and three sizes, beside Alembic's planner; and `heads` and `history` of 10,000 files.

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shapes } from '../packages/aludel/tests/laws/revisions/shapes.ts'
import type { Work } from './growth.ts'
import { works } from './growth.ts'
import { type Bench, type Contestant, compete, peakMemory, plainEnvironment } from './measure.ts'
import { type ChainSize, writeAlembicProject, writeAludelProject } from './project.ts'

const sizes = [1_000, 10_000, 100_000] as const
const filesSize: ChainSize = { revisions: 10_000, tables: 1_000 }
const patience = 60_000

/** Milliseconds of each work, or why there are none. */
type Timings = Readonly<Record<Work, number | string>>

export interface GraphBench extends Bench {
  /** A Python that has Alembic; null where there is none. */
  readonly python: string | null
}

export async function benchGraph(bench: GraphBench): Promise<void> {
  growth(bench)
  await files(bench)
}

function growth({ root, folder, python, line }: GraphBench): void {
  const script = join(folder, 'alembic_growth.py')
  writeFileSync(script, alembicGrowth)
  line('\n### The graph alone: from 1,000 to 100,000 revisions, in memory\n')
  line('Milliseconds in one process, the fastest of five; Alembic runs once, and is given up after a minute.')
  line('`KeyError` is where it does not get over a parent that another parent contains.\n')
  const beside = python === null ? [] : sizes.map((size) => `Alembic ${counted(size)}`)
  const columns = ['shape', 'what', ...sizes.map(counted), '100,000 / 10,000', ...beside]
  line(`| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|`)
  let highest = 0
  for (const shape of Object.keys(shapes) as (keyof typeof shapes)[]) {
    const ours = sizes.map((size) => ourTimings(root, shape, size))
    highest = Math.max(highest, ours[1]?.peak ?? 0)
    const theirs = python === null ? [] : alembicTimings(python, script, shape)
    for (const work of works) {
      const times = ours.map((one) => one[work])
      const ratio = (times[2] ?? 0) / (times[1] ?? 1)
      const cells = [...times.map(shown), ratio.toFixed(1), ...theirs.map((one) => shown(one[work]))]
      line(`| ${work === 'load' ? shape : ''} | ${work} | ${cells.join(' | ')} |`)
    }
  }
  line(`\nThe most memory that a process needed for 10,000 revisions: ${highest.toFixed(0)} MB.`)
}

const counted = (size: number): string => size.toLocaleString('en-US')

function shown(time: number | string): string {
  return typeof time === 'string' ? time : time.toFixed(time < 10 ? 1 : 0)
}

function ourTimings(root: string, shape: string, size: number): Record<Work | 'peak', number> {
  const file = fileURLToPath(new URL('growth.ts', import.meta.url))
  const loader = join(root, 'scripts/typescript.mjs')
  const given = ['--import', loader, file, shape, String(size)]
  const run = spawnSync(process.execPath, given, { cwd: root, encoding: 'utf8', env: plainEnvironment() })
  if (run.status !== 0) throw new Error(`${shape} of ${size} failed:\n${run.stderr}`)
  return JSON.parse(run.stdout) as Record<Work | 'peak', number>
}

/** One size after the other, until one of them takes too long or fails; a larger one is not tried then. */
function alembicTimings(python: string, script: string, shape: keyof typeof shapes): readonly Timings[] {
  let ended: string | null = null
  return sizes.map((size) => {
    if (ended !== null) return every(ended)
    const input = JSON.stringify(shapes[shape](size))
    const options = { input, encoding: 'utf8', timeout: patience, maxBuffer: 1 << 28 } as const
    const run = spawnSync(python, [script], { ...options, env: plainEnvironment() })
    if (run.signal !== null) ended = 'over a minute'
    else if (run.status !== 0) ended = run.stderr.trim().split('\n').at(-1)?.split(':')[0] ?? 'fails'
    const lines = run.stdout.split('\n').filter((text) => text !== '')
    return Object.assign(every(ended ?? ''), ...lines.map((text) => JSON.parse(text) as Partial<Timings>)) as Timings
  })
}

const every = (why: string): Timings => ({ load: why, upgrade: why, downgrade: why, history: why })

// What its `upgrade`, `downgrade` and `history` do before they touch a database or print; the rows of the version table
// are kept as its runner keeps them, in memory.
const alembicGrowth = `import json, sys, time
from types import SimpleNamespace
from alembic.runtime import migration
from alembic.script.revision import Revision, RevisionMap

class Rows(migration.HeadMaintainer):
    def __init__(self, heads): self.heads = set(heads)
    def _insert_version(self, version): self.heads.add(version)
    def _delete_version(self, version): self.heads.remove(version)
    def _update_version(self, old, new): self.heads.remove(old); self.heads.add(new)

inputs = json.load(sys.stdin)
def revisions():
    for one in inputs:
        made = Revision(one['id'], tuple(one['downRevisions']) or None, dependencies=tuple(one['dependsOn']) or None)
        made.module = SimpleNamespace(upgrade=None, downgrade=None)
        yield made

def timed(name, work):
    start = time.perf_counter()
    result = work()
    print(json.dumps({name: (time.perf_counter() - start) * 1000}), flush=True)
    return result

def run(steps, heads):
    rows = Rows(heads)
    for step in steps: rows.update_to_step(step)
    return tuple(rows.heads)

def load():
    made = RevisionMap(revisions)
    made.heads
    return made

def upgrade():
    found = list(map_.iterate_revisions('heads', (), implicit_base=True))
    return run([migration.RevisionStep(map_, one, True) for one in reversed(found)], ())

def downgrade():
    found = map_.iterate_revisions(heads, 'base', select_for_downgrade=True)
    return run([migration.RevisionStep(map_, one, False) for one in found], heads)

map_ = timed('load', load)
heads = timed('upgrade', upgrade)
timed('history', lambda: list(map_.iterate_revisions('heads', 'base')))
timed('downgrade', downgrade)
`

async function files({ folder, root, cli, rounds, python, table, line }: GraphBench): Promise<void> {
  for (const name of ['aludel', 'alembic']) mkdirSync(join(folder, name))
  writeAludelProject(join(folder, 'aludel'), filesSize, join(root, 'packages/aludel'))
  writeAlembicProject(join(folder, 'alembic'), filesSize)
  const aludel = (verb: string): Contestant => ({
    name: `aludel ${verb}`,
    command: [process.execPath, cli, verb],
    cwd: join(folder, 'aludel'),
  })
  const alembic = (verb: string): readonly Contestant[] =>
    python === null
      ? []
      : [
          {
            name: `alembic ${verb}`,
            command: [python, '-m', 'alembic.config', verb],
            cwd: join(folder, 'alembic'),
            env: { DATABASE_URL: 'sqlite://' },
          },
        ]
  const verbs = ['heads', 'history']
  const results = await compete(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      ...verbs.map(aludel),
      ...verbs.flatMap((verb) => [...alembic(verb)]),
    ],
    rounds,
  )
  table(`heads and history on ${counted(filesSize.revisions)} files`, results, 'node -e 0')
  line('\n| command | peak MB |\n|---|---|')
  for (const verb of verbs) line(`| aludel ${verb} | ${(await peakMemory(aludel(verb))).toFixed(0)} |`)
}
