// doctor: everything that is wrong with the files, with what git says of them, and with the database's place in them.

import { type AludelError, isAludelError } from '../../errors.ts'
import { filesAfterMerge } from '../../project/git.ts'
import type { Project } from '../../project/project.ts'
import { readScriptFiles, type ScriptFile, scriptsFrom } from '../../project/scripts.ts'
import { type Fault, leftToPeople } from '../../revisions/repair/fault.ts'
import { formerHiding } from '../../revisions/repair/faults/published.ts'
import { planRepair } from '../../revisions/repair/repair.ts'
import { withSession } from '../../runner/session.ts'
import type { Command } from '../command.ts'
import { databaseFaults } from './database.ts'
import { type FactsOptions, factsOf, type ProjectFacts } from './facts.ts'
import { chainFile } from './files.ts'
import { type ChainResult, findingOf, hiddenAt, planEntries } from './finding.ts'
import { draftsOf, projectFaults } from './fix-chain.ts'
import { headsLockFaults } from './heads-lock.ts'
import { fileLints } from './lints.ts'

export interface DoctorOptions extends FactsOptions {
  /** Look at the chain as it will be when this branch, tag or commit has been merged. */
  readonly mergeWith?: string
  /** Look at the database too; default true. */
  readonly askDatabase?: boolean
}

export interface DoctorResult extends ChainResult {
  /** How many warnings the configuration says to leave out. */
  readonly ignored: number
  /** The database that was asked, without its password; null where none was. */
  readonly database: string | null
  /** Why none was asked, where one was wanted. */
  readonly notAsked: string | null
}

export const doctor: Command<DoctorOptions, DoctorResult> = async (project, options) => {
  const merged = options.mergeWith === undefined ? null : filesAfterMerge(project, options.mergeWith)
  const files = merged?.files ?? readScriptFiles(project)
  for (const { file, text } of merged?.files ?? []) project.loader.provide(file, text)
  const known = await factsOf(project, files, options)
  const plan = planRepair(files.map(chainFile), known.facts, { reparent: false })
  const database =
    merged === null && options.askDatabase !== false ? await askDatabase(project, files, known) : noDatabase
  const former = formerHiding(plan.before, known.facts, { reparent: false })
  const all = [
    ...projectFaults(project),
    ...conflictFaults(merged?.conflicts ?? [], options.mergeWith ?? ''),
    ...plan.faults,
    ...former.filter(
      ({ files: [path] }) => !plan.faults.some((fault) => fault.code === 'hides-revisions' && fault.files[0] === path),
    ),
    ...fileLints(files, known.bodies),
    ...(merged === null ? headsLockFaults(project, plan.before) : []),
    ...database.faults,
  ]
  const faults = all.filter((fault) => !isIgnored(project, fault))
  return {
    findings: faults.map(findingOf),
    ignored: all.length - faults.length,
    plan: planEntries(plan, draftsOf(project, plan, null), files),
    ...hiddenAt(plan.stamps),
    written: false,
    database: database.address,
    notAsked: database.notAsked,
  }
}

/** What stops everything is never left out. */
function isIgnored({ configuration }: Project, { code, severity, revisions }: Fault): boolean {
  const ignored = configuration.ignoreFindings ?? []
  return (
    severity === 'warning' && [code, ...revisions.map((id) => `${code}:${id}`)].some((name) => ignored.includes(name))
  )
}

interface DatabaseAnswer {
  readonly address: string | null
  readonly notAsked: string | null
  readonly faults: readonly Fault[]
}

const noDatabase: DatabaseAnswer = { address: null, notAsked: null, faults: [] }

/** Without an address the files are looked at alone, and that is said. */
async function askDatabase(
  project: Project,
  files: readonly ScriptFile[],
  { git }: ProjectFacts,
): Promise<DatabaseAnswer> {
  const { graph } = scriptsFrom(files)
  const whereabouts = (id: string): string | null => {
    const lost = git?.lost(id) ?? null
    if (lost === null) return null
    const now = files.find(({ path }) => path === lost.path)?.script?.id
    if (now !== undefined) {
      const update = `UPDATE ${project.versionTable} SET version_num = '${now}' WHERE version_num = '${id}'`
      return `${lost.path} had it and is "${now}" now: give it that identifier again, or, where nothing else changed in it, run \`${update}\`.`
    }
    return `Git has its file: \`git checkout ${lost.commit.slice(0, 12)} -- ${lost.path}\`, or check out the branch that it is from and downgrade there.`
  }
  try {
    return await withSession(project, { mustExist: true }, async (session) => ({
      address: session.db.address,
      notAsked: null,
      faults: await databaseFaults({ project, session, graph, whereabouts }),
    }))
  } catch (error) {
    if (!isAludelError(error)) throw error
    if (error.code === 'no-database') return { ...noDatabase, notAsked: error.message }
    return { ...noDatabase, faults: [unreachable(error)] }
  }
}

/** A check that cannot see what it was to look at has not passed. */
function unreachable({ message, hint }: AludelError): Fault {
  return leftToPeople({
    code: 'database-unreachable',
    severity: 'error',
    message,
    repair: `${hint === null ? '' : `${hint} `}Or look at the files alone: --files-only.`,
  })
}

function conflictFaults(conflicts: readonly string[], ref: string): readonly Fault[] {
  return conflicts.map((path) =>
    leftToPeople({
      code: 'merge-conflict',
      severity: 'error',
      files: [path],
      message: `${path} was changed here and on ${ref}, and git cannot merge the two.`,
      repair: 'Merge by hand; the parents that were published first are the ones that databases know.',
    }),
  )
}
