// The cases: each folder holds a revision, what stands before it, and beside it what every engine is sent.

import { readdirSync } from 'node:fs'
import type { DialectName } from '../../../src/database/types.ts'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import type { Op, OpKind } from '../../../src/ops/operations.ts'
import { record } from '../../../src/ops/recorder.ts'
import type { Operations } from '../../../src/ops/surface.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'

interface CaseModule {
  /** What is there before. */
  readonly before?: (op: Operations) => void
  readonly upgrade: (op: Operations) => void
  /** Engines that cannot do it, each with the reason. */
  readonly cannot?: Readonly<Partial<Record<DialectName, string>>>
  /** Why it is shown here and run elsewhere. */
  readonly runElsewhere?: string
}

export interface Case extends CaseModule {
  readonly name: string
}

export const cases: readonly Case[] = await Promise.all(
  readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }): Promise<Case> => ({ name, ...((await import(`./${name}/revision.ts`)) as CaseModule) })),
)

/** Operations that have no text of their own here, each with where they are shown. */
export const elsewhere: Readonly<Partial<Record<OpKind, string>>> = {
  run: 'Code is no SQL; tests/live/runner.test.ts runs some on every engine.',
  insertFile: 'Its rows are in a file; tests/live/data-files.test.ts inserts some on every engine.',
  setAside: 'It asks the database in between; tests/live/archives.test.ts keeps on every engine.',
  putBack: 'It asks the database in between; tests/live/archives.test.ts puts back on every engine.',
  autocommit: 'It holds other operations; tests/live/runner.test.ts runs some on every engine.',
}

export function recorded(dialect: Dialect, work: ((op: Operations) => void) | undefined): readonly Op[] {
  if (work === undefined) return []
  return record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work)
}
