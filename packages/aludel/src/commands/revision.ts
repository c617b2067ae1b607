// revision: a new, empty revision.

import type { Question } from '../diff/questions.ts'
import type { Op } from '../ops/operations.ts'
import { loadScripts, requireWritable } from '../project/scripts.ts'
import type { Command } from './command.ts'
import type { RevisionJson } from './revision-json.ts'
import { type NewRevisionOptions, parentsFor, writeRevision } from './write-revision.ts'

export interface RevisionResult {
  readonly revision: RevisionJson | null
  readonly operations: readonly Op[]
  /** What must be answered before a revision can be written. */
  readonly questions: readonly Question[]
  readonly warnings: readonly string[]
}

export const revision: Command<NewRevisionOptions, RevisionResult> = async (project, options) => {
  const parents = parentsFor(requireWritable(loadScripts(project)), options)
  const written = writeRevision(project, parents, options, { upgrade: [], downgrade: [], remarks: [] })
  return { revision: written.revision, operations: [], questions: [], warnings: written.warnings }
}
