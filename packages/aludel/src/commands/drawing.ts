// What a picture of the graph is made from: revisions and the ways between them.

import type { Script } from '../project/scripts.ts'
import { type GraphEdge, graphEdges } from '../revisions/drawing.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type RevisionJson, revisionJson, type Standing, scriptsOf } from './revision-json.ts'

export interface Drawing {
  /** What is drawn, newest first. */
  readonly revisions: readonly RevisionJson[]
  /** What leads where among them. */
  readonly edges: readonly GraphEdge[]
}

export function drawingOf(graph: RevisionGraph<Script>, order: readonly string[], standing: Standing | null): Drawing {
  return {
    revisions: scriptsOf(graph, order).map((script) => revisionJson(graph, script, standing)),
    edges: graphEdges(graph, order),
  }
}
