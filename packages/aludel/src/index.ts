// The public face: types, defineConfig, the graph functions, and one function a verb that imports its work when called.

import type { AdoptOptions, AdoptResult } from './commands/adopt.ts'
import type { BranchesResult } from './commands/branches.ts'
import type { DoctorOptions, DoctorResult } from './commands/chain/doctor.ts'
import type { FixChainOptions, FixChainResult, UndoResult } from './commands/chain/fix-chain.ts'
import type { CheckOptions, CheckResult } from './commands/check.ts'
import type { DiffOptions, DiffResult } from './commands/diff.ts'
import type { DrawnResult, HeadsOptions } from './commands/heads.ts'
import type { HistoryOptions, HistoryResult } from './commands/history.ts'
import type { InitOptions, InitResult } from './commands/init.ts'
import type { InspectOptions, InspectResult } from './commands/inspect.ts'
import type { MergeOptions, MergeResult } from './commands/merge.ts'
import type { MigrateOptions, MigrateResult } from './commands/migrate.ts'
import type { PlanOptions, PlanResult } from './commands/plan.ts'
import type { RevisionResult } from './commands/revision.ts'
import type { ShowOptions, ShowResult } from './commands/show.ts'
import type { TestResult } from './commands/test/result.ts'
import type { TestOptions } from './commands/test/test.ts'
import type { NewRevisionOptions } from './commands/write-revision.ts'
import type { Connection } from './database/types.ts'
import { type ConfigGiven, opened, type VerbOptions } from './index/opened.ts'
import type { Schema } from './schema/model.ts'

export type { ChainCheck, Difference, RevisionResult, TestFinding, TestResult } from './commands/test/result.ts'
export type { RevisionTest, RevisionTestContext } from './commands/test/revision-test.ts'
export type { Connection, DialectName, Features, QueryResult, Statement, Value } from './database/types.ts'
export { dialectOf } from './dialects/registry.ts'
export type { Answer, LossQuestion, Question, RenameQuestion } from './diff/questions.ts'
export { AludelError, isAludelError } from './errors.ts'
export type { ConfigGiven, VerbOptions } from './index/opened.ts'
export type { RunEvent, Running } from './index/running.ts'
export * from './index/runs.ts'
export type { Op, Ops, RunContext } from './ops/operations.ts'
export type { Operations } from './ops/surface.ts'
export type { Configuration, ObjectFacts, ObjectFilter, ObjectPattern } from './project/configuration.ts'
export { defineConfig } from './project/configuration.ts'
export type { SchemaReference } from './project/schema-source.ts'
export { command, sqlFile } from './project/schema-source.ts'
export type { RevisionGraph } from './revisions/graph.ts'
export { buildGraph } from './revisions/graph.ts'
export type { Plan } from './revisions/plan.ts'
export { planDowngrade, planUpgrade } from './revisions/plan.ts'
export type { ChainProblem } from './revisions/problems.ts'
export type { HiddenAt } from './revisions/repair/hidden.ts'
export { hiddenRevisions } from './revisions/repair/hidden.ts'
export type { Revision, RevisionInput } from './revisions/revision.ts'
export { planStamp } from './revisions/stamp.ts'
export { inverse } from './runner/inverse.ts'
export type { ProgressEvent } from './runner/statements/events.ts'
export { version } from './version.ts'

/** The revisions, newest first. */
export async function history(
  config?: ConfigGiven,
  options: HistoryOptions & VerbOptions = {},
): Promise<HistoryResult> {
  const verb = await import('./commands/history.ts')
  return verb.history(await opened(config, options), options)
}

/** The revisions that nothing follows. */
export async function heads(config?: ConfigGiven, options: HeadsOptions & VerbOptions = {}): Promise<DrawnResult> {
  const verb = await import('./commands/heads.ts')
  return verb.heads(await opened(config, options), options)
}

/** The revisions that more than one follows. */
export async function branches(config?: ConfigGiven, options: VerbOptions = {}): Promise<BranchesResult> {
  const verb = await import('./commands/branches.ts')
  return verb.branches(await opened(config, options), {})
}

/** One revision, or several, with everything its header says. */
export async function show(config: ConfigGiven, options: ShowOptions & VerbOptions): Promise<ShowResult> {
  const verb = await import('./commands/show.ts')
  return verb.show(await opened(config, options), options)
}

/** The steps that a verb would take, without taking them. */
export async function plan(config: ConfigGiven, options: PlanOptions & VerbOptions): Promise<PlanResult> {
  const verb = await import('./commands/plan.ts')
  return verb.plan(await opened(config, options), options)
}

/** Takes over a database that is there already: models, a first revision that makes what is there, and its stamp. */
export async function adopt(config?: ConfigGiven, options: AdoptOptions & VerbOptions = {}): Promise<AdoptResult> {
  const verb = await import('./commands/adopt.ts')
  return verb.adopt(await opened(config, options), options)
}

/** Everything that is wrong with the chain of revision files, and with the database's place in it. */
export async function doctor(config?: ConfigGiven, options: DoctorOptions & VerbOptions = {}): Promise<DoctorResult> {
  const verb = await import('./commands/chain/doctor.ts')
  return verb.doctor(await opened(config, options), options)
}

/** How a broken chain would be mended; with `fix` it is. */
export async function fixChain(
  config?: ConfigGiven,
  options: FixChainOptions & VerbOptions = {},
): Promise<FixChainResult> {
  const verb = await import('./commands/chain/fix-chain.ts')
  return verb.fixChain(await opened(config, options), options)
}

/** Takes the latest repair of the chain back. */
export async function undoFixChain(config?: ConfigGiven, options: VerbOptions = {}): Promise<UndoResult> {
  const verb = await import('./commands/chain/fix-chain.ts')
  return verb.undoFixChain(await opened(config, options), {})
}

/** A new, empty revision. */
export async function revision(
  config?: ConfigGiven,
  options: NewRevisionOptions & VerbOptions = {},
): Promise<RevisionResult> {
  const verb = await import('./commands/revision.ts')
  return verb.revision(await opened(config, options), options)
}

/** A revision that holds what the models say and the database does not; none while a question is open. */
export async function migrate(
  config?: ConfigGiven,
  options: MigrateOptions & VerbOptions = {},
): Promise<MigrateResult> {
  const verb = await import('./commands/migrate.ts')
  return verb.migrate(await opened(config, options), options)
}

/** Whether models and database agree. */
export async function check(config?: ConfigGiven, options: CheckOptions & VerbOptions = {}): Promise<CheckResult> {
  const verb = await import('./commands/check.ts')
  return verb.check(await opened(config, options), options)
}

/** Takes each revision up, down and up again on a scratch database, and looks at everything after each step. */
export async function test(config?: ConfigGiven, options: TestOptions & VerbOptions = {}): Promise<TestResult> {
  const verb = await import('./commands/test/test.ts')
  return verb.test(await opened(config, options), options)
}

/** What leads from one source of a schema to another: `diff(config, { from: 'a.sql', to: 'b.sql' })`. */
export async function diff(config: ConfigGiven, options: DiffOptions & VerbOptions): Promise<DiffResult> {
  const verb = await import('./commands/diff.ts')
  return verb.diff(await opened(config, options), options)
}

/** A database, or another source of a schema, as data, as models and as SQL. */
export async function inspect(
  config?: ConfigGiven,
  options: InspectOptions & VerbOptions = {},
): Promise<InspectResult> {
  const verb = await import('./commands/inspect.ts')
  return verb.inspect(await opened(config, options), options)
}

/** One revision that follows several heads; default: all of them. */
export async function merge(
  config?: ConfigGiven,
  options: Partial<MergeOptions> & VerbOptions = {},
): Promise<MergeResult> {
  const verb = await import('./commands/merge.ts')
  return verb.merge(await opened(config, options), { targets: ['heads'], ...options })
}

/** Makes config, folder, template and a README in `cwd`. */
export async function init(cwd: string, options: InitOptions = {}): Promise<InitResult> {
  const verb = await import('./commands/init.ts')
  return verb.init(cwd, options)
}

/** A connection to a database by its address, for an application or a test; close it when done. */
export async function connect(
  url: string,
  options: { readonly cwd?: string; readonly lockTimeout?: number } = {},
): Promise<Connection> {
  const { connectorFor } = await import('./dialects/registry.ts')
  const directory = options.cwd ?? process.cwd()
  const connector = await connectorFor(url)
  return connector.connect({
    url,
    directory,
    lockTimeout: options.lockTimeout ?? 60_000,
    mustExist: false,
    resolveFrom: [directory],
  })
}

/** What a database is, as a schema. */
export async function introspect(db: Connection): Promise<Schema> {
  const { engineNamed } = await import('./dialects/registry.ts')
  return (await engineNamed(db.dialect)).dialectFor(db.server).introspect(db, 'all')
}
