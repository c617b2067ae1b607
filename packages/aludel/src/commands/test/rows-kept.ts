// Whether rows came through a step as the operations promise: with the way up, and with the way down.

import type { Session } from '../../runner/session.ts'
import { findTable } from '../../schema/lookup.ts'
import type { Schema, Table } from '../../schema/model.ts'
import { type FollowedTable, follow } from './follow.ts'
import { changesRows, type Recording } from './recordings.ts'
import type { Difference, Found } from './result.ts'
import { compareRows, type RowsByTable, type RowsDifference, readRows, rowsOf } from './rows.ts'

export interface RowsRequest {
  readonly session: Session
  readonly recording: Recording
  readonly schema: Schema
  /** The tables whose rows are looked at, as they were before. */
  readonly tables: readonly Table[]
  readonly rows: RowsByTable
  readonly after: Schema
}

const shownMost = 5

/** Where SQL or code of its own may have changed rows, only the way down can tell whether that was meant. */
export async function rowsAfterUpgrade(request: RowsRequest): Promise<readonly Found[]> {
  const { session, recording, schema, tables, rows, after } = request
  if (changesRows(recording.up)) return []
  const trails = follow({ ...schema, tables }, recording.up, after)
  const ends = trails.flatMap(({ to }) => (to === null ? [] : (findTable(after, to) ?? [])))
  const now = await readRows(session, ends)
  const found = trails.map(({ before, to, columns }) => {
    const [was, is] = [rowsOf(rows, before), to === null ? null : rowsOf(now, to)]
    if (was === null || is === null) return nothing
    const same = columns.flatMap(({ from, to: name }) => (name === null ? [] : [{ from, to: name }]))
    return compareRows({ table: before, columns: same, key: keyOf(before), before: was, after: is })
  })
  return [
    ...finding(
      'rows-lost-upgrading',
      'error',
      'Rows that the operations keep are gone after the upgrade.',
      found,
      'lost',
    ),
    ...finding(
      'rows-changed-upgrading',
      'error',
      'Values that the operations keep are others after the upgrade.',
      found,
      'changed',
    ),
  ]
}

export interface RowsBackRequest extends RowsRequest {
  readonly back: Schema
  /** False where the revision says that rows are meant to change. */
  readonly isKept: boolean
}

export async function rowsAfterDowngrade(request: RowsBackRequest): Promise<readonly Found[]> {
  const { session, recording, schema, tables, rows, after, back, isKept } = request
  if (!isKept) return []
  const trails = follow({ ...schema, tables }, recording.up, after).filter(({ comesBack }) => comesBack)
  const ends = trails.flatMap(({ before }) => findTable(back, before) ?? [])
  const now = await readRows(session, ends)
  const found = trails.map((trail) => comparedBack(trail, rows, now, back))
  return [
    ...finding(
      'rows-lost',
      'error',
      'Rows that were there before the upgrade are gone after the downgrade.',
      found,
      'lost',
    ),
    ...finding(
      'rows-differ',
      'warning',
      'After the downgrade rows hold other values than before the upgrade.',
      found,
      'changed',
    ),
    ...finding(
      'rows-left',
      'warning',
      'After the downgrade there are rows that were not there before the upgrade.',
      found,
      'left',
    ),
  ]
}

function comparedBack(trail: FollowedTable, rows: RowsByTable, now: RowsByTable, back: Schema): RowsDifference {
  const { before, columns } = trail
  const [was, is, there] = [rowsOf(rows, before), rowsOf(now, before), findTable(back, before)]
  if (was === null || is === null || there === null) return nothing
  const same = columns
    .filter(({ from, comesBack }) => comesBack && there.columns.some(({ name }) => name === from))
    .map(({ from }) => ({ from, to: from }))
  return compareRows({ table: before, columns: same, key: keyOf(before), before: was, after: is })
}

const nothing: RowsDifference = { lost: [], changed: [], left: [] }

function keyOf({ primaryKey }: Table): readonly string[] {
  return primaryKey?.columns ?? []
}

function finding(
  code: Found['code'],
  severity: Found['severity'],
  message: string,
  found: readonly RowsDifference[],
  what: keyof RowsDifference,
): readonly Found[] {
  const all = found.flatMap((one): readonly Difference[] => one[what])
  if (all.length === 0) return []
  const more = all.length - shownMost
  const hint =
    severity === 'warning'
      ? "Where that is meant, the revision may say so: export const test = { rows: 'changed' }."
      : null
  return [
    {
      code,
      severity,
      message: more > 0 ? `${message} Shown are ${shownMost} of ${all.length}.` : message,
      difference: all.slice(0, shownMost),
      hint,
    },
  ]
}
