// Parents and dependencies that say nothing, because another parent contains them, or because they stand there twice.

import type { GraphNode } from '../../node.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile, ChainNode, Edit } from '../chain.ts'
import type { Fault, Inspection } from '../fault.ts'

/** Leaving them out changes neither what is required nor where a database stands; keeping them makes false merges. */
export const redundantParents: Inspection = (chain) =>
  chain.graph.nodes.flatMap((node): readonly Fault[] => {
    const file = chain.byPath.get(node.revision.path)
    if (file === undefined) return []
    const changes = [parentEdit(file, node), dependencyEdit(chain, file, node)].flatMap((edit) => edit ?? [])
    if (changes.length === 0) return []
    const named = (field: Edit['field']) => (field === 'downRevision' ? (file.downRevisions ?? []) : file.dependsOn)
    const parts = changes.map(({ field, value }) => partsOf(named(field), value))
    const contained = [...new Set(parts.flatMap((part) => part.contained))]
    const twice = [...new Set(parts.flatMap((part) => part.twice))]
    const repairs = [
      ...(contained.length === 0 ? [] : [`Leave ${quotedList(contained)} out.`]),
      ...(twice.length === 0 ? [] : [`Name ${quotedList(twice)} once.`]),
    ]
    return [
      {
        code: 'redundant-parent',
        severity: 'warning',
        files: [file.path],
        revisions: [node.revision.id],
        message: `${file.path} ${changes.map((edit) => reasons(named(edit.field), edit)).join(', and ')}.`,
        repair: repairs.join(' '),
        safe: true,
        change: { edits: changes, created: [], removed: [] },
      },
    ]
  })

/** What is wrong with a list, as the end of a sentence. */
function reasons(before: readonly string[], { field, value }: Edit): string {
  const { twice, contained } = partsOf(before, value)
  const them = contained.length === 1 ? 'it' : 'them'
  const why =
    field === 'downRevision'
      ? `follows ${quotedList(contained)} beside a parent that contains ${them} already`
      : `depends on ${quotedList(contained)}, which it follows anyway`
  return [
    ...(contained.length === 0 ? [] : [why]),
    ...(twice.length === 0 ? [] : [`names ${quotedList(twice)} twice`]),
  ].join(', and ')
}

function partsOf(before: readonly string[], value: Edit['value']) {
  const twice = [...new Set(before.filter((name, at) => value.includes(name) && before.indexOf(name) !== at))]
  const contained = [...new Set(before.filter((name) => !value.includes(name)))]
  return { twice, contained }
}

function parentEdit(file: ChainFile, node: ChainNode): Edit | null {
  const names = file.downRevisions ?? []
  if (names.length < 2) return null
  const contained = below(node.parents, node.parents)
  const value = [...new Set(names)].filter((name) => {
    const parent = node.parents.find((one) => one.revision.id === name)
    return parent === undefined || !contained.has(parent)
  })
  return value.length === names.length ? null : { path: file.path, field: 'downRevision', value }
}

function dependencyEdit({ graph }: Chain, file: ChainFile, node: ChainNode): Edit | null {
  const names = file.dependsOn
  if (names.length === 0) return null
  const ancestors = new Set<GraphNode>([...node.parents, ...below(node.parents, node.dependencies)])
  const value = [...new Set(names)].filter((name) => {
    const found = graph.names.get(name)
    return found === undefined || !ancestors.has(found)
  })
  return value.length === names.length ? null : { path: file.path, field: 'dependsOn', value }
}

/** What lies below these on the lines of parents, searched no deeper than the lowest of those looked for. */
function below(nodes: readonly GraphNode[], wanted: readonly GraphNode[]): ReadonlySet<GraphNode> {
  const floor = Math.min(...wanted.map(({ level }) => level))
  const seen = new Set(nodes.flatMap(({ parents }) => parents))
  for (const node of seen) {
    if (node.level <= floor) continue
    for (const parent of node.parents) seen.add(parent)
  }
  return seen
}
