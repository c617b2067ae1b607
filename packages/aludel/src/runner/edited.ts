// Revisions whose files were changed after they ran: whether they do something else now, and how that is accepted.

import { opsSum, recordBody } from './body.ts'
import { historyStatement } from './bookkeeping.ts'
import type { ChangedFile, DeviationRequest, EditedRevision } from './deviations.ts'
import { originOf } from './origin.ts'
import type { Session } from './session.ts'
import { sourceSum } from './sums.ts'

/** Those that do something else than what ran: comments, white space and the like are no edits, the operations decide. */
export async function editedAmong(
  { project, session: contact }: DeviationRequest,
  changed: readonly ChangedFile[],
): Promise<readonly EditedRevision[]> {
  const [{ dialect }] = await Promise.all([contact.session(), project.loader.ready()])
  return changed.flatMap(({ script, run }): readonly EditedRevision[] => {
    const found = { script, ranAt: new Date(run.at), ranSum: run.raw_sha ?? '', rawSum: sourceSum(script.text) }
    try {
      const sum = opsSum(recordBody(project, script, 'upgrade', dialect).ops)
      return sum === run.ops_sha ? [] : [{ ...found, opsSum: sum }]
    } catch {
      return [{ ...found, opsSum: null }]
    }
  })
}

/** The statements that write down that what the files say now is accepted. */
export function acceptance(
  { project, rows }: DeviationRequest,
  { dialect }: Session,
  edited: readonly EditedRevision[],
): readonly string[] {
  const origin = originOf(project.directory)
  return edited.map(({ script, rawSum, opsSum: sum }) =>
    historyStatement(project, dialect, {
      ...origin,
      event: 'resolve',
      revision: script.id,
      direction: 'upgrade',
      at: new Date(),
      raw_sha: rawSum,
      ops_sha: sum,
      heads: JSON.stringify(rows),
    }),
  )
}
