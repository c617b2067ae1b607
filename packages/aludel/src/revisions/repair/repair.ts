// From a broken chain to a plan: one repair after the other, each on what the last one left, until nothing is to mend.

import { isHead } from '../relations.ts'
import type { Chain, ChainFile, Change, CreatedFile, HeaderField } from './chain.ts'
import { chainOf, changed, filesWith, listNames } from './chain.ts'
import type { ChainFacts } from './facts.ts'
import { isPublished } from './facts.ts'
import type { Fault, Inspection, InspectionOptions } from './fault.ts'
import { leftToPeople } from './fault.ts'
import { cycles, selfReferences } from './faults/circles.ts'
import { multipleHeads } from './faults/heads.ts'
import { duplicates, illegalIdentifiers } from './faults/identifiers.ts'
import { labels } from './faults/labels.ts'
import { needs } from './faults/needs.ts'
import { publishedRevisions } from './faults/published.ts'
import { redundantParents } from './faults/redundant.ts'
import { missingReferences } from './faults/references.ts'
import { roots } from './faults/roots.ts'
import { hiddenRevisions } from './hidden.ts'
import { type JudgedStamp, judged } from './stamps.ts'

export interface PlannedEdit {
  readonly path: string
  readonly field: HeaderField
  /** A number where one stands in place of a text. */
  readonly before: string | number | readonly string[] | null
  readonly after: string | readonly string[] | null
}

export interface RepairPlan {
  /** What is wrong, in the order in which it is mended. */
  readonly faults: readonly Fault[]
  /** What is still wrong when the plan has been carried out. */
  readonly remaining: readonly Fault[]
  readonly edits: readonly PlannedEdit[]
  readonly created: readonly CreatedFile[]
  readonly removed: readonly ChainFile[]
  /** The stamps at which the plan hides something, possible or not. */
  readonly stamps: readonly JudgedStamp[]
  readonly before: Chain
  readonly after: Chain
}

/** What makes a graph illegal, in an order in which mending one does not spoil the next. */
const legality: readonly Inspection[] = [
  illegalIdentifiers,
  missingReferences,
  duplicates,
  selfReferences,
  cycles,
  labels,
]

/** What is wrong with a legal graph. */
const policy: readonly Inspection[] = [publishedRevisions, redundantParents, roots, needs, multipleHeads]

/**
 * Plans the repair of a chain: what can be mended without asking, and with `reparent` also what changes published
 * parents. Nothing is written here.
 */
export function planRepair(files: readonly ChainFile[], facts: ChainFacts, options: InspectionOptions): RepairPlan {
  const before = chainOf(files)
  const seen = new Map<Chain, readonly Fault[]>()
  const look = (chain: Chain): readonly Fault[] => {
    const found = seen.get(chain) ?? inspectChain(chain, facts, options)
    seen.set(chain, found)
    return found
  }
  const applied = new Set<string>()
  const created = new Map<string, CreatedFile>()
  let chain = before
  let firstLegal: Chain | null = isLegal(before) ? before : null
  for (;;) {
    const next = nextRepairs(chain, facts, options, applied)
    if (next.length === 0) break
    for (const fault of next) {
      applied.add(deed(fault))
      for (const one of fault.change?.created ?? []) created.set(one.file.path, one)
    }
    chain = changed(chain, together(next))
    if (firstLegal === null && isLegal(chain)) firstLegal = chain
  }
  const old = withoutDoubles(before, facts)
  const found = look(before)
  const later =
    firstLegal === null || firstLegal === before ? [] : look(firstLegal).filter((fault) => wasThere(before, fault))
  const known = new Set(found.map(signature))
  return {
    faults: [...found, ...later.filter((fault) => !known.has(signature(fault)))],
    remaining: look(chain),
    ...difference(before, chain, created),
    stamps: judged(old, facts, hiddenRevisions(revisionsOf(old), revisionsOf(chain), renamedIds(before, chain))),
    before,
    after: chain,
  }
}

/** Everything wrong with a chain. What makes heads and roots is looked at only where the graph can be trusted. */
export function inspectChain(chain: Chain, facts: ChainFacts, options: InspectionOptions): readonly Fault[] {
  const inspections = isLegal(chain) ? [...legality, ...policy] : [...legality, publishedRevisions, redundantParents]
  return [...troubles(chain), ...inspections.flatMap((inspection) => faultsOf(inspection, chain, facts, options))]
}

/** What an inspection finds. A change of a file that cannot be written is left to a person. */
function faultsOf(
  inspection: Inspection,
  chain: Chain,
  facts: ChainFacts,
  options: InspectionOptions,
): readonly Fault[] {
  return inspection(chain, facts, options).map((fault) => {
    const sealed = fault.change?.edits.find(({ path }) => chain.byPath.get(path)?.mendable === false)
    if (sealed === undefined) return fault
    return { ...fault, repair: `Save ${sealed.path} as UTF-8 first. ${fault.repair}`, safe: false, change: null }
  })
}

function isLegal({ graph, whole }: Chain): boolean {
  return whole && graph.problems.length === 0
}

/** What the loader says of files that it cannot use; identifiers that are no texts are spoken of elsewhere. */
function troubles({ files }: Chain): readonly Fault[] {
  return files.flatMap(({ trouble, path, id }): readonly Fault[] =>
    trouble === null || trouble.code === 'illegal-id'
      ? []
      : [
          leftToPeople({
            ...trouble,
            severity: 'error',
            files: [path],
            revisions: id === null ? [] : [id],
            repair: advice[trouble.code] ?? 'Mend the file by hand.',
          }),
        ],
  )
}

const advice: Readonly<Record<string, string>> = {
  'computed-header': 'Write the value as a literal: nothing can be mended before it can be read.',
  'no-revision': 'Move the file out of the versions folder, or let its name begin with `_`.',
  'incomplete-header': 'Write `export const downRevision = null`, or the identifier of the revision it follows.',
}

/** The repairs of the first kind that has any, as many as do not get into each other's way. */
function nextRepairs(
  chain: Chain,
  facts: ChainFacts,
  options: InspectionOptions,
  applied: ReadonlySet<string>,
): readonly Fault[] {
  const stages = isLegal(chain) ? [...legality, ...policy] : legality
  for (const inspection of stages) {
    const ready = faultsOf(inspection, chain, facts, options).filter(
      (fault) => fault.change !== null && (fault.safe || options.reparent) && !applied.has(deed(fault)),
    )
    const taken = new Set<string>()
    const chosen = ready.filter(({ change }) => {
      const paths = pathsOf(change)
      if (paths.some((path) => taken.has(path))) return false
      for (const path of paths) taken.add(path)
      return true
    })
    if (chosen.length > 0) return chosen
  }
  return []
}

/** Changes that do not get into each other's way, as one. */
function together(faults: readonly Fault[]): Change {
  const changes = faults.flatMap(({ change }) => change ?? [])
  return {
    edits: changes.flatMap(({ edits }) => edits),
    created: changes.flatMap(({ created }) => created),
    removed: changes.flatMap(({ removed }) => removed),
  }
}

function pathsOf(change: Change | null): readonly string[] {
  if (change === null) return []
  return [...change.edits.map(({ path }) => path), ...change.created.map(({ file }) => file.path), ...change.removed]
}

function signature({ code, files, revisions, repair }: Fault): string {
  return JSON.stringify([code, files, revisions, repair])
}

/** What is done about a fault: one that says the same of another field is another deed. */
function deed(fault: Fault): string {
  return JSON.stringify([signature(fault), fault.change?.edits])
}

/** Whether a fault of a mended chain was one all along, and not made by the mending. */
function wasThere({ graph }: Chain, { code, revisions }: Fault): boolean {
  const nodes = revisions.flatMap((id) => graph.names.get(id) ?? [])
  if (nodes.length < revisions.length) return false
  return code !== 'multiple-heads' || nodes.every(isHead)
}

/** Of several files with one identifier, databases know those that were published. */
function withoutDoubles(chain: Chain, facts: ChainFacts): Chain {
  if (!chain.graph.problems.some(({ code }) => code === 'duplicate-revision')) return chain
  const doubled = chain.files.filter((file) => file.id !== null && filesWith(chain, file.id).length > 1)
  const published = new Set(doubled.filter((file) => isPublished(facts, file)))
  const known = new Set([...published].map(({ id }) => id))
  return chainOf(chain.files.filter((file) => !known.has(file.id) || published.has(file)))
}

function revisionsOf({ graph }: Chain) {
  return [...graph.revisions.values()]
}

/** New identifiers of files whose old ones no file has any more. */
function renamedIds(before: Chain, after: Chain): ReadonlyMap<string, string> {
  const left = new Set(after.files.map(({ id }) => id))
  return new Map(
    before.files.flatMap(({ path, id }): readonly (readonly [string, string])[] => {
      const now = after.byPath.get(path)?.id ?? null
      return id === null || now === null || id === now || left.has(id) ? [] : [[id, now]]
    }),
  )
}

function difference(
  before: Chain,
  after: Chain,
  created: ReadonlyMap<string, CreatedFile>,
): Pick<RepairPlan, 'edits' | 'created' | 'removed'> {
  const edits = after.files.flatMap((file): readonly PlannedEdit[] => {
    const made = created.get(file.path)
    // A file that is yet to be written is written as it ends up; a restored text is edited like any other.
    const was = before.byPath.get(file.path) ?? (made?.text === null ? undefined : made?.file)
    if (was === undefined) return []
    return fields.flatMap((field): readonly PlannedEdit[] => {
      const [old, now] = [headerValue(was, field), headerValue(file, field)]
      const same = JSON.stringify(old) === JSON.stringify(now) && !was.unquoted.includes(field)
      const before = was.unquoted.includes(field) && typeof old === 'string' ? Number(old) : old
      return same ? [] : [{ path: file.path, field, before, after: now }]
    })
  })
  return {
    edits,
    created: after.files.flatMap((file) => {
      const made = created.get(file.path)
      return made === undefined ? [] : [{ file, text: made.text }]
    }),
    removed: before.files.filter(({ path }) => !after.byPath.has(path)),
  }
}

const fields: readonly HeaderField[] = ['revision', 'downRevision', 'branchLabels', 'dependsOn']

/** As headers have it: null for nothing, a text for one. */
function headerValue(file: ChainFile, field: HeaderField): string | readonly string[] | null {
  if (field === 'revision') return file.id
  const list = file[listNames[field]] ?? []
  return list.length < 2 ? (list[0] ?? null) : list
}
