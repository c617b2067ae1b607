// Actual against wanted: what migrate and check share.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import { type PossibleLoss, possibleLosses } from '../diff/losses.ts'
import { type Answers, noAnswers, type Question, type RenameQuestion } from '../diff/questions.ts'
import { AludelError } from '../errors.ts'
import { type Irreversible, isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { invertAll } from '../ops/registry.ts'
import type { Schema } from '../schema/model.ts'
import { inChainWords } from './chain.ts'
import { type Ask, createDialogue } from './dialogue.ts'
import { settleExpressions } from './expressions.ts'
import { findRenames, requireUsed } from './find-renames.ts'
import { openLosses } from './loss-questions.ts'
import { withModelNames } from './names.ts'
import { withOwnObjects } from './own.ts'
import { type CompareScope, withinScope } from './scope.ts'
import { withoutStrangers } from './strangers.ts'
import { unpartitionable } from './unmodelled.ts'
import { namedAsFound } from './unnamed.ts'
import { withoutUnsaid } from './unsaid.ts'

export interface CompareRequest {
  readonly db: Connection
  readonly dialect: Dialect
  readonly wanted: Schema
  readonly scope: CompareScope
  /** The schema that the chain of revisions makes; asked only where it matters. */
  chain(): Schema
  /** Answers that were given before; default: none. */
  readonly answers?: Answers
  /** Who is asked for others; default: nobody, so that they stay open. */
  readonly ask?: Ask | null
  /** Drop also what neither the models nor the chain know. */
  readonly dropUnknown?: boolean
  /** The engines that the operations must serve beside the database's own. */
  readonly engines?: readonly Dialect[]
  /** What the database holds, where it has been asked already. */
  readonly held?: Promise<Schema>
}

export interface Comparison {
  /** What makes the database as the models say. */
  readonly upgrade: readonly Op[]
  /** What takes it back. */
  readonly downgrade: readonly Op[]
  /** What was not answered; where it is a rename, `upgrade` drops and adds. */
  readonly questions: readonly Question[]
  /** What was seen and left alone, a sentence each. */
  readonly notes: readonly string[]
  /** Why parts of the way back cannot be written, a sentence each. */
  readonly remarks: readonly string[]
  /** The database in the chain's words; null where nothing differs. */
  readonly before: Schema | null
}

export async function compare(request: CompareRequest): Promise<Comparison> {
  const { db, dialect, wanted, scope, dropUnknown = false, engines = [] } = request
  const chain = once(request.chain)
  const model = withinScope(wanted, scope)
  const inWords = dialect.normalize(model)
  const found = withinScope(await (request.held ?? dialect.introspect(db, 'all')), scope)
  const normal = namedAsFound(inWords, found)
  const kept = withoutStrangers({ actual: found, model: normal, chain: () => dialect.normalize(chain()), dropUnknown })
  const named = withModelNames(kept.schema, normal, chain)
  const actual = await settleExpressions(db, dialect, withoutUnsaid(named, normal), normal)
  const { notes } = kept
  requireAlterable(actual, normal)
  const nothing = { upgrade: [], downgrade: [], questions: [], notes, remarks: [], before: null }
  if (diff(actual, normal).length === 0) {
    requireUsed([], { renames: request.answers?.saidNow ?? [], actual, normal })
    return nothing
  }
  const dialogue = createDialogue(request.answers ?? noAnswers, request.ask ?? null)
  const renames = await findRenames({
    db,
    dialect,
    engines,
    actual,
    normal,
    model,
    dialogue,
    named: (schema, as) => withModelNames(schema, as, chain),
  })
  requireAlterable(renames.after, normal)
  const differences = diff(withoutUnsaid(renames.after, normal), normal)
  const possible = withoutAsked(possibleLosses(differences, renames.after, renames.ops), renames.questions)
  const losses = await openLosses(db, dialect, possible, dialogue)
  const upgrade = [...renames.ops, ...withOwnObjects(differences, model, renames.after)]
  const before = inChainWords(renames.before, chain(), dialect)
  const back = invertAll(upgrade, before)
  const questions = [...renames.questions, ...losses]
  return isIrreversible(back)
    ? { ...nothing, upgrade, questions, remarks: [wayBackByHand(back)], before }
    : { ...nothing, upgrade, downgrade: back, questions, before }
}

/** What may be one thing under two names is not also asked about as one that goes and one that comes. */
function withoutAsked(losses: readonly PossibleLoss[], renames: readonly RenameQuestion[]): readonly PossibleLoss[] {
  const asked = new Set(renames.flatMap(({ from, to }) => [from, to]))
  return losses.filter(({ question }) => !asked.has(question.name))
}

/** What models say of a table that is there, and no operation does, must not pass for no difference. */
function requireAlterable(actual: Schema, normal: Schema): void {
  const objects = unpartitionable(actual, normal)
  if (objects.length === 0) return
  const kinds = [...new Set(objects.map(({ kind }) => kind))]
  const names = objects.map(({ name }) => name).join(', ')
  throw new AludelError('unsupported-kinds', `The models partition ${names} otherwise than the database does.`, {
    hint: 'No table that is there can be partitioned: make a new one, copy the rows and rename it, in a revision by hand.',
    details: { kinds, objects: objects.map(({ kind, name }) => ({ kind, name })) },
  })
}

/** What stands in a revision in the place of a way back that nothing can write. */
export function wayBackByHand({ irreversible }: Irreversible): string {
  return `Write the way back by hand: ${irreversible}`
}

/** Folding a chain loads every revision, so it is done when it is asked for, and once. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | null = null
  return () => {
    done ??= { value: work() }
    return done.value
  }
}
