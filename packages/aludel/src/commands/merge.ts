// merge: one revision that follows several heads.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, readScriptFiles, requireLegal, type ScriptFile } from '../project/scripts.ts'
import { heads } from '../revisions/relations.ts'
import { chainOf } from '../revisions/repair/chain.ts'
import { meetingOf } from '../revisions/repair/faults/heads.ts'
import { resolve } from '../revisions/target.ts'
import { factsOf } from './chain/facts.ts'
import { chainFile } from './chain/files.ts'
import type { Command } from './command.ts'
import type { RevisionResult } from './revision.ts'
import { type NewRevisionOptions, writeRevision } from './write-revision.ts'

export interface MergeOptions extends Omit<NewRevisionOptions, 'head' | 'dependsOn'> {
  /** The revisions to join; `heads` is all of them. */
  readonly targets: readonly string[]
}

export interface MergeResult extends RevisionResult {
  /** What the sides touch in common, as a sentence. */
  readonly meeting: string
}

export const merge: Command<MergeOptions, MergeResult> = async (project, options) => {
  const files = readScriptFiles(project)
  const graph = requireLegal(loadScripts(project, files))
  const found = options.targets.flatMap((target) => resolve(graph, target))
  const again = found.find((id, position) => found.indexOf(id) !== position)
  if (again !== undefined)
    throw new AludelError('duplicate-target', `Revision ${again} is named twice.`, {
      hint: 'Name each revision to merge once.',
    })
  if (found.length < 2) {
    throw new AludelError(
      'nothing-to-merge',
      found.length === 0 ? 'There is no revision to merge.' : `There is only one revision to merge, ${found[0]}.`,
      {
        hint: 'A merge joins two or more heads; `aludel heads` lists them.',
        details: { heads: heads(graph) },
      },
    )
  }
  const followed = found.find((id) => !heads(graph).includes(id))
  if (followed !== undefined && options.splice !== true) {
    throw new AludelError('not-a-head', `Revision ${followed} is followed already, so merging it begins a branch.`, {
      hint: 'Add --splice if that is what you want.',
    })
  }
  const meeting = await meetingAt(project, files, found)
  const message = options.message ?? `merge ${found.join(' and ')}`
  const written = writeRevision(project, found, { ...options, message }, { upgrade: [], downgrade: [], remarks: [] })
  return { revision: written.revision, operations: [], questions: [], warnings: written.warnings, meeting }
}

/** The bodies are recorded, not run; one that cannot be recorded is said to be unknown. */
async function meetingAt(project: Project, files: readonly ScriptFile[], ids: readonly string[]): Promise<string> {
  const { facts } = await factsOf(project, files, {})
  return meetingOf(chainOf(files.map(chainFile)), facts, ids)
}
