// A planned repair as texts: headers mended in place, new files written out.

import { isAbsolute, join } from 'node:path'
import type { Op } from '../../ops/operations.ts'
import { type HeaderEdit, mendHeader } from '../../project/mend-header.ts'
import type { Project } from '../../project/project.ts'
import { revisionText } from '../../project/revision-file.ts'
import type { FileChange } from '../../project/rewrite.ts'
import type { ScriptFile } from '../../project/scripts.ts'
import type { ChainFile } from '../../revisions/repair/chain.ts'
import type { PlannedEdit, RepairPlan } from '../../revisions/repair/repair.ts'

/** A file that comes, with its text. */
export interface DraftedFile {
  readonly file: ChainFile
  readonly text: string
}

export interface Draft {
  readonly file: ChainFile
  /** What git kept of it; null where it is written anew. */
  readonly text: string | null
  readonly upgrade?: readonly Op[]
  /** What the body does not do, said in it. */
  readonly remarks?: readonly string[]
}

/** The text of a file that comes. */
export function draftText(project: Project, plan: Pick<RepairPlan, 'edits'>, draft: Draft): string {
  const { file, text } = draft
  if (text !== null)
    return mended(
      file.path,
      text,
      plan.edits.filter(({ path }) => path === file.path),
    )
  return revisionText(
    {
      id: file.id ?? '',
      message: [file.message, ...(draft.remarks ?? []).map((remark) => `Not done here: ${remark}`)].join('\n\n'),
      downRevisions: file.downRevisions ?? [],
      dependsOn: file.dependsOn,
      branchLabels: file.branchLabels,
      createdAt: file.createdAt ?? '1970-01-01T00:00:00Z',
      upgrade: draft.upgrade ?? [],
      downgrade: [],
      remarks: [],
    },
    project.naming,
  )
}

function mended(path: string, text: string, edits: readonly PlannedEdit[]): string {
  if (edits.length === 0) return text
  return mendHeader(
    path,
    text,
    edits.map(({ field, after }): HeaderEdit => ({ field, value: after })),
  )
}

/** Everything that the plan does to revision files. */
export function changesOf(
  project: Project,
  files: readonly ScriptFile[],
  plan: RepairPlan,
  drafted: readonly DraftedFile[],
): readonly FileChange[] {
  const created = new Set(drafted.map(({ file }) => file.path))
  const at = (path: string): string => (isAbsolute(path) ? path : join(project.directory, path))
  const edited = files.flatMap((file): readonly FileChange[] => {
    const edits = plan.edits.filter(({ path }) => path === file.path && !created.has(path))
    if (edits.length === 0) return []
    return [{ file: file.file, before: file.text, after: mended(file.path, file.text, edits) }]
  })
  const removed = plan.removed.flatMap(({ path }): readonly FileChange[] => {
    const file = files.find((one) => one.path === path)
    return file === undefined ? [] : [{ file: file.file, before: file.text, after: null }]
  })
  return [
    ...edited,
    ...drafted.map(({ file, text }): FileChange => ({ file: at(file.path), before: null, after: text })),
    ...removed,
  ]
}
