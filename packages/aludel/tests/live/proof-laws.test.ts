// No false alarms: random chains whose way back is right, each operation a revision, give no finding on any engine.

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestFinding, test as testRevisions } from '../../src/index.ts'
import { isIrreversible } from '../../src/ops/definition.ts'
import type { Op } from '../../src/ops/operations.ts'
import { applyAll, invertAll } from '../../src/ops/registry.ts'
import { revisionText } from '../../src/project/revision-file.ts'
import { emptySchema, type Schema } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { changes } from '../arbitraries/operation.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { onEveryEngine } from '../engines/index.ts'
import { creation, openBench } from './bench.ts'
import { type LiveProject, liveProject } from './project.ts'

const runs = Number(process.env.ALUDEL_TEST_RUNS ?? 5)

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
  })
  afterEach(() => project.end())

  const law = async (options: { readonly samples: boolean }, isAlarm: (finding: TestFinding) => boolean) => {
    const bench = await openBench(engine)
    const { dialect } = bench
    await bench.close()
    await fc.assert(
      fc.asyncProperty(changes(possibleOn[engine.name]), async ({ schema, ops }) => {
        const steps = [creation(schema, dialect), ...ops.map((op) => [op])]
        let before = emptySchema
        for (const [position, step] of steps.entries()) {
          project.write(`migrations/versions/r${position}.ts`, fileOf(position, step, before))
          before = applyAll(before, step)
        }
        for (let left = steps.length; left < 8; left += 1) project.remove(`migrations/versions/r${left}.ts`)
        const { findings } = await testRevisions(undefined, { ...project.where, dev: project.where.url, ...options })
        expect(findings.filter(isAlarm)).toEqual([])
      }),
      { numRuns: runs, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
    )
  }
  // The engine has no such operation at all, whatever the rest of the chain is like.
  const isRefused = ({ message }: TestFinding) => message.includes('failed before anything was sent')

  test('a random chain that is right gives no finding', () => law({ samples: false }, (finding) => !isRefused(finding)))

  // With rows a way back may be impossible: a column that must be unique comes back with one value for all.
  test('where there are rows nothing is said to be another than it is', () =>
    law({ samples: true }, ({ code }) => !code.endsWith('-failed')))
})

function fileOf(position: number, upgrade: readonly Op[], before: Schema): string {
  const downgrade = invertAll(upgrade, before)
  if (isIrreversible(downgrade)) throw new Error(downgrade.irreversible)
  return revisionText(
    {
      id: `r${position}`,
      message: `Step ${position}`,
      downRevisions: position === 0 ? [] : [`r${position - 1}`],
      dependsOn: [],
      branchLabels: [],
      createdAt: '2026-11-23T10:00:00Z',
      upgrade,
      downgrade,
      remarks: [],
    },
    defaultNaming,
  )
}
