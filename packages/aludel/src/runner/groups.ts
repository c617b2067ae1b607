// Statements in the groups that belong together: what makes a table anew must not be torn apart.

import type { Statement } from '../database/types.ts'
import { isData } from '../ops/execute.ts'
import type { Segment } from './segments.ts'

/** Statements that serve the same operations: what makes a table anew must not be torn apart. */
export type Group = readonly Statement[]

export type OpsSegment = Extract<Segment, { kind: 'ops' }>

/** The statements of a segment as they belong together. */
export function groupsOf(
  statements: readonly Statement[],
  { ops, offset, apart }: OpsSegment,
  guarded: boolean,
): readonly Group[] {
  if (!apart) return grouped(shifted(statements, offset))
  // Outside the step's transaction each text is by itself; an operation of several statements gets a transaction of its own.
  return grouped(statements).map((group) => {
    const texts = group
      .flatMap((one) => one.ops.map((position) => ops[position]))
      .filter((op) => op?.kind === 'execute')
    // A change of rows shares a transaction with its row of the journal: nobody could see whether it was made.
    const together = texts.length === 0 ? guarded || group.length > 1 : texts.every(isData)
    return group.map((one) => ({ ...one, ops: [offset], transactional: one.transactional && together }))
  })
}

function grouped(statements: readonly Statement[]): readonly Group[] {
  const groups: Statement[][] = []
  for (const statement of statements) {
    const last = groups.at(-1)
    if (last?.[0]?.ops.join() === statement.ops.join()) last.push(statement)
    else groups.push([statement])
  }
  return groups
}

export function shifted(statements: readonly Statement[], offset: number): readonly Statement[] {
  return offset === 0
    ? statements
    : statements.map((one) => ({ ...one, ops: one.ops.map((position) => position + offset) }))
}
