// A revision file as the runner reads it: written down, loaded, its function recorded.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { features } from '../../src/dialects/postgres/features.ts'
import { ownModules } from '../../src/index/own.ts'
import type { Op } from '../../src/ops/operations.ts'
import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { createLoader } from '../../src/project/loader.ts'
import { type RevisionDraft, revisionText } from '../../src/project/revision-file.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { sumOf } from '../arbitraries/pure/op.ts'

export const draft: RevisionDraft = {
  id: '3f2a9c1b7d04',
  message: 'Add user status',
  downRevisions: ['8c1f02aa91b3'],
  dependsOn: [],
  branchLabels: [],
  createdAt: '2026-11-23T10:00:00Z',
  upgrade: [],
  downgrade: [],
  remarks: [],
}

const loader = createLoader(async () => ownModules())
await loader.ready()

/** The operations that a file with these in `upgrade` records, on the engine that has most to record. */
export function readBack(ops: readonly Op[]): readonly Op[] {
  return recordText(revisionText({ ...draft, upgrade: ops }, defaultNaming))
}

export function recordText(text: string): readonly Op[] {
  const folder = mkdtempSync(join(tmpdir(), 'aludel-'))
  const file = join(folder, 'revision.ts')
  try {
    writeFileSync(file, text)
    const { upgrade } = loader.load(file)
    const request = { dialect: 'postgres', features, naming: defaultNaming, dataSum: sumOf } as const
    return record(request, upgrade as (op: Operations) => void)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
