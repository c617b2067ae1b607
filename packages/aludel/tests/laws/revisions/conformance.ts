// Alembic's recorded answers, and ours beside them.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { isAludelError } from '../../../src/errors.ts'
import { buildGraph } from '../../../src/revisions/graph.ts'
import type { Plan } from '../../../src/revisions/plan.ts'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'
import { planStamp } from '../../../src/revisions/stamp.ts'

export interface RecordedStep {
  readonly direction: 'upgrade' | 'downgrade' | 'stamp'
  readonly revision?: string
  readonly from?: readonly string[]
  readonly to?: readonly string[]
}

export interface GraphFacts {
  readonly heads: readonly string[]
  readonly realHeads: readonly string[]
  readonly bases: readonly string[]
  readonly realBases: readonly string[]
  readonly branchPoints: readonly string[]
  readonly mergePoints: readonly string[]
  readonly labels: Readonly<Record<string, readonly string[]>>
}

export interface RecordedCall {
  readonly graph: readonly RevisionInput[]
  readonly call: {
    readonly command: 'upgrade' | 'downgrade' | 'stamp' | 'load'
    readonly target: string | readonly string[] | null
    readonly current: readonly string[]
  }
  readonly plan?: { readonly steps: readonly RecordedStep[]; readonly heads: readonly string[] }
  readonly graphFacts?: GraphFacts
  readonly error?: { readonly type: string; readonly message: string }
}

export function recordedCalls(file: string | URL): readonly RecordedCall[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as RecordedCall)
}

const planners = { upgrade: planUpgrade, downgrade: planDowngrade, stamp: planStamp }

/** Our answer in the shape of a recording: the plan, or the code of the refusal. */
export function answer({ graph, call }: RecordedCall): unknown {
  if (call.command === 'load') throw new Error('Loading is not planning.')
  const built = buildGraph(graph)
  try {
    return recorded(planners[call.command](built, { current: call.current, target: call.target }))
  } catch (error) {
    if (isAludelError(error)) return { error: error.code }
    throw error
  }
}

function recorded({ steps, heads }: Plan): unknown {
  const shown = steps.map((step) =>
    step.direction === 'stamp' ? step : { direction: step.direction, revision: step.revision.id },
  )
  return { plan: { steps: shown, heads } }
}

/** Which refusal of ours stands for each of Alembic's, by a piece of its sentence. */
const refusals: readonly (readonly [string, readonly string[]])[] = [
  ['Ambiguous walk', ['ambiguous-walk']],
  ['Ambiguous upgrade from multiple current revisions', ['ambiguous-walk']],
  ["didn't produce", ['relative-too-far', 'wrong-direction']],
  ['Walked too far', ['relative-too-far']],
  ['Multiple head', ['multiple-heads']],
  ['Not a valid downgrade target', ['not-an-ancestor']],
  ['is not a valid downgrade target', ['not-an-ancestor']],
  ['overlaps with other requested revisions', ['overlapping-revisions']],
]

/** The recording in the shape of our answer. An error is what we call it. */
export function expectation({ plan, error }: RecordedCall): readonly unknown[] {
  if (plan !== undefined) return [{ plan }]
  const codes = refusals.find(([piece]) => error?.message.includes(piece))?.[1] ?? []
  return codes.map((code) => ({ error: code }))
}

/** The calls that we answer otherwise, as lines for a person. */
export function mismatches(calls: readonly RecordedCall[]): readonly string[] {
  return calls.flatMap((call, index) => {
    const ours = JSON.stringify(answer(call))
    const accepted = expectation(call).map((one) => JSON.stringify(one))
    if (accepted.includes(ours)) return []
    return [
      `call ${index + 1} ${JSON.stringify(call.call)}: ${ours} instead of ${accepted.join(' or ')} on ${JSON.stringify(call.graph)}`,
    ]
  })
}
