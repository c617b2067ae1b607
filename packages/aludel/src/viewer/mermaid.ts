// The graph as a Mermaid flowchart, for Markdown that draws such blocks.

import type { PictureInput, PictureNode } from './picture.ts'
import { colours, pictureEdges, pictureNodes, standings } from './picture.ts'

/**
 * Oldest at the bottom, an arrow to each revision from the one it follows, a dashed one from what it depends on.
 * (Mermaid's gitGraph has no word for several roots, for merges of three, or for dependencies.)
 */
export function mermaidOf(input: PictureInput): string {
  const nodes = pictureNodes(input)
  const names = new Map(nodes.map(({ id }, position) => [id, nameOf(id, position)]))
  const name = (id: string) => names.get(id) ?? ''
  return [
    'flowchart BT',
    ...nodes.map(({ id, text }) => `  ${name(id)}["${text.map(escaped).join('<br/>')}"]`),
    ...pictureEdges(input).map(({ kind, from, to }) => `  ${name(from)} ${arrows[kind]} ${name(to)}`),
    ...classesOf(nodes, name),
  ].join('\n')
}

const arrows = { follows: '-->', depends: '-.->' } as const

// A word such as `end` has a meaning of its own in Mermaid, but not behind a prefix.
function nameOf(id: string, position: number): string {
  return /^[A-Za-z0-9_]+$/.test(id) ? `r_${id}` : `n${position}`
}

function classesOf(nodes: readonly PictureNode[], name: (id: string) => string): readonly string[] {
  return standings.flatMap((standing) => {
    const members = nodes.filter((node) => node.standing === standing)
    if (members.length === 0) return []
    const { fill, line } = colours[standing]
    return [
      `  classDef ${standing} fill:${fill},stroke:${line},color:#000`,
      `  class ${members.map(({ id }) => name(id)).join(',')} ${standing}`,
    ]
  })
}

// What stands in a label is read as Markdown and as HTML, so all but plain words is written as a character's number.
const plain =
  /([\p{L}\p{M}\p{N} ,()]|(?<=[\p{L}\p{N}])[_-](?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])(?<!www)\.(?=[\p{L}\p{N}]))/iu

function escaped(text: string): string {
  const pieces = text.split(plain)
  return pieces.map((piece, position) => (position % 2 === 1 ? piece : [...piece].map(numbered).join(''))).join('')
}

function numbered(character: string): string {
  return `#${character.codePointAt(0)};`
}
