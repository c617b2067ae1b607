// fix-chain: what is wrong with the chain of revision files, how it would be mended, and on demand the mending.

import { join } from 'node:path'
import { AludelError } from '../../errors.ts'
import type { Project } from '../../project/project.ts'
import { interruptedJournal, rewriteFiles, undoRewrite } from '../../project/rewrite.ts'
import { pathFrom } from '../../project/script-places.ts'
import { missingFolder, readScriptFiles } from '../../project/scripts.ts'
import { type Fault, leftToPeople } from '../../revisions/repair/fault.ts'
import { planRepair, type RepairPlan } from '../../revisions/repair/repair.ts'
import type { JudgedStamp } from '../../revisions/repair/stamps.ts'
import type { Command } from '../command.ts'
import { changesOf, type DraftedFile, draftText } from './changes.ts'
import { type FactsOptions, factsOf } from './facts.ts'
import { chainFile } from './files.ts'
import { type ChainResult, type Finding, findingOf, hiddenAt, planEntries } from './finding.ts'
import { headsLockChange, headsLockFaults } from './heads-lock.ts'
import { type RedoRevision, redoRevision } from './redo-revision.ts'

export interface FixChainOptions extends FactsOptions {
  /** Write what is planned; else only tell it. */
  readonly fix?: boolean
  /** Allow changing what published revisions follow. */
  readonly reparent?: boolean
  /** Write also where that hides revisions from databases, with a revision that does them again. */
  readonly acceptHidden?: boolean
}

export interface FixChainResult extends ChainResult {
  /** What is still wrong when the plan has been carried out. */
  readonly remaining: readonly Finding[]
  /** What the revision that does hidden ones again cannot do, one sentence each. */
  readonly cannotRedo: readonly string[]
  /** Whether `--fix` refuses this plan as long as nobody accepts what it hides. */
  readonly refused: boolean
}

export const fixChain: Command<FixChainOptions, FixChainResult> = async (project, options) => {
  const files = readScriptFiles(project)
  const { facts, bodies } = await factsOf(project, files, options)
  const plan = planRepair(files.map(chainFile), facts, { reparent: options.reparent === true })
  const dangerous = plan.stamps.filter(({ impossible }) => impossible === null)
  const accepted = options.acceptHidden === true && dangerous.length > 0
  const redo = accepted ? redoRevision(plan.after, plan.stamps, facts, bodies) : null
  const drafted = draftsOf(project, plan, redo)
  const lock = headsLockChange(project, plan.after, drafted)
  const entries = [...planEntries(plan, drafted, files), ...(lock === null ? [] : [lock.entry])]
  const first = projectFaults(project)
  const result: FixChainResult = {
    findings: [...first, ...plan.faults, ...headsLockFaults(project, plan.before)].map(findingOf),
    plan: entries,
    ...hiddenAt(plan.stamps),
    written: false,
    remaining: [...first, ...plan.remaining.filter((fault) => !isSettledBy(redo, fault))].map(findingOf),
    cannotRedo: redo?.impossible ?? [],
    refused: dangerous.length > 0 && !accepted,
  }
  if (options.fix !== true || entries.length === 0) return result
  if (result.refused) throw hides(dangerous, result)
  rewriteFiles(
    journalsOf(project),
    [...changesOf(project, files, plan, drafted), ...(lock === null ? [] : [lock.change])],
    () => differenceFromPlan(project, plan, redo),
  )
  return { ...result, written: true }
}

/** What is hidden from databases is done again for them, all of it. */
function isSettledBy(redo: RedoRevision | null, { code }: Fault): boolean {
  return code === 'hides-revisions' && redo !== null && redo.impossible.length === 0
}

/** Where what was rewritten is kept, so that it can be taken back. */
function journalsOf(project: Project): string {
  return join(project.migrations[0] ?? project.directory, '.fix-chain')
}

export interface UndoResult {
  /** The files that are again as they were, absolute. */
  readonly files: readonly string[]
}

/** Takes the latest repair back. */
export const undoFixChain: Command<Record<never, never>, UndoResult> = async (project) =>
  undoRewrite(journalsOf(project))

export function draftsOf(project: Project, plan: RepairPlan, redo: RedoRevision | null): readonly DraftedFile[] {
  const restored = plan.created.map(({ file, text }) => ({ file, text: draftText(project, plan, { file, text }) }))
  if (redo === null) return restored
  const { file, upgrade, impossible } = redo
  return [...restored, { file, text: draftText(project, plan, { file, text: null, upgrade, remarks: impossible }) }]
}

/** What stands in the way of everything: folders that are not there, an earlier repair that was broken off. */
export function projectFaults(project: Project): readonly Fault[] {
  const missing = project.migrations.flatMap(missingFolder).map(
    ({ code, message, files }): Fault =>
      leftToPeople({
        code,
        severity: 'error',
        files,
        message,
        repair: 'Correct --directory or `migrations` in the config file, or make a first one with `aludel init`.',
      }),
  )
  return [...missing, ...interruptedFaults(project)]
}

function interruptedFaults(project: Project): readonly Fault[] {
  const journal = interruptedJournal(journalsOf(project))
  if (journal === null) return []
  return [
    leftToPeople({
      code: 'interrupted-repair',
      severity: 'error',
      files: [pathFrom(project.directory, journal)],
      message: 'A repair of the chain was broken off half-way.',
      repair: 'Take it back with `aludel fix-chain --undo`.',
    }),
  ]
}

function hides(stamps: readonly JudgedStamp[], result: FixChainResult): AludelError {
  const told = stamps.map(({ stamp, revisions }) => `at ${stamp}: ${revisions.join(', ')}`)
  const shown = told.length > 5 ? [...told.slice(0, 4), `and ${told.length - 4} more`] : told
  return new AludelError(
    'hides-revisions',
    `The repair would make databases believe that revisions ran which never did (${shown.join('; ')}).`,
    {
      hint: 'Leave --reparent out, so that heads are merged instead; or add --accept-hidden, and a revision is written that does again what would be missed.',
      details: { ...result },
    },
  )
}

/** Reads everything again: the chain on disk must be the chain that was planned. */
function differenceFromPlan(project: Project, plan: RepairPlan, redo: RedoRevision | null): string | null {
  const wanted = new Map([...plan.after.files, ...(redo === null ? [] : [redo.file])].map((file) => [file.path, file]))
  const found = readScriptFiles(project).map(chainFile)
  for (const file of found) {
    const meant = wanted.get(file.path)
    if (meant === undefined) return `${file.path} was not to be there`
    for (const field of ['id', 'downRevisions', 'dependsOn', 'branchLabels'] as const) {
      if (JSON.stringify(file[field]) !== JSON.stringify(meant[field])) return `${file.path} has another ${field}`
    }
  }
  return found.length === wanted.size ? null : 'a file is missing'
}
