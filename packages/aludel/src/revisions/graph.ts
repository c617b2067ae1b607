// The revision graph: built from headers alone, whatever they say, with what is wrong listed beside what is right.

import { components } from './algorithms/cycles.ts'
import { repeatedDependencies } from './algorithms/dependencies.ts'
import type { GraphNode } from './node.ts'
import type { ChainProblem, ChainProblemCode } from './problems.ts'
import { illegalIdReason, illegalLabelReason } from './problems.ts'
import type { Revision, RevisionInput } from './revision.ts'
import { completed } from './revision.ts'
import { quotedList } from './sentences.ts'

export interface RevisionGraph<R extends Revision = Revision> {
  /** In load order. Of several with one identifier the first is kept. */
  readonly revisions: ReadonlyMap<string, R>
  readonly problems: readonly ChainProblem[]
  /** The revisions with their neighbours, in load order. Edges that a problem speaks of are not there, so no cycle is. */
  readonly nodes: readonly GraphNode<R>[]
  /** Identifiers and branch labels, each with the revision it names. */
  readonly names: ReadonlyMap<string, GraphNode<R>>
}

/** A node while its graph is being built. */
interface Draft<R extends Revision> extends GraphNode<R> {
  parents: Draft<R>[]
  dependencies: Draft<R>[]
  requires: Draft<R>[]
  below: Draft<R>[]
  children: Draft<R>[]
  above: Draft<R>[]
  level: number
  followed: boolean
  needed: boolean
}

interface Building<R extends Revision> {
  readonly drafts: Draft<R>[]
  readonly names: Map<string, Draft<R>>
  readonly revisions: Map<string, R>
  readonly problems: ChainProblem[]
}

/**
 * Builds a graph from revisions in load order, and never throws: what is wrong is in `problems`, and the rest works.
 * The caller's own objects come back, with whatever else they carry.
 *
 * @example
 * const graph = buildGraph([
 *   { id: 'a', downRevisions: [], dependsOn: [], branchLabels: [] },
 *   { id: 'b', downRevisions: ['a'], dependsOn: [], branchLabels: ['forum'] },
 * ])
 * graph.problems // []
 */
export function buildGraph<R extends RevisionInput>(inputs: readonly R[]): RevisionGraph<R & Revision> {
  const building: Building<R & Revision> = { drafts: [], names: new Map(), revisions: new Map(), problems: [] }
  addRevisions(building, inputs)
  addLabels(building)
  addParents(building)
  addDependencies(building)
  connect(cutCycles(building))
  return { revisions: building.revisions, problems: building.problems, nodes: building.drafts, names: building.names }
}

function addRevisions<R extends RevisionInput>(building: Building<R & Revision>, inputs: readonly R[]): void {
  const repeated = new Set<string>()
  let position = 0
  for (const input of inputs) {
    const { id } = input
    if (building.names.has(id)) repeated.add(id)
    else {
      const draft = createDraft(completed(input), position)
      building.drafts.push(draft)
      building.names.set(id, draft)
      building.revisions.set(id, draft.revision)
      const reason = illegalIdReason(id)
      if (reason !== null) report(building, 'illegal-id', [draft], id, `The identifier "${id}" ${reason}.`)
    }
    position += 1
  }
  if (repeated.size === 0) return
  const places = new Map([...repeated].map((id) => [id, [] as number[]]))
  for (const [place, { id }] of inputs.entries()) places.get(id)?.push(place)
  for (const [id, positions] of places) {
    const message = `${positions.length} revisions have the identifier "${id}".`
    building.problems.push({ code: 'duplicate-revision', message, revisions: [id], positions, subject: id })
  }
}

function createDraft<R extends Revision>(revision: R, position: number): Draft<R> {
  return {
    revision,
    position,
    parents: [],
    dependencies: [],
    requires: [],
    below: [],
    children: [],
    above: [],
    level: 0,
    followed: false,
    needed: false,
  }
}

function report<R extends Revision>(
  { problems }: Building<R>,
  code: ChainProblemCode,
  drafts: readonly Draft<R>[],
  subject: string | null,
  message: string,
): void {
  const inOrder = drafts.toSorted((one, other) => one.position - other.position)
  const revisions = inOrder.map((draft) => draft.revision.id)
  problems.push({ code, message, revisions, positions: inOrder.map((draft) => draft.position), subject })
}

function addLabels<R extends Revision>(building: Building<R>): void {
  for (const draft of building.drafts) {
    for (const label of new Set(draft.revision.branchLabels)) {
      const { id } = draft.revision
      const reason = illegalLabelReason(label)
      const owner = building.names.get(label)
      if (reason !== null) {
        report(building, 'illegal-label', [draft], label, `The branch label "${label}" of revision "${id}" ${reason}.`)
      } else if (owner === undefined) {
        building.names.set(label, draft)
      } else {
        const what =
          owner.revision.id === label ? 'is the identifier of a revision' : `belongs to "${owner.revision.id}"`
        const message = `The branch label "${label}" of revision "${id}" already ${what}.`
        report(building, 'label-conflict', owner === draft ? [draft] : [owner, draft], label, message)
      }
    }
  }
}

function addParents<R extends Revision>(building: Building<R>): void {
  for (const draft of building.drafts) {
    const { id } = draft.revision
    for (const name of new Set(draft.revision.downRevisions)) {
      const parent = building.names.get(name)
      if (name === id) {
        report(building, 'self-reference', [draft], name, `Revision "${id}" names itself as the one it follows.`)
      } else if (parent?.revision.id !== name) {
        report(building, 'missing-parent', [draft], name, `Revision "${id}" follows "${name}", which does not exist.`)
      } else {
        parent.followed = true
        parent.needed = true
        draft.parents.push(parent)
      }
    }
  }
}

function addDependencies<R extends Revision>(building: Building<R>): void {
  for (const draft of building.drafts) {
    const { id } = draft.revision
    if (draft.revision.dependsOn.length === 0) continue
    for (const name of new Set(draft.revision.dependsOn)) {
      const dependency = building.names.get(name)
      if (dependency === undefined) {
        const message = `Revision "${id}" depends on "${name}", which does not exist.`
        report(building, 'missing-dependency', [draft], name, message)
      } else if (dependency === draft) {
        report(building, 'self-dependency', [draft], name, `Revision "${id}" depends on itself.`)
      } else if (!draft.dependencies.includes(dependency)) {
        dependency.needed = true
        draft.dependencies.push(dependency)
      }
    }
    if (draft.dependencies.length > 1) draft.dependencies.sort(byOpenness)
  }
}

/**
 * Alembic keeps dependencies in a set, so that a plan with several of them changes from run to run. Here the ends of
 * branches go first, where nothing else has to be undone before, and then load order decides as everywhere.
 */
function byOpenness<R extends Revision>(one: Draft<R>, other: Draft<R>): number {
  return Number(one.followed) - Number(other.followed) || one.position - other.position
}

/** Takes the edges of every cycle away and gives the drafts in an order that puts each after what it requires. */
function cutCycles<R extends Revision>(building: Building<R>): readonly Draft<R>[] {
  const required = (draft: Draft<R>): readonly Draft<R>[] =>
    draft.dependencies.length === 0 ? draft.parents : [...draft.parents, ...draft.dependencies]
  const order = components(building.drafts, required)
  if (order.length === building.drafts.length) return order.flat()

  for (const cycle of components(building.drafts, (draft) => draft.parents)) {
    if (cycle.length === 1) continue
    const members = new Set(cycle)
    for (const draft of cycle) draft.parents = draft.parents.filter((parent) => !members.has(parent))
    report(building, 'cycle', cycle, null, `Revisions ${inLoadOrder(cycle)} follow each other in a circle.`)
  }
  for (const cycle of components(building.drafts, required)) {
    if (cycle.length === 1) continue
    const members = new Set(cycle)
    for (const draft of cycle) draft.dependencies = draft.dependencies.filter((other) => !members.has(other))
    const message = `Revisions ${inLoadOrder(cycle)} need each other in a circle, counting what they depend on.`
    report(building, 'dependency-cycle', cycle, null, message)
  }
  return components(building.drafts, required).flat()
}

function inLoadOrder<R extends Revision>(drafts: readonly Draft<R>[]): string {
  return quotedList(drafts.toSorted((one, other) => one.position - other.position).map((draft) => draft.revision.id))
}

function connect<R extends Revision>(oldestFirst: readonly Draft<R>[]): void {
  for (const draft of oldestFirst) {
    draft.requires =
      draft.dependencies.length === 0 ? draft.parents : [...new Set([...draft.parents, ...draft.dependencies])]
    for (const required of draft.requires) {
      draft.level = Math.max(draft.level, required.level + 1)
      required.above.push(draft)
    }
    for (const parent of draft.parents) parent.children.push(draft)
  }
  const depends = oldestFirst.some((draft) => draft.dependencies.length > 0)
  const repeated: ReadonlyMap<Draft<R>, ReadonlySet<Draft<R>>> = depends ? repeatedDependencies(oldestFirst) : new Map()
  for (const draft of oldestFirst) {
    const known = repeated.get(draft)
    const dependencies = known === undefined ? draft.dependencies : draft.dependencies.filter((one) => !known.has(one))
    draft.below = known === undefined ? draft.requires : [...new Set([...draft.parents, ...dependencies])]
    if (draft.children.length > 1) draft.children.sort((one, other) => one.position - other.position)
    if (draft.above.length > 1) draft.above.sort((one, other) => one.position - other.position)
  }
}
