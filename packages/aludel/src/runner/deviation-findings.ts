// What files and history disagree about, told: with the lines that changed, where git knows what ran.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Deviations, EditedRevision } from './deviations.ts'
import { sourceSum } from './sums.ts'
import { moment } from './told.ts'

/** As `doctor` tells its findings, and with the lines that changed. */
export interface DeviationFinding {
  readonly code: 'edited-revision' | 'never-ran'
  readonly severity: 'error'
  readonly files: readonly string[]
  readonly revisions: readonly string[]
  readonly message: string
  readonly repair: string
  /** Lines of a diff; null where the text that ran is not to be had. */
  readonly difference: readonly string[] | null
}

export async function deviationFindings(
  project: Project,
  { edited, neverRan }: Deviations,
): Promise<readonly DeviationFinding[]> {
  if (edited.length + neverRan.length === 0) return []
  const { gitFacts } = await import('../project/git.ts')
  const git = edited.length === 0 ? null : gitFacts(project)
  return [
    ...edited.map((one): DeviationFinding => {
      const { id, path } = one.script
      const difference = git?.changedSince(id, path, (text) => sourceSum(text) === one.ranSum) ?? null
      return {
        ...{ code: 'edited-revision', severity: 'error', files: [path], revisions: [id], difference },
        message: editedSentence(one, difference),
        repair: `Put back what ran, and write the change as a revision of its own; or, where the database is as the file says, accept it: \`aludel upgrade --accept-edited\`.`,
      }
    }),
    ...neverRan.map(
      ({ id, path }): DeviationFinding => ({
        ...{ code: 'never-ran', severity: 'error', files: [path], revisions: [id], difference: null },
        message: `Revision ${id} (${path}) lies below the revision of the database, but never ran here.`,
        repair: `\`aludel doctor\` tells how it came there. Do by hand what it does, then \`aludel resolve --applied ${id}\`; or downgrade below it and upgrade again.`,
      }),
    ),
  ]
}

function editedSentence({ script, ranAt, opsSum }: EditedRevision, difference: readonly string[] | null): string {
  const { id, path } = script
  const what = opsSum === null ? 'what it says now cannot be recorded any more' : 'what it does now is not what ran'
  const lines = difference === null ? ' What it said then is not in git.' : ''
  return `Revision ${id} (${path}) was changed after it ran here at ${moment(ranAt.toISOString())}: ${what}.${lines}`
}

/** The refusal to go on from revisions that were changed after they ran. */
export function editedRefusal(findings: readonly DeviationFinding[]): AludelError {
  const edited = findings.filter(({ code }) => code === 'edited-revision')
  const told = edited.flatMap(({ message, difference }) => [message, ...(difference ?? []).map((line) => `  ${line}`)])
  return new AludelError('edited-revision', told.join('\n'), {
    hint: edited[0]?.repair ?? null,
    details: { findings: edited },
  })
}
