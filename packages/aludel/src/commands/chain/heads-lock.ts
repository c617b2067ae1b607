// What doctor and fix-chain have to do with heads.lock.

import type { Project } from '../../project/project.ts'
import type { FileChange } from '../../project/rewrite.ts'
import { pathFrom } from '../../project/script-places.ts'
import { heads } from '../../revisions/relations.ts'
import type { Chain, ChainFile } from '../../revisions/repair/chain.ts'
import { chainOf } from '../../revisions/repair/chain.ts'
import type { Fault } from '../../revisions/repair/fault.ts'
import { headsLockEdit } from '../heads-lock.ts'
import type { PlanEntry } from './finding.ts'

export function headsLockFaults(project: Project, { graph }: Chain): readonly Fault[] {
  const edit = graph.problems.length === 0 ? headsLockEdit(project, graph) : null
  if (edit === null) return []
  const conflict = /^(?:<{7}|={7}|>{7})/m.test(edit.before)
  return [
    {
      code: 'heads-lock',
      severity: 'warning',
      files: [pathFrom(project.directory, edit.file)],
      revisions: heads(graph),
      message: conflict
        ? 'heads.lock has a conflict of git in it: two branches have each added a revision.'
        : 'heads.lock does not say which heads there are.',
      repair: `Write ${heads(graph).join(', ')} into it.`,
      safe: true,
      change: null,
    },
  ]
}

/** What a repair does to the file: it follows the heads that there will be. */
export function headsLockChange(
  project: Project,
  after: Chain,
  drafted: readonly { readonly file: ChainFile }[],
): { readonly change: FileChange; readonly entry: PlanEntry } | null {
  const known = new Set(after.files.map(({ path }) => path))
  const { graph } = chainOf([...after.files, ...drafted.map(({ file }) => file).filter(({ path }) => !known.has(path))])
  if (graph.problems.length > 0) return null
  const change = headsLockEdit(project, graph)
  if (change === null) return null
  return {
    change,
    entry: {
      file: pathFrom(project.directory, change.file),
      field: 'file',
      before: change.before,
      after: change.after,
    },
  }
}
