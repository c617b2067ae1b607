// Which revisions are tested: all of them, those that were named, those that changed, or one part of these.

import { AludelError } from '../../errors.ts'
import { changedSince } from '../../project/git/since.ts'
import type { Project } from '../../project/project.ts'
import type { Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import { history, resolveRange } from '../../revisions/history.ts'
import { planUpgrade } from '../../revisions/plan.ts'
import { splitRange } from '../../revisions/spelling.ts'
import { resolve } from '../../revisions/target.ts'

/** One part of several, from 1. */
export interface Shard {
  readonly part: number
  readonly of: number
}

export interface SelectionOptions {
  /** Revisions or ranges in the grammar of every verb; default: all. */
  readonly targets?: readonly string[]
  /** A git branch, tag or commit: only revisions whose files have come or changed since the work left it. */
  readonly since?: string
  readonly shard?: Shard
}

export interface Selection {
  /** Every revision, each after what it follows and needs. */
  readonly order: readonly Script[]
  readonly wanted: ReadonlySet<string>
  /** True where the whole chain is meant, and this is its last part. */
  readonly isWhole: boolean
}

export function selectionOf(project: Project, graph: RevisionGraph<Script>, options: SelectionOptions): Selection {
  const { targets = [], since, shard = null } = options
  const isNothing = graph.revisions.size === 0
  const order = isNothing
    ? []
    : planUpgrade(graph, { current: [], target: 'heads' }).steps.map(({ revision }) => revision)
  const named = new Set(targets.flatMap((target) => idsOf(graph, target)))
  const chosen = targets.length === 0 ? order : order.filter(({ id }) => named.has(id))
  const changed = since === undefined ? chosen : changedSince(project, chosen, since)
  return {
    order,
    wanted: new Set(partOf(changed, shard).map(({ id }) => id)),
    isWhole: targets.length === 0 && (shard === null || shard.part === shard.of),
  }
}

function idsOf(graph: RevisionGraph<Script>, target: string): readonly string[] {
  return splitRange(target) === null ? resolve(graph, target) : history(graph, resolveRange(graph, target))
}

/** Neighbours stay together, so that a part walks the chain below it once. */
function partOf<T>(list: readonly T[], shard: Shard | null): readonly T[] {
  if (shard === null) return list
  const { part, of } = shard
  if (!Number.isInteger(part) || !Number.isInteger(of) || part < 1 || part > of) {
    throw new AludelError('invalid-shard', `There is no part ${part} of ${of}.`, {
      hint: 'Write 1/4, 2/4, 3/4 and 4/4 for four machines.',
      details: { part, of },
    })
  }
  return list.slice(Math.floor((list.length * (part - 1)) / of), Math.floor((list.length * part) / of))
}
