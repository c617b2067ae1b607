// Steps back from version rows that have no file here, by the SQL that the history keeps.

import type { StepResult } from '../runner/outcome.ts'
import { type StrangerRequest, strangerRefusal, strangersAt, takeBack, whoseRow } from '../runner/strangers.ts'
import type { MoveOptions } from './upgrade.ts'

export interface WayBack {
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
  readonly steps: readonly StepResult[]
  /** What is left of the way; null where nothing is. */
  readonly target: string | null
}

/** Steps back from the rows without a file, as far as the target asks for it. */
export async function backFromStrangers(
  request: StrangerRequest,
  rows: readonly string[],
  { target, confirm, fromHistory = false, progress = () => undefined }: MoveOptions,
): Promise<WayBack> {
  const count = /^-(\d+)$/.exec(target)?.[1]
  const strangers = await strangersAt(request, rows, count === undefined ? null : Number(count))
  const stuck = strangers.find(({ undo }) => undo === null)
  if (stuck !== undefined) throw await strangerRefusal(request, stuck)
  if (!fromHistory) {
    const [first] = strangers
    if (confirm === undefined && first !== undefined) throw await strangerRefusal(request, first)
    await confirm?.({
      ...{ irreversible: [], losses: [] },
      strangers: strangers.map((one) => ({
        revision: one.revision,
        whose: whoseRow(one),
        sql: one.undo?.statements ?? [],
      })),
    })
  }
  const steps = await takeBack({ ...request, progress }, strangers)
  const left = count === undefined ? null : Number(count) - steps.length
  return {
    rowsBefore: rows,
    rowsAfter: strangers.at(-1)?.rowsAfter ?? rows,
    steps,
    target: left === null ? target : left > 0 ? `-${left}` : null,
  }
}
