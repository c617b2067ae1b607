// The revision graph: built from headers alone, whatever they say, with what is wrong listed beside what is right.

import { components } from './algorithms/cycles.ts'
import { repeatedDependencies } from './algorithms/dependencies.ts'
import type { GraphNode } from './node.ts'
import { byPosition } from './node.ts'
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
  connect(building)
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

/** Everybody's list that has nobody in it, so that most revisions need not one each. */
const nobody: never[] = []

function createDraft<R extends Revision>(revision: R, position: number): Draft<R> {
  return {
    revision,
    position,
    parents: nobody,
    dependencies: nobody,
    requires: nobody,
    below: nobody,
    children: nobody,
    above: nobody,
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
    for (const label of distinct(draft.revision.branchLabels)) {
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

function distinct(names: readonly string[]): Iterable<string> {
  return names.length < 2 ? names : new Set(names)
}

function addParents<R extends Revision>(building: Building<R>): void {
  for (const draft of building.drafts) {
    const { id } = draft.revision
    for (const name of distinct(draft.revision.downRevisions)) {
      const parent = building.names.get(name)
      if (name === id) {
        report(building, 'self-reference', [draft], name, `Revision "${id}" names itself as the one it follows.`)
      } else if (parent?.revision.id !== name) {
        report(building, 'missing-parent', [draft], name, `Revision "${id}" follows "${name}", which does not exist.`)
      } else {
        parent.followed = true
        parent.needed = true
        draft.parents = withOne(draft.parents, parent)
      }
    }
  }
}

function addDependencies<R extends Revision>(building: Building<R>): void {
  for (const draft of building.drafts) {
    const { id } = draft.revision
    if (draft.revision.dependsOn.length === 0) continue
    for (const name of distinct(draft.revision.dependsOn)) {
      const dependency = building.names.get(name)
      if (dependency === undefined) {
        const message = `Revision "${id}" depends on "${name}", which does not exist.`
        report(building, 'missing-dependency', [draft], name, message)
      } else if (dependency === draft) {
        report(building, 'self-dependency', [draft], name, `Revision "${id}" depends on itself.`)
      } else if (!draft.dependencies.includes(dependency)) {
        dependency.needed = true
        draft.dependencies = withOne(draft.dependencies, dependency)
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

/** Takes the edges of every cycle away. */
function cutCycles<R extends Revision>(building: Building<R>): void {
  for (const cycle of components(building.drafts, (draft) => draft.parents)) {
    if (cycle.length === 1) continue
    const members = new Set(cycle)
    for (const draft of cycle) draft.parents = draft.parents.filter((parent) => !members.has(parent))
    report(building, 'cycle', cycle, null, `Revisions ${inLoadOrder(cycle)} follow each other in a circle.`)
  }
  for (const cycle of components(building.drafts, (draft) => [...draft.parents, ...draft.dependencies])) {
    if (cycle.length === 1) continue
    const members = new Set(cycle)
    for (const draft of cycle) draft.dependencies = draft.dependencies.filter((other) => !members.has(other))
    const message = `Revisions ${inLoadOrder(cycle)} need each other in a circle, counting what they depend on.`
    report(building, 'dependency-cycle', cycle, null, message)
  }
}

function inLoadOrder<R extends Revision>(drafts: readonly Draft<R>[]): string {
  return quotedList(drafts.toSorted((one, other) => one.position - other.position).map((draft) => draft.revision.id))
}

/** Fills in what follows from parents and dependencies. */
function connect<R extends Revision>(building: Building<R>): void {
  const { drafts } = building
  addUpwards(drafts)
  let oldestFirst = inOrder(drafts)
  if (oldestFirst.length < drafts.length) {
    cutCycles(building)
    addUpwards(drafts)
    oldestFirst = inOrder(drafts)
  }
  for (const draft of oldestFirst) {
    for (const required of draft.requires) draft.level = Math.max(draft.level, required.level + 1)
    draft.below = draft.requires
  }
  if (!drafts.some((draft) => draft.dependencies.length > 0)) return
  for (const [draft, known] of repeatedDependencies(oldestFirst)) {
    const dependencies = draft.dependencies.filter((one) => !known.has(one))
    draft.below = [...new Set([...draft.parents, ...dependencies])]
  }
}

/** Who requires whom, from the other end too; in load order, because the drafts are. */
function addUpwards<R extends Revision>(drafts: readonly Draft<R>[]): void {
  for (const draft of drafts) draft.children = nobody
  for (const draft of drafts) for (const parent of draft.parents) parent.children = withOne(parent.children, draft)
  for (const draft of drafts) {
    draft.above = draft.children
    draft.requires = draft.parents
  }
  for (const draft of drafts) {
    if (draft.dependencies.length === 0) continue
    const followed = draft.dependencies.some((dependency) => draft.parents.includes(dependency))
    const others = followed ? draft.dependencies.filter((one) => !draft.parents.includes(one)) : draft.dependencies
    draft.requires = draft.parents.concat(others)
    for (const other of others) {
      if (other.above === other.children) other.above = other.children.concat(draft)
      else other.above.push(draft)
    }
  }
  for (const { above, children } of drafts) if (above !== children) above.sort(byPosition)
}

/** Most lists have one member: as a literal it takes a tenth of the memory that the first `push` reserves. */
function withOne<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one]
  list.push(one)
  return list
}

/** The drafts, each after what it requires; those on a cycle or above one are missing. */
function inOrder<R extends Revision>(drafts: readonly Draft<R>[]): readonly Draft<R>[] {
  const missing = new Int32Array(1 + (drafts.at(-1)?.position ?? 0))
  for (const { position, requires } of drafts) missing[position] = requires.length
  const order = drafts.filter(({ requires }) => requires.length === 0)
  for (const draft of order) {
    for (const above of draft.above) {
      const left = (missing[above.position] as number) - 1
      missing[above.position] = left
      if (left === 0) order.push(above)
    }
  }
  return order
}
