// What somebody is asked before a run that loses something or that nothing takes back.

import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Direction } from '../runner/body.ts'
import { directionOps } from '../runner/direction.ts'
import { readyToFold } from '../runner/fold.ts'
import { type Loss, lossesOf } from '../runner/losses.ts'
import type { Prospect } from '../runner/run.ts'
import { irreversibleReasons } from '../runner/way-down.ts'
import type { MoveOptions } from './upgrade.ts'

export interface ApprovalRequest extends Prospect {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly direction: Direction
}

/** Asks where there is something to ask about. @throws what `confirm` throws where somebody says no. */
export async function requireApproval(
  { project, graph, session, direction, steps, inverses }: ApprovalRequest,
  confirm: NonNullable<MoveOptions['confirm']>,
  { losses: wanted = false }: Pick<MoveOptions, 'losses'>,
): Promise<void> {
  const request = { project, graph, dialect: session.dialect }
  const scripts = steps.map(({ revision }) => revision)
  if (scripts.some(({ wayDown }) => wayDown === 'other')) await readyToFold(graph, session.dialect)
  const reasons = direction === 'upgrade' ? irreversibleReasons(request, scripts, inverses) : new Map<string, string>()
  const irreversible = scripts.flatMap(({ id, message }) => {
    const because = reasons.get(id)
    return because === undefined ? [] : [{ revision: id, message, because }]
  })
  const losses: Loss[] = []
  for (const script of isAsked(wanted) ? scripts : []) {
    losses.push(...(await lossesOf(session, script.id, directionOps({ ...request, script, direction, inverses }))))
  }
  if (irreversible.length + losses.length > 0) await confirm({ irreversible, losses, strangers: [] })
}

function isAsked(wanted: NonNullable<MoveOptions['losses']>): boolean {
  return typeof wanted === 'function' ? wanted() : wanted
}
