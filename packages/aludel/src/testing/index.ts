// The revisions as tests of Vitest, node:test or another runner: `aludel/testing`.

import { findingText } from '../commands/test/finding-text.ts'
import type { TestFinding, TestResult } from '../commands/test/result.ts'
import { type SelectionOptions, selectionOf } from '../commands/test/selection.ts'
import { test as testCommand } from '../commands/test/test.ts'
import { AludelError } from '../errors.ts'
import type { Configuration } from '../project/configuration.ts'
import { openProject, type Project } from '../project/project.ts'
import { loadScripts, requireLegal, type Script } from '../project/scripts.ts'

export type { RevisionTest, RevisionTestContext } from '../commands/test/revision-test.ts'

/** What declares a test: `test` or `it` of Vitest, node:test, Bun, Jest. */
export type Declare = (name: string, body: () => Promise<void>, timeout?: number) => unknown

export interface VerifyOptions extends SelectionOptions {
  /** Declares a test for each check; left out, the caller does that with the list. */
  readonly test?: Declare
  /** The address of a scratch database; default: the configuration's `dev`, or what can be had. */
  readonly dev?: string
  /** False to generate no rows, so that only the schema is looked at; default: true. */
  readonly samples?: boolean
  /** True where warnings fail, too; default: false. */
  readonly strict?: boolean
  /** Milliseconds that a test may take, the start of a scratch server included; default 120 000. */
  readonly timeout?: number
  /** The folder that the config file is looked for from; default: the working directory. */
  readonly cwd?: string
  readonly url?: string
  readonly env?: string
  readonly database?: string
}

/** One check, as a test. */
export interface MigrationCheck {
  readonly name: string
  /** The revision that it is about; null where it is about the whole chain. */
  readonly revision: string | null
  /** Rejects with an AludelError that tells every finding. The first to be called starts the work for all. */
  run(): Promise<void>
}

/**
 * A check for each revision, and for the chain: what `aludel test` looks at.
 *
 * @throws AludelError where the chain is illegal, or the configuration cannot be read.
 * @example
 * import { test } from 'vitest' // or: import test from 'node:test'
 * import { verifyMigrations } from 'aludel/testing'
 *
 * await verifyMigrations('./aludel.config.ts', { test })
 */
export async function verifyMigrations(
  config?: Configuration | string,
  options: VerifyOptions = {},
): Promise<readonly MigrationCheck[]> {
  const project = await openProject({
    cwd: options.cwd ?? process.cwd(),
    config,
    url: options.url,
    env: options.env,
    database: options.database,
    environment: process.env,
    own: () => import('../index/own.ts').then((module) => module.ownModules()),
  })
  const { order, wanted, isWhole } = selectionOf(project, requireLegal(loadScripts(project)), options)
  const result = started(project, options)
  const strict = options.strict ?? false
  const checks: readonly MigrationCheck[] = [
    ...order.filter(({ id }) => wanted.has(id)).map((script) => revisionCheck(script, result, strict)),
    ...(isWhole ? names.map((name) => chainCheck(name, result, strict)) : []),
  ]
  for (const { name, run } of checks) options.test?.(name, run, options.timeout ?? 120_000)
  return checks
}

const names = ['single head', 'one base', 'no unnamed constraint', 'models are what the chain makes'] as const

/** The work for all checks, begun when the first of them is run. */
function started(project: Project, { test: _, strict: __, timeout: ___, ...options }: VerifyOptions) {
  let work: Promise<TestResult> | null = null
  return () => {
    work ??= testCommand(project, options)
    return work
  }
}

function revisionCheck(
  { id, message, path }: Script,
  result: () => Promise<TestResult>,
  strict: boolean,
): MigrationCheck {
  return {
    name: `${id} ${message}`.trim(),
    revision: id,
    run: async () => {
      const own = (await result()).revisions.find(({ revision }) => revision === id)
      if (own?.upgrade === 'skipped') {
        throw new AludelError('not-tested', own.notes.join(' '), { details: { revision: id, file: path } })
      }
      requireNothing(own?.findings ?? [], strict)
    },
  }
}

function chainCheck(name: (typeof names)[number], result: () => Promise<TestResult>, strict: boolean): MigrationCheck {
  return {
    name: `the chain: ${name}`,
    revision: null,
    run: async () => requireNothing((await result()).checks.find((one) => one.name === name)?.findings ?? [], strict),
  }
}

function requireNothing(findings: readonly TestFinding[], strict: boolean): void {
  const counted = findings.filter(({ severity }) => strict || severity === 'error')
  const [first] = counted
  if (first === undefined) return
  throw new AludelError(first.code, counted.map(findingText).join('\n\n'), {
    hint: first.hint,
    details: { findings: counted },
  })
}
