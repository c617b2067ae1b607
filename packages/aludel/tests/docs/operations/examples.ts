// The calls of the golden cases one by one: what each records, what every engine is sent for it, and what undoes it.

import { readFileSync } from 'node:fs'
import ts from 'typescript'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import { engineNamed } from '../../../src/dialects/registry.ts'
import { type AludelError, isAludelError } from '../../../src/errors.ts'
import { type Irreversible, isIrreversible } from '../../../src/ops/definition.ts'
import type { Op } from '../../../src/ops/operations.ts'
import { createPrinter, printOp } from '../../../src/ops/printer.ts'
import { createRecorder } from '../../../src/ops/recorder.ts'
import { applyAll, invertAll } from '../../../src/ops/registry.ts'
import type { Operations } from '../../../src/ops/surface.ts'
import { emptySchema, type Schema } from '../../../src/schema/model.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'
import { type Case, cases } from '../../golden/operations/cases.ts'
import { rendered } from '../../golden/operations/sent.ts'

export interface Engine {
  readonly title: string
  readonly dialect: Dialect
}

const [postgres, mysql, sqlite] = await Promise.all([
  engineNamed('postgres'),
  engineNamed('mysql'),
  engineNamed('sqlite'),
])

export const engines: readonly Engine[] = [
  { title: 'PostgreSQL', dialect: postgres.offline },
  { title: 'MariaDB', dialect: mysql.offline },
  { title: 'MySQL', dialect: mysql.dialectFor({ product: 'MySQL', version: [8, 4] }) },
  { title: 'SQLite', dialect: sqlite.offline },
]

/** What an engine makes of the calls: what it is sent, or why it refuses them. */
export interface Answer {
  readonly title: string
  readonly sql: string
  readonly refusal: AludelError | null
}

export interface Example {
  /** The folder of the case, beside the others. */
  readonly folder: string
  /** The case's own first sentence. */
  readonly title: string
  readonly source: string
  readonly answers: readonly Answer[]
  /** Calls that undo these, or why none can. */
  readonly back: readonly string[] | Irreversible
}

/** The case that shows a call best: the one named after it, else one that most engines can, else one with most of them. */
export function exampleOf(method: string): Example | null {
  const folder = method.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const count = (one: Case) => sourcesOf(one.name, method).length
  const [best] = cases
    .filter((one) => count(one) > 0)
    .sort((a, b) => rank(b, folder) - rank(a, folder) || count(b) - count(a))
  if (best === undefined) return null
  const answers = engines.map((engine) => answerOf(engine, best, method))
  const [able] = engines.filter(({ title }) => answers.some((one) => one.title === title && one.refusal === null))
  return {
    folder: best.name,
    title: titleOf(best.name),
    source: sourcesOf(best.name, method).join('\n'),
    answers,
    back: able === undefined ? [] : backOf(able, best, method),
  }
}

function rank(one: Case, folder: string): number {
  return one.name === folder ? 1 : -Object.keys(one.cannot ?? {}).length
}

interface RecordedCall {
  readonly method: string
  readonly ops: readonly Op[]
  readonly before: Schema
  readonly refusal: AludelError | null
}

/** Every call by itself, with what stood there before it; one that is refused leaves everything as it was. */
function recordedCalls(dialect: Dialect, work: (op: Operations) => void, start: Schema): readonly RecordedCall[] {
  const taken: Op[] = []
  const calls: RecordedCall[] = []
  let before = start
  const request = { dialect: dialect.name, features: dialect.features, naming: defaultNaming }
  const recorder = createRecorder(request, (op) => taken.push(op))
  const watched = Object.entries(recorder).map(([method, member]) => {
    if (typeof member !== 'function') return [method, member]
    return [
      method,
      (...given: readonly unknown[]) => {
        taken.length = 0
        const refusal = refusalOf(() => (member as (...given: readonly unknown[]) => void)(...given))
        const ops = refusal === null ? [...taken] : []
        calls.push({ method, ops, before, refusal })
        before = applyAll(before, ops)
      },
    ]
  })
  work(Object.fromEntries(watched) as Operations)
  return calls
}

/** Calls with none of another method between them, which an engine is sent together. */
function callsOf({ dialect }: Engine, { before, upgrade }: Case, method: string): readonly RecordedCall[] {
  const there = recordedCalls(dialect, before ?? (() => undefined), emptySchema)
  const was = applyAll(
    emptySchema,
    there.flatMap(({ ops }) => ops),
  )
  return neighboursTogether(recordedCalls(dialect, upgrade, was)).filter((call) => call.method === method)
}

function neighboursTogether(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  const together: RecordedCall[] = []
  for (const call of calls) {
    const last = together.at(-1)
    if (last?.method !== call.method) together.push(call)
    else together.splice(-1, 1, { ...last, ops: [...last.ops, ...call.ops], refusal: last.refusal ?? call.refusal })
  }
  return together
}

function answerOf(engine: Engine, one: Case, method: string): Answer {
  const calls = callsOf(engine, one, method)
  const refused = calls.find(({ refusal }) => refusal !== null)?.refusal ?? null
  if (refused !== null) return { title: engine.title, sql: '', refusal: refused }
  const refusal = refusalOf(() => {
    for (const { ops, before } of calls) engine.dialect.render(ops, before)
  })
  const sql = refusal === null ? calls.map(({ ops, before }) => rendered(engine.dialect, ops, before)).join('') : ''
  return { title: engine.title, sql: sql.trimEnd(), refusal }
}

function backOf(engine: Engine, one: Case, method: string): readonly string[] | Irreversible {
  const printer = createPrinter(defaultNaming)
  const backs = callsOf(engine, one, method).map(({ ops, before }) => invertAll(ops, before))
  const lost = backs.find(isIrreversible)
  if (lost !== undefined && backs.every(isIrreversible)) return lost
  return backs
    .flatMap((back) => (isIrreversible(back) ? [] : [back]))
    .reverse()
    .flatMap((ops) => ops.map((op) => printOp(op, printer)))
}

function refusalOf(work: () => void): AludelError | null {
  try {
    work()
    return null
  } catch (error) {
    if (isAludelError(error)) return error
    throw error
  }
}

function textOf(folder: string): string {
  return readFileSync(new URL(`../../golden/operations/${folder}/revision.ts`, import.meta.url), 'utf8')
}

function titleOf(folder: string): string {
  return /^\/\/ (.*)$/m.exec(textOf(folder))?.[1] ?? folder
}

/** The calls of a method in a case's `upgrade`, as they are written there. */
function sourcesOf(folder: string, method: string): readonly string[] {
  const source = ts.createSourceFile('revision.ts', textOf(folder), ts.ScriptTarget.ESNext, true)
  const upgrade = source.statements.find((one) => ts.isFunctionDeclaration(one) && one.name?.text === 'upgrade')
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === `op.${method}`) found.push(dedented(node, source))
    else ts.forEachChild(node, visit)
  }
  if (upgrade !== undefined) visit(upgrade)
  return found
}

function dedented(node: ts.Node, source: ts.SourceFile): string {
  const { character } = source.getLineAndCharacterOfPosition(node.getStart())
  return node.getText().replaceAll(`\n${' '.repeat(character)}`, '\n')
}
