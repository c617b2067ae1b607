// The revision graph: built from headers alone, whatever they say, with what is wrong listed beside what is right.

import type { LinkDraft, Links } from './algorithms/links.ts'
import { addLink, closePlace, draftLinks, finishLinks } from './algorithms/links.ts'
import type { Cycles, Network } from './network.ts'
import { connect, traits } from './network.ts'
import type { GraphNode, NodeAt } from './node.ts'
import { nodesOn } from './node.ts'
import type { ChainProblem, ChainProblemCode } from './problems.ts'
import { illegalIdReason, illegalLabelReason } from './problems.ts'
import type { Revision, RevisionInput } from './revision.ts'
import { completed } from './revision.ts'
import { quotedList } from './sentences.ts'
import { viewOf } from './views.ts'

export interface RevisionGraph<R extends Revision = Revision> {
  /** In load order. Of several with one identifier the first is kept. */
  readonly revisions: ReadonlyMap<string, R>
  readonly problems: readonly ChainProblem[]
  /** The revisions with their neighbours, in load order. Edges that a problem speaks of are not there, so no cycle is. */
  readonly nodes: readonly GraphNode<R>[]
  /** Identifiers and branch labels, each with the revision it names. */
  readonly names: ReadonlyMap<string, GraphNode<R>>
  /** The same edges as numbers, for what walks many of them. */
  readonly network: Network<R>
  /** One of `nodes`, without the others being made. */
  readonly nodeAt: NodeAt<R>
}

const dependencies = 1
const labels = 2

interface Building<R extends Revision> {
  readonly revisions: R[]
  readonly positions: Int32Array
  readonly traits: Uint8Array
  /** By place, what else a revision declares than parents: `dependencies`, `labels`, both or 0. */
  readonly declares: Uint8Array
  parentCount: number
  dependencyCount: number
  /** The place of each identifier. */
  readonly identifiers: Map<string, number>
  /** The place of the revision that bears a label. */
  readonly labels: Map<string, number>
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
  const building = addRevisions(inputs)
  addLabels(building)
  const { revisions, positions, identifiers, problems } = building
  const declared = { parents: findParents(building), dependencies: findDependencies(building) }
  const edges = connect(declared, (cycles) => reportCycles(building, cycles))
  const network: Network<R & Revision> = { revisions, positions, traits: building.traits, ...edges }
  const nodeAt = nodesOn(network)
  let nodes: readonly GraphNode<R & Revision>[] | null = null
  return {
    revisions: viewOf([identifiers], (place) => revisions[place] as R & Revision),
    problems,
    get nodes() {
      nodes ??= revisions.map((_, place) => nodeAt(place))
      return nodes
    },
    names: viewOf(building.labels.size === 0 ? [identifiers] : [identifiers, building.labels], nodeAt),
    network,
    nodeAt,
  }
}

/**
 * Reads each revision, and notes how much it declares: a large graph lies all over the memory, and whoever has no labels
 * and no dependencies need not be visited for them.
 */
function addRevisions<R extends RevisionInput>(inputs: readonly R[]): Building<R & Revision> {
  const building = begin<R & Revision>(inputs.length)
  const { revisions, positions, identifiers, declares } = building
  const repeated = addIdentifiers(identifiers, inputs)
  for (let position = 0; position < inputs.length; position++) {
    const input = inputs[position] as R
    const { id, downRevisions, dependsOn, branchLabels } = input
    const place = revisions.length
    if (repeated !== null && identifiers.get(id) !== place) continue
    revisions.push(completed(input))
    positions[place] = position
    declares[place] = (dependsOn.length > 0 ? dependencies : 0) | (branchLabels.length > 0 ? labels : 0)
    building.parentCount += downRevisions.length
    building.dependencyCount += dependsOn.length
    if (downRevisions.length === 0) building.traits[place] = traits.base
    const reason = illegalIdReason(id)
    if (reason !== null) report(building, 'illegal-id', [place], id, `The identifier "${id}" ${reason}.`)
  }
  if (repeated !== null) reportRepeated(building, inputs, repeated)
  return building
}

function begin<R extends Revision>(size: number): Building<R> {
  return {
    revisions: [],
    positions: new Int32Array(size),
    traits: new Uint8Array(size),
    declares: new Uint8Array(size),
    parentCount: 0,
    dependencyCount: 0,
    identifiers: new Map(),
    labels: new Map(),
    problems: [],
  }
}

/**
 * Gives each identifier the place of its first revision, and names those that have several; null when none has. The map
 * is the dearest part of a graph: it is asked nothing unless it has turned out too small.
 */
function addIdentifiers(
  identifiers: Map<string, number>,
  inputs: readonly RevisionInput[],
): ReadonlySet<string> | null {
  let position = 0
  for (const { id } of inputs) identifiers.set(id, position++)
  if (identifiers.size === inputs.length) return null
  identifiers.clear()
  const repeated = new Set<string>()
  for (const { id } of inputs) {
    if (identifiers.has(id)) repeated.add(id)
    else identifiers.set(id, identifiers.size)
  }
  return repeated
}

function reportRepeated<R extends Revision>(
  { problems }: Building<R>,
  inputs: readonly RevisionInput[],
  repeated: ReadonlySet<string>,
): void {
  const found = new Map([...repeated].map((id) => [id, [] as number[]]))
  for (const [position, { id }] of inputs.entries()) found.get(id)?.push(position)
  for (const [id, positions] of found) {
    const message = `${positions.length} revisions have the identifier "${id}".`
    problems.push({ code: 'duplicate-revision', message, revisions: [id], positions, subject: id })
  }
}

function report<R extends Revision>(
  { problems, revisions, positions }: Building<R>,
  code: ChainProblemCode,
  places: readonly number[],
  subject: string | null,
  message: string,
): void {
  const inOrder = inLoadOrder(places)
  problems.push({
    code,
    message,
    revisions: inOrder.map((place) => revisions[place]?.id ?? ''),
    positions: inOrder.map((place) => positions[place] as number),
    subject,
  })
}

function addLabels<R extends Revision>(building: Building<R>): void {
  const { revisions, identifiers } = building
  for (let place = 0; place < revisions.length; place++) {
    if (((building.declares[place] as number) & labels) === 0) continue
    const { id, branchLabels } = revisions[place] as R
    for (const label of distinct(branchLabels)) {
      const reason = illegalLabelReason(label)
      const owner = identifiers.get(label) ?? building.labels.get(label)
      if (reason !== null) {
        report(building, 'illegal-label', [place], label, `The branch label "${label}" of revision "${id}" ${reason}.`)
      } else if (owner === undefined) {
        building.labels.set(label, place)
      } else {
        const bearer = revisions[owner]?.id ?? ''
        const what = bearer === label ? 'is the identifier of a revision' : `belongs to "${bearer}"`
        const message = `The branch label "${label}" of revision "${id}" already ${what}.`
        report(building, 'label-conflict', owner === place ? [place] : [owner, place], label, message)
      }
    }
  }
}

function distinct(names: readonly string[]): Iterable<string> {
  return names.length < 2 || (names.length === 2 && names[0] !== names[1]) ? names : new Set(names)
}

function findParents<R extends Revision>(building: Building<R>): Links {
  const { revisions, identifiers } = building
  const draft = draftLinks(revisions.length, building.parentCount)
  for (let place = 0; place < revisions.length; place++) {
    const { id, downRevisions } = revisions[place] as R
    for (const name of distinct(downRevisions)) {
      const parent = identifiers.get(name)
      if (parent === place) {
        report(building, 'self-reference', [place], name, `Revision "${id}" names itself as the one it follows.`)
      } else if (parent === undefined) {
        report(building, 'missing-parent', [place], name, `Revision "${id}" follows "${name}", which does not exist.`)
      } else {
        building.traits[parent] = (building.traits[parent] as number) | traits.followed | traits.needed
        addLink(draft, parent)
      }
    }
    closePlace(draft, place)
  }
  return finishLinks(draft)
}

function findDependencies<R extends Revision>(building: Building<R>): Links {
  const draft = draftLinks(building.revisions.length, building.dependencyCount)
  for (let place = 0; place < building.revisions.length; place++) {
    if (((building.declares[place] as number) & dependencies) !== 0) addDependencies(building, draft, place)
    closePlace(draft, place)
  }
  return finishLinks(draft)
}

function addDependencies<R extends Revision>(building: Building<R>, draft: LinkDraft, place: number): void {
  const { id, dependsOn } = building.revisions[place] as R
  const start = draft.used
  for (const name of distinct(dependsOn)) {
    const dependency = building.identifiers.get(name) ?? building.labels.get(name)
    if (dependency === undefined) {
      const message = `Revision "${id}" depends on "${name}", which does not exist.`
      report(building, 'missing-dependency', [place], name, message)
    } else if (dependency === place) {
      report(building, 'self-dependency', [place], name, `Revision "${id}" depends on itself.`)
    } else if (draft.used === start || !draft.ends.subarray(start, draft.used).includes(dependency)) {
      building.traits[dependency] = (building.traits[dependency] as number) | traits.needed
      addLink(draft, dependency)
    }
  }
  if (draft.used - start > 1) draft.ends.subarray(start, draft.used).sort(byOpenness(building))
}

/**
 * Alembic keeps dependencies in a set, so that a plan with several of them changes from run to run. Here the ends of
 * branches go first, where nothing else has to be undone before, and then load order decides as everywhere.
 */
function byOpenness<R extends Revision>(building: Building<R>): (one: number, other: number) => number {
  const followed = (place: number): number => (building.traits[place] as number) & traits.followed
  return (one, other) => followed(one) - followed(other) || one - other
}

function reportCycles<R extends Revision>(building: Building<R>, { kind, members }: Cycles): void {
  for (const cycle of members) {
    const names = quotedList(inLoadOrder(cycle).map((place) => building.revisions[place]?.id ?? ''))
    const what =
      kind === 'cycle' ? 'follow each other in a circle.' : 'need each other in a circle, counting what they depend on.'
    report(building, kind, cycle, null, `Revisions ${names} ${what}`)
  }
}

function inLoadOrder(places: readonly number[]): readonly number[] {
  return places.toSorted((one, other) => one - other)
}
