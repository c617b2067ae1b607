// Branch labels that cannot be used: claimed twice, the same as an identifier, or with signs of the target grammar.

import { parentsOf, reach } from '../../node.ts'
import { illegalLabelReason } from '../../problems.ts'
import type { Chain, ChainFile } from '../chain.ts'
import { byPath, edits } from '../chain.ts'
import type { ChainFacts } from '../facts.ts'
import { isPublished } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import { permitted } from './permission.ts'

/** No database knows a label, so those that stop the whole chain are mended where nobody can have used them. */
export const labels: Inspection = (chain, facts) => {
  const ids = new Set(chain.files.flatMap(({ id }) => id ?? []))
  const bearers = new Map<string, ChainFile[]>()
  for (const file of chain.files) {
    for (const label of new Set(file.branchLabels)) bearers.set(label, [...(bearers.get(label) ?? []), file])
  }
  return [...bearers].flatMap(([label, files]): readonly Fault[] => {
    const reason = illegalLabelReason(label)
    if (reason !== null) return files.map((file) => illegal(chain, file, label, reason))
    if (ids.has(label)) return files.map((file) => sameAsId(file, label))
    return files.length < 2 ? [] : claimedTwice(chain, facts, label, files)
  })
}

function without(file: ChainFile, label: string, instead: readonly string[] = []) {
  const value = file.branchLabels.flatMap((one) => (one === label ? instead : [one]))
  return edits({ path: file.path, field: 'branchLabels', value })
}

function illegal(chain: Chain, file: ChainFile, label: string, reason: string): Fault {
  const legal = label.replace(/[@:]+/g, '_')
  const free = illegalLabelReason(legal) === null && !chain.graph.names.has(legal)
  return {
    code: 'illegal-label',
    severity: 'error',
    files: [file.path],
    revisions: file.id === null ? [] : [file.id],
    message: `The branch label "${label}" in ${file.path} ${reason}.`,
    repair: free ? `Call it "${legal}".` : 'Leave it out.',
    safe: true,
    change: without(file, label, free ? [legal] : []),
  }
}

function sameAsId(file: ChainFile, label: string): Fault {
  return {
    code: 'label-conflict',
    severity: 'error',
    files: [file.path],
    revisions: file.id === null ? [] : [file.id],
    message: `The branch label "${label}" in ${file.path} is the identifier of a revision.`,
    repair: 'Leave the label out; as a target the name means that revision.',
    safe: true,
    change: without(file, label),
  }
}

function claimedTwice(chain: Chain, facts: ChainFacts, label: string, files: readonly ChainFile[]): readonly Fault[] {
  const lowest = files.filter((file) => !files.some((other) => other !== file && isBelow(chain, other, file)))
  const rank = (file: ChainFile) => Number(!isPublished(facts, file))
  const [kept] = lowest.toSorted((one, other) => rank(one) - rank(other) || byAge(one, other))
  if (kept === undefined) return []
  return files.flatMap((other): readonly Fault[] => {
    if (other === kept) return []
    const related = isBelow(chain, kept, other)
    const safe = related || !isPublished(facts, other)
    return [
      {
        code: 'label-conflict',
        severity: 'error',
        files: [kept.path, other.path].sort(),
        revisions: [kept, other].flatMap(({ id }) => id ?? []),
        message: `The branch label "${label}" is borne by ${kept.path} and by ${other.path}${related ? ', which lies on that branch anyway' : ''}.`,
        repair: permitted(safe, `Keep it in ${kept.path}, where it came first, and leave it out of ${other.path}.`),
        safe,
        change: without(other, label),
      },
    ]
  })
}

function byAge(one: ChainFile, other: ChainFile): number {
  const dates = [one.createdAt, other.createdAt]
  if (dates[0] !== dates[1] && dates[0] !== null && dates[1] !== null)
    return (dates[0] ?? '') < (dates[1] ?? '') ? -1 : 1
  return byPath(one, other)
}

function isBelow({ graph }: Chain, lower: ChainFile, upper: ChainFile): boolean {
  const start = graph.names.get(upper.id ?? '')
  if (start === undefined) return false
  return [...reach([start], parentsOf)].some((node) => node.revision.path === lower.path)
}
