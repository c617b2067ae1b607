// The operations in an order that runs: what is needed comes first, what stands on something goes before it.

import type { Op } from '../ops/operations.ts'
import { constraintsOf } from '../ops/parts.ts'
import { definitionOf } from '../ops/registry.ts'
import type { Schema, Table } from '../schema/model.ts'
import { type ObjectRef, objectRef, partRef, refKey } from '../schema/object-ref.ts'
import { disturbed, provided, removedRefs } from './aside.ts'
import { dependenciesOf, type Edge } from './dependencies.ts'

/** Where no edge says otherwise the order given stays. */
export function inOrder(ops: readonly Op[], before: Schema, after: Schema): readonly Op[] {
  if (ops.length < 2) return ops
  // The operations on tables are in an order of their own that runs: only what stands beside tables moves.
  const isFixed = ops.map(({ kind }) => onTables.has(kind))
  const graph = createGraph(ops.length, (from, to) => from > to && isFixed[from] === true && isFixed[to] === true)
  const places = placesOf(ops, before)
  addNameEdges(places, graph)
  addRequirements(ops, places, graph)
  for (const edge of dependenciesOf(before)) addEdgesBefore(edge, places, graph)
  for (const edge of dependenciesOf(after)) addEdgesAfter(edge, places, graph)
  return graph.sorted().map((at) => ops[at] as Op)
}

const onTables: ReadonlySet<Op['kind']> = new Set<Op['kind']>([
  ...(['createTable', 'dropTable', 'renameTable', 'moveTable', 'alterTable', 'createTableComment'] as const),
  ...(['addColumn', 'alterColumn', 'dropColumn', 'renameColumn', 'createIndex', 'dropIndex', 'renameIndex'] as const),
  ...(['createPrimaryKey', 'createUniqueConstraint', 'createForeignKey', 'createCheckConstraint'] as const),
  ...(['createExcludeConstraint', 'dropConstraint', 'renameConstraint', 'validateConstraint'] as const),
  ...(['createEnum', 'dropEnum', 'setEnumValues'] as const),
])

interface Graph {
  add(from: number, to: number, isSure: boolean): void
  sorted(): readonly number[]
}

/** Which operations make, take away or change what, by key. */
interface Places {
  readonly makers: ReadonlyMap<string, readonly number[]>
  readonly removers: ReadonlyMap<string, readonly number[]>
  readonly changers: ReadonlyMap<string, readonly number[]>
  /** Those among the changers that want nothing to stand on what they change. */
  readonly disturbers: ReadonlyMap<string, readonly number[]>
}

function placesOf(ops: readonly Op[], before: Schema): Places {
  const [makers, removers, changers, disturbers] = [table(), table(), table(), table()]
  ops.forEach((op, at) => {
    const made = [...provided(op), ...partsOf(op)]
    const gone = removedRefs(op)
    const isReplacing = (op.kind === 'createView' || op.kind === 'createFunction') && op.orReplace
    for (const ref of made) push(isReplacing ? changers : makers, keyOf(ref), at)
    // A function that is dropped without its arguments is any of its name.
    if (op.kind === 'createFunction') push(makers, keyOf({ ...objectRef('function', op.function), part: null }), at)
    for (const ref of gone) push(removers, keyOf(ref), at)
    if (made.length === 0 && gone.length === 0) for (const ref of changedRefs(op)) push(changers, keyOf(ref), at)
    for (const ref of disturbed(op, before)) push(disturbers, keyOf(ref), at)
  })
  return { makers, removers, changers, disturbers }
}

function table(): Map<string, number[]> {
  return new Map()
}

function push(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [at])
  else list.push(at)
}

/** A view, a table and a sequence are found by one name; so are types of every kind. */
function keyOf(ref: ObjectRef): string {
  const { kind } = ref
  if (kind === 'view' || kind === 'materializedView') return refKey({ ...ref, kind: 'table' })
  return kind === 'compositeType' || kind === 'domain' ? refKey({ ...ref, kind: 'enum' }) : refKey(ref)
}

/** What comes with a new table. */
function partsOf(op: Op): readonly ObjectRef[] {
  if (op.kind !== 'createTable') return []
  const own: Table = op.table
  const named = constraintsOf(own).flatMap(({ value }) =>
    value.name === null ? [] : [partRef('constraint', own, value.name)],
  )
  return [
    ...own.columns.map(({ name }) => partRef('column', own, name)),
    ...own.indexes.map(({ name }) => partRef('index', own, name)),
    ...named,
  ]
}

/** What an operation changes that neither comes nor goes: what it is about. */
function changedRefs(op: Op): readonly ObjectRef[] {
  switch (op.kind) {
    case 'alterColumn':
      return [partRef('column', op.table, op.column)]
    case 'setEnumValues':
    case 'alterSequence':
    case 'alterDomain':
    case 'alterCompositeType':
    case 'alterPolicy': {
      const touched = definitionOf(op).touches(op)
      const isPart = (ref: ObjectRef) => ref.kind === 'table' || ref.kind === 'column'
      return touched === 'unknown' ? [] : touched.requires.filter((ref) => !isPart(ref))
    }
    default:
      return []
  }
}

/** What goes gives its name free before another takes it. */
function addNameEdges({ makers, removers }: Places, graph: Graph): void {
  for (const [key, gone] of removers) {
    for (const from of gone) for (const to of makers.get(key) ?? []) graph.add(from, to, true)
  }
}

/** What an operation says that it needs is made before it, and goes after it. */
function addRequirements(ops: readonly Op[], { makers, removers }: Places, graph: Graph): void {
  ops.forEach((op, at) => {
    const touched = definitionOf(op).touches(op)
    if (touched === 'unknown') return
    const isDrop = touched.removes.length > 0
    for (const ref of touched.requires) {
      const key = keyOf(ref)
      if (isDrop) for (const gone of removers.get(key) ?? []) graph.add(at, gone, true)
      else for (const made of makers.get(key) ?? []) graph.add(made, at, true)
    }
  })
}

function addEdgesBefore({ of, on, isSure }: Edge, places: Places, graph: Graph): void {
  const [own, other] = [keyOf(of), keyOf(on)]
  const leaving = [...(places.removers.get(own) ?? []), ...(places.removers.get(carrierOf(of)) ?? [])]
  const gone = places.removers.get(other) ?? []
  for (const from of [...leaving, ...(places.changers.get(own) ?? [])]) {
    for (const to of gone) graph.add(from, to, isSure)
  }
  for (const from of leaving) for (const to of places.disturbers.get(other) ?? []) graph.add(from, to, isSure)
}

function addEdgesAfter({ of, on, isSure }: Edge, places: Places, graph: Graph): void {
  const [own, other] = [keyOf(of), keyOf(on)]
  const coming = [
    ...(places.makers.get(own) ?? []),
    ...(places.changers.get(own) ?? []),
    ...(places.makers.get(carrierOf(of)) ?? []).filter(() => of.part !== null && of.kind !== 'function'),
  ]
  const ready = [...(places.makers.get(other) ?? []), ...(places.changers.get(other) ?? [])]
  for (const to of coming) for (const from of ready) graph.add(from, to, isSure)
}

/** The table that a part is on; itself for what is no part. */
function carrierOf(ref: ObjectRef): string {
  if (ref.part === null || ref.kind === 'function' || (ref.kind === 'object' && !ref.part.includes(' ON '))) {
    return keyOf(ref)
  }
  return refKey({ kind: 'table', namespace: ref.namespace, name: ref.name, part: null })
}

/** A sort that keeps the order given wherever it may; in a circle what only words say is let go of first. */
function createGraph(size: number, isRefused: (from: number, to: number) => boolean): Graph {
  const after: Map<number, boolean>[] = Array.from({ length: size }, () => new Map())
  const sure: number[] = Array.from({ length: size }, () => 0)
  const all: number[] = Array.from({ length: size }, () => 0)
  return {
    add(from, to, isSure) {
      if (from === to || isRefused(from, to)) return
      const known = after[from]?.get(to)
      if (known === undefined) all[to] = (all[to] ?? 0) + 1
      if (isSure && known !== true) sure[to] = (sure[to] ?? 0) + 1
      if (known !== true) after[from]?.set(to, isSure)
    },
    sorted() {
      const left = new Set(after.keys())
      const order: number[] = []
      while (left.size > 0) {
        const next = firstOf(left, all) ?? firstOf(left, sure) ?? first(left)
        left.delete(next)
        order.push(next)
        for (const [to, isSure] of after[next] ?? []) {
          all[to] = (all[to] ?? 0) - 1
          if (isSure) sure[to] = (sure[to] ?? 0) - 1
        }
      }
      return order
    },
  }
}

function firstOf(left: ReadonlySet<number>, waiting: readonly number[]): number | undefined {
  for (const at of left) if (waiting[at] === 0) return at
  return undefined
}

function first(left: ReadonlySet<number>): number {
  for (const at of left) return at
  return 0
}
