// The graph in the language of Graphviz.

import type { PictureInput, PictureNode } from './picture.ts'
import { colours, pictureEdges, pictureNodes } from './picture.ts'

/** Oldest at the bottom, an arrow to each revision from the one it follows, a dashed one from what it depends on. */
export function dotOf(input: PictureInput): string {
  const nodes = pictureNodes(input)
  const names = new Map(nodes.map(({ id }, position) => [id, quoted(nameOf(id, position))]))
  return [
    'digraph revisions {',
    '  rankdir=BT',
    '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#555555", fontname="sans-serif"]',
    ...nodes.map((node) => `  ${names.get(node.id)} [${attributes(node)}]`),
    ...pictureEdges(input).map(
      ({ kind, from, to }) => `  ${names.get(from)} -> ${names.get(to)}${kind === 'depends' ? ' [style=dashed]' : ''}`,
    ),
    '}',
  ].join('\n')
}

function nameOf(id: string, position: number): string {
  return /^[\w.]+$/.test(id) ? id : `revision ${position}`
}

function attributes({ text, standing }: PictureNode): string {
  const label = `label=${quoted(text.join('\n'))}`
  if (standing === null) return label
  const { fill, line } = colours[standing]
  return `${label}, fillcolor="${fill}", color="${line}"`
}

// Graphviz also reads HTML's entities in a plain label.
function quoted(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll(/["\\]/g, String.raw`\$&`)
  return `"${escaped.replaceAll('\n', String.raw`\n`)}"`
}
