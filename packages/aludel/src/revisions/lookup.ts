// Finding the revision or the branch that somebody wrote, in full or by its beginning.

import { AludelError } from '../errors.ts'
import type { RevisionGraph } from './graph.ts'
import { didYouMean, nearest } from './nearest.ts'
import type { GraphNode } from './node.ts'
import { idOf } from './node.ts'
import { reservedNames } from './problems.ts'
import { isHead, lineageOf } from './relations.ts'
import type { Revision } from './revision.ts'
import { quotedList } from './sentences.ts'

/** A name of three letters or fewer must be written out; it would be the beginning of too much. */
const shortestAbbreviated = 4

/** Whether a text is a name's beginning, or all of it, and the name long enough to be meant by one. */
export function isBeginning(text: string, name: string): boolean {
  return name.length >= shortestAbbreviated && name.startsWith(text)
}

/**
 * The revision with this identifier or label, or the only one whose identifier or label begins like that; with a
 * branch, only one on its line.
 */
export function findRevision<R extends Revision>(
  graph: RevisionGraph<R>,
  text: string,
  branch: { readonly name: string; readonly node: GraphNode<R> } | null = null,
): GraphNode<R> {
  const line = branch === null ? null : lineageOf([branch.node], { dependencies: false })
  const found = graph.names.get(text) ?? findByBeginning(graph, text, line)
  if (found === null) throw unknownRevision(graph, text)
  if (branch !== null && line?.has(found) === false) throw notOnBranch(found, branch.name, [...line])
  return found
}

/** The revision that stands for a branch: the one that bears the label, or the one that is named. */
export function findBranch<R extends Revision>(graph: RevisionGraph<R>, name: string): GraphNode<R> {
  const found = graph.names.get(name) ?? findByBeginning(graph, name, null)
  if (found !== null) return found
  const labels = [...graph.names].flatMap(([label, node]) => (node.revision.id === label ? [] : [label]))
  throw new AludelError('unknown-branch', `There is no branch "${name}".`, {
    hint: didYouMean(name, labels) ?? (labels.length === 0 ? null : `The branch labels are ${quotedList(labels)}.`),
    details: { branch: name, candidates: nearest(name, graph.names.keys()), labels },
  })
}

function findByBeginning<R extends Revision>(
  graph: RevisionGraph<R>,
  text: string,
  line: ReadonlySet<GraphNode> | null,
): GraphNode<R> | null {
  if (text === '') return null
  const found = [...graph.names].filter(([name, node]) => isBeginning(text, name) && line?.has(node) !== false)
  if (found.length > 1) throw ambiguousRevision(text, found)
  return found[0]?.[1] ?? null
}

/** Also an identifier and a label of one revision are two names: with one more letter the text may mean another. */
function ambiguousRevision(text: string, found: readonly (readonly [string, GraphNode])[]): AludelError {
  const candidates = found.map(([name]) => name)
  const what = found.every(([name, node]) => node.revision.id === name) ? 'revisions' : 'revisions or branch labels'
  return new AludelError(
    'ambiguous-revision',
    `${candidates.length} ${what} begin with "${text}": ${quotedList(candidates)}.`,
    { hint: 'Write more of it.', details: { revision: text, candidates } },
  )
}

function unknownRevision(graph: RevisionGraph, text: string): AludelError {
  const names = [...graph.names.keys(), ...reservedNames]
  const elsewhere =
    graph.nodes.length === 0 ? 'There are no revisions yet.' : '`aludel history` lists the revisions there are.'
  return new AludelError('unknown-revision', `Can't locate a revision identified by "${text}".`, {
    hint: didYouMean(text, names) ?? elsewhere,
    details: { revision: text, candidates: nearest(text, names) },
  })
}

function notOnBranch(node: GraphNode, branch: string, line: readonly GraphNode[]): AludelError {
  return new AludelError('not-on-branch', `Revision "${node.revision.id}" is not on branch "${branch}".`, {
    hint: `\`${branch}@heads\` are the newest revisions of the branch.`,
    details: { revision: node.revision.id, branch, candidates: line.filter(isHead).map(idOf) },
  })
}
