// Pictures of the graph for other programs: whatever a revision says, the text is valid and gives it back.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RevisionJson, RevisionMark } from '../../src/commands/revision-json.ts'
import type { GraphEdge } from '../../src/revisions/drawing.ts'
import { dotOf } from '../../src/viewer/dot.ts'
import { mermaidOf } from '../../src/viewer/mermaid.ts'
import type { PictureInput } from '../../src/viewer/picture.ts'

function revision(id: string, message = '', marks: readonly RevisionMark[] = [], branchLabels: readonly string[] = []) {
  const rest = { downRevisions: [], dependsOn: [], createdAt: null, phase: null, path: `${id}.ts` }
  return { id, message, marks, branchLabels, ...rest } satisfies RevisionJson
}

const sample: PictureInput = {
  revisions: [
    revision('merge', 'Merge', ['head', 'pending']),
    revision('c1', 'Create the forum', ['applied'], ['forum']),
    revision('b1', 'Say "hello" & more', ['current', 'applied']),
    revision('end', '', ['applied']),
  ],
  edges: [
    { kind: 'follows', from: 'c1', to: 'merge' },
    { kind: 'follows', from: 'b1', to: 'merge' },
    { kind: 'depends', from: 'b1', to: 'c1' },
    { kind: 'follows', from: 'end', to: 'b1' },
  ],
  missing: ['gone'],
}

test('a flowchart for Mermaid', () => {
  expect(mermaidOf(sample)).toBe(`flowchart BT
  r_end["end (applied)"]
  r_b1["b1 (current)<br/>Say #34;hello#34; #38; more"]
  r_c1["c1 (forum) (applied)<br/>Create the forum"]
  r_merge["merge (head) (pending)<br/>Merge"]
  r_gone["gone (missing)"]
  r_end --> r_b1
  r_b1 -.-> r_c1
  r_c1 --> r_merge
  r_b1 --> r_merge
  classDef current fill:#7fd18b,stroke:#1b6e2a,color:#000
  class r_b1 current
  classDef applied fill:#d9f2dd,stroke:#4f9a5b,color:#000
  class r_end,r_c1 applied
  classDef pending fill:#fff4c2,stroke:#b08a00,color:#000
  class r_merge pending
  classDef missing fill:#ffd6d6,stroke:#c0392b,color:#000
  class r_gone missing`)
})

test('a graph for Graphviz', () => {
  expect(dotOf(sample)).toBe(String.raw`digraph revisions {
  rankdir=BT
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#555555", fontname="sans-serif"]
  "end" [label="end (applied)", fillcolor="#d9f2dd", color="#4f9a5b"]
  "b1" [label="b1 (current)\nSay \"hello\" &amp; more", fillcolor="#7fd18b", color="#1b6e2a"]
  "c1" [label="c1 (forum) (applied)\nCreate the forum", fillcolor="#d9f2dd", color="#4f9a5b"]
  "merge" [label="merge (head) (pending)\nMerge", fillcolor="#fff4c2", color="#b08a00"]
  "gone" [label="gone (missing)", fillcolor="#ffd6d6", color="#c0392b"]
  "end" -> "b1"
  "b1" -> "c1" [style=dashed]
  "c1" -> "merge"
  "b1" -> "merge"
}`)
})

test('without a database nothing is coloured', () => {
  const input = { ...sample, revisions: [revision('a1', 'Make a1', ['head'])], edges: [], missing: null }
  expect(mermaidOf(input)).toBe('flowchart BT\n  r_a1["a1 (head)<br/>Make a1"]')
  expect(dotOf(input)).toContain(String.raw`"a1" [label="a1 (head)\nMake a1"]`)
})

test('of a message the first line is shown', () => {
  const input = { revisions: [revision('a1', 'One\r\nTwo')], edges: [], missing: null }
  expect(mermaidOf(input)).toContain('["a1<br/>One"]')
  expect(dotOf(input)).toContain(String.raw`"a1\nOne"`)
})

interface Read {
  readonly labels: readonly (readonly string[])[]
  readonly edges: readonly GraphEdge[]
}

/** The nodes' lines and the edges of a flowchart, names given back as the first word of the label; throws at bad syntax. */
function readMermaid(text: string): Read {
  const [head, ...lines] = text.split('\n')
  expect(head).toBe('flowchart BT')
  const labels = new Map<string, readonly string[]>()
  const edges: GraphEdge[] = []
  for (const line of lines) {
    const node = /^ {2}(\w+)\["([^"]*)"\]$/.exec(line)
    const edge = /^ {2}(\w+) (-->|-\.->) (\w+)$/.exec(line)
    if (node !== null) {
      expect(['end', 'graph', 'class', 'style', 'click', 'default', 'subgraph']).not.toContain(node[1])
      expect(node[2]?.replaceAll('<br/>', '').replaceAll(/#\d+;/g, '')).toMatch(/^[\p{L}\p{M}\p{N} ,()_.-]*$/u)
      labels.set(
        node[1] ?? '',
        (node[2] ?? '')
          .split('<br/>')
          .map((one) => one.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(code))),
      )
    } else if (edge !== null) {
      edges.push({ kind: edge[2] === '-->' ? 'follows' : 'depends', from: edge[1] ?? '', to: edge[3] ?? '' })
    } else expect(line).toMatch(/^ {2}(?:classDef \w+ [\w:#,]+|class \w+(?:,\w+)* \w+)$/)
  }
  return named(labels, edges)
}

/** The same of a graph for Graphviz. */
function readDot(text: string): Read {
  const [head, direction, defaults, ...lines] = text.split('\n')
  expect([head, direction, lines.pop()]).toEqual(['digraph revisions {', '  rankdir=BT', '}'])
  expect(defaults).toMatch(/^ {2}node \[.*\]$/)
  const labels = new Map<string, readonly string[]>()
  const edges: GraphEdge[] = []
  const literal = String.raw`"((?:[^"\\]|\\.)*)"`
  for (const line of lines) {
    const node = new RegExp(`^ {2}${literal} \\[label=${literal}(?:, \\w+="#\\w+")*\\]$`, 'u').exec(line)
    const edge = new RegExp(`^ {2}${literal} -> ${literal}( \\[style=dashed\\])?$`, 'u').exec(line)
    expect([node, edge].filter((one) => one !== null)).toHaveLength(1)
    if (node !== null) labels.set(node[1] ?? '', (node[2] ?? '').split(/(?<=(?<!\\)(?:\\\\)*)\\n/).map(unquoted))
    else edges.push({ kind: edge?.[3] ? 'depends' : 'follows', from: edge?.[1] ?? '', to: edge?.[2] ?? '' })
  }
  return named(labels, edges)
}

function unquoted(text: string): string {
  expect(text.replaceAll(/\\["\\]/g, '')).not.toContain('\\')
  return text.replaceAll(/\\(.)/g, '$1').replaceAll('&amp;', '&')
}

function named(labels: ReadonlyMap<string, readonly string[]>, edges: readonly GraphEdge[]): Read {
  const name = (id: string) => {
    const [title] = labels.get(id) ?? []
    if (title === undefined) throw new Error(`An edge leads to ${id}, which is not there.`)
    return title
  }
  return {
    labels: [...labels.values()],
    edges: edges.map(({ kind, from, to }) => ({ kind, from: name(from), to: name(to) })),
  }
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'"\'`#&;<>[](){}|\\*_~-.:/@$% \n1aäé日', '<br/>', '#34;', '&amp;', '\\n', '-->', 'www'),
  }),
  fc.constantFrom('end', 'a.b', 'graph', 'www.a.b', '1. one', '- one', 'r_end', 'n0', '0', 'revision 0'),
)

describe.each([
  ['Mermaid', mermaidOf, readMermaid],
  ['Graphviz', dotOf, readDot],
] as const)('%s', (_, write, read) => {
  test('gets valid text that says what the revisions say, whatever that is', () => {
    const texts = fc.uniqueArray(nasty, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(texts, texts, fc.boolean(), (ids, messages, depends) => {
        const revisions = ids.map((id, index) => revision(id, messages[index] ?? '', index === 0 ? ['pending'] : []))
        const kind = depends ? 'depends' : 'follows'
        const edges = ids.slice(1).map((to, index): GraphEdge => ({ kind, from: ids[index] ?? '', to }))
        const shown = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ')
        const title = (id: string) => shown(`${id || '""'}${id === ids[0] ? ' (pending)' : ''}`)
        const wanted = revisions.map(({ id, message }) => {
          const first = shown((message.trim().split(/[\r\n\u2028\u2029]/)[0] ?? '').trim())
          return [title(id), ...(first === '' ? [] : [first])]
        })
        const found = read(write({ revisions, edges, missing: null }))
        expect(found.labels).toEqual(wanted.toReversed())
        const names = edges.map(({ from, to }) => ({ kind, from: title(from), to: title(to) }))
        expect(found.edges).toEqual(names.toReversed())
      }),
      { numRuns: 300 },
    )
  })

  test('has a picture of nothing', () => {
    expect(read(write({ revisions: [], edges: [], missing: null }))).toEqual({ labels: [], edges: [] })
  })
})
