// Findings and plans of doctor and fix-chain in the shape in which they are told.

import type { ScriptFile } from '../../project/scripts.ts'
import type { Fault } from '../../revisions/repair/fault.ts'
import type { RepairPlan } from '../../revisions/repair/repair.ts'
import type { JudgedStamp } from '../../revisions/repair/stamps.ts'
import type { DraftedFile } from './changes.ts'

export interface Finding {
  /** Never changes. */
  readonly code: string
  /** `error`: something cannot be planned, or will fail when it runs. `warning`: it works, and will hurt. */
  readonly severity: 'error' | 'warning'
  /** Relative to the project's folder. */
  readonly files: readonly string[]
  readonly revisions: readonly string[]
  /** The cause, in one sentence. */
  readonly message: string
  /** What mends it; null where only a person can know. */
  readonly repair: string | null
  /** Whether `fix-chain --fix` does that without further permission. */
  readonly safe: boolean
}

export interface PlanEntry {
  readonly file: string
  /** A header's name; `file` where a whole file comes or goes. */
  readonly field: 'revision' | 'downRevision' | 'branchLabels' | 'dependsOn' | 'file'
  /** A header's value; a file's text, null where there is none. */
  readonly before: string | number | readonly string[] | null
  readonly after: string | readonly string[] | null
}

export interface ChainResult {
  readonly findings: readonly Finding[]
  readonly plan: readonly PlanEntry[]
  /** For each stamp: the revisions that the plan would make a database there believe to have run. */
  readonly hidden: Readonly<Record<string, readonly string[]>>
  /** For each of those stamps at which no database can be: why. */
  readonly impossible: Readonly<Record<string, string>>
  readonly written: boolean
}

export function findingOf({ code, severity, files, revisions, message, repair, safe }: Fault): Finding {
  return { code, severity, files, revisions, message, repair, safe }
}

export function planEntries(
  { edits, removed }: Pick<RepairPlan, 'edits' | 'removed'>,
  drafted: readonly DraftedFile[],
  files: readonly ScriptFile[],
): readonly PlanEntry[] {
  const created = new Set(drafted.map(({ file }) => file.path))
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return [
    // What is edited in a file that is only now restored is part of the text that comes.
    ...edits
      .filter(({ path }) => !created.has(path))
      .map(({ path, field, before, after }) => ({ file: path, field, before, after })),
    ...drafted.map(({ file, text }): PlanEntry => ({ file: file.path, field: 'file', before: null, after: text })),
    ...removed.map(
      ({ path }): PlanEntry => ({ file: path, field: 'file', before: texts.get(path) ?? '', after: null }),
    ),
  ].sort((one, other) => (one.file === other.file ? 0 : one.file < other.file ? -1 : 1))
}

export function hiddenAt(stamps: readonly JudgedStamp[]): Pick<ChainResult, 'hidden' | 'impossible'> {
  return {
    hidden: Object.fromEntries(stamps.map(({ stamp, revisions }) => [stamp, revisions])),
    impossible: Object.fromEntries(
      stamps.flatMap(({ stamp, impossible }) => (impossible === null ? [] : [[stamp, impossible]])),
    ),
  }
}
