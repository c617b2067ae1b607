// heads.lock: an optional file with the heads, so that two branches of work meet in git and not in production.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../project/project.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { heads } from '../revisions/relations.ts'

export interface HeadsLockEdit {
  readonly file: string
  readonly before: string
  readonly after: string
}

/** Where it stands: beside the versions folder. */
export function headsLockFile(project: Project): string {
  return join(project.migrations[0] ?? project.directory, 'heads.lock')
}

/** The heads, one a line, in an order of their own: the file changes only when they do. */
export function headsLockText(graph: RevisionGraph): string {
  return `${[
    '# The heads of the chain of revisions. Written by aludel; where git finds a conflict here, two branches',
    '# have each added a revision: keep both lines, then `aludel merge heads`.',
    ...heads(graph).toSorted(),
  ].join('\n')}\n`
}

/** What the file must become; null where there is none, or it says that already. */
export function headsLockEdit(project: Project, graph: RevisionGraph): HeadsLockEdit | null {
  const file = headsLockFile(project)
  if (!existsSync(file)) return null
  const before = readFileSync(file, 'utf8')
  const after = headsLockText(graph)
  return before === after ? null : { file, before, after }
}
