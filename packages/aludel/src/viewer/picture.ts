// What every picture of the graph shows: its nodes with what is written on them and how they stand in the database.

import type { RevisionJson, RevisionMark } from '../commands/revision-json.ts'
import type { GraphEdge } from '../revisions/drawing.ts'

/** Where a revision stands in the database; a row that no file answers for is missing. */
export type Standing = 'current' | 'applied' | 'pending' | 'missing'

export interface PictureInput {
  readonly revisions: readonly RevisionJson[]
  readonly edges: readonly GraphEdge[]
  /** Rows of the database that no file answers for; null where it was not asked. */
  readonly missing: readonly string[] | null
}

export interface PictureNode {
  readonly id: string
  /** The lines written on it: identifier, labels and marks; and what the revision does. */
  readonly text: readonly string[]
  /** Null where the database was not asked. */
  readonly standing: Standing | null
}

/** Fill and line of a node by its standing. */
export const colours: Readonly<Record<Standing, { readonly fill: string; readonly line: string }>> = {
  current: { fill: '#7fd18b', line: '#1b6e2a' },
  applied: { fill: '#d9f2dd', line: '#4f9a5b' },
  pending: { fill: '#fff4c2', line: '#b08a00' },
  missing: { fill: '#ffd6d6', line: '#c0392b' },
}

export const standings: readonly Standing[] = ['current', 'applied', 'pending', 'missing']

/** The nodes of a picture, oldest first: an order that does not change below when something is added above. */
export function pictureNodes({ revisions, missing }: PictureInput): readonly PictureNode[] {
  const rows = (missing ?? []).map(
    (id): PictureNode => ({ id, text: [printable(`${id} (missing)`)], standing: 'missing' }),
  )
  return [...revisions.toReversed().map(nodeOf), ...rows]
}

/** The edges, in the order of the nodes that they lead to. */
export function pictureEdges({ revisions, edges }: PictureInput): readonly GraphEdge[] {
  const ages = new Map(revisions.map(({ id }, position) => [id, position]))
  return edges.toSorted((one, other) => (ages.get(other.to) ?? 0) - (ages.get(one.to) ?? 0))
}

const words: readonly RevisionMark[] = ['head', 'effective-head', 'current', 'applied', 'pending']

function nodeOf({ id, branchLabels, marks, message }: RevisionJson): PictureNode {
  const standing = standings.find((one) => marks.some((mark) => mark === one)) ?? null
  const told = words.filter((word) => marks.includes(word) && !(word === 'applied' && standing === 'current'))
  const remarks = [...branchLabels, ...told.map((word) => word.replace('-', ' '))]
  const title = `${id === '' ? '""' : id}${remarks.map((remark) => ` (${remark})`).join('')}`
  const [first = ''] = message.trim().split(/[\r\n\u2028\u2029]/)
  return { id, text: (first === '' ? [title] : [title, first.trim()]).map(printable), standing }
}

function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
