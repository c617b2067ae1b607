// The scratch database beside what it should be: what the operations say in memory, or what it was before.

import { inChainWords } from '../../compare/chain.ts'
import { settleExpressions } from '../../compare/expressions.ts'
import { withModelNames } from '../../compare/names.ts'
import { type CompareScope, withinScope } from '../../compare/scope.ts'
import { unmodelledIn } from '../../compare/unmodelled.ts'
import { namedAsFound } from '../../compare/unnamed.ts'
import { withoutUnsaid } from '../../compare/unsaid.ts'
import type { Dialect } from '../../dialects/dialect.ts'
import { diff } from '../../diff/diff.ts'
import type { Project } from '../../project/project.ts'
import type { Folded } from '../../runner/fold.ts'
import type { Session } from '../../runner/session.ts'
import { tableFinder } from '../../schema/lookup.ts'
import type { Schema } from '../../schema/model.ts'
import { objectKey } from '../../schema/object-ref.ts'
import { schemaDifference } from './difference.ts'
import type { Difference } from './result.ts'

/** Everything but the accounts of migration tools: what a revision makes is looked at whatever the models include. */
export function testScope({ versionTable, historyTable }: Project): CompareScope {
  return { own: [versionTable, historyTable], include: undefined, exclude: undefined }
}

/** What the scratch database holds, without our own tables and the namespace that was made for them. */
export async function readSchema(project: Project, { db, dialect }: Session): Promise<Schema> {
  const schema = withinScope(await dialect.introspect(db, 'all'), testScope(project))
  const { versionTableNamespace: own } = project.configuration
  const isUsed = [...schema.tables, ...schema.enums, ...schema.objects].some(({ namespace }) => namespace === own)
  return isUsed ? schema : { ...schema, namespaces: schema.namespaces.filter((name) => name !== own) }
}

/** Where the database is not what the operations say; none where that is the same by the engine's own word. */
export async function differenceFromChain(
  { db, dialect }: Session,
  actual: Schema,
  { schema, unknown }: Folded,
  scope: CompareScope,
): Promise<readonly Difference[]> {
  const known = withoutUnknown({ actual, chain: withinScope(schema, scope), unknown })
  const normal = namedAsFound(dialect.normalize(known.chain), known.actual)
  const named = withoutUnsaid(
    withModelNames(known.actual, normal, () => known.chain),
    normal,
  )
  const found = await settleExpressions(db, dialect, named, normal)
  const ops = diff(found, normal)
  return ops.length === 0 ? [] : schemaDifference({ expected: normal, actual: found, ops, dialect })
}

/** Where the database is not what it was; both have been read from it. */
export async function differenceFromBefore(
  { db, dialect }: Session,
  actual: Schema,
  before: Schema,
): Promise<readonly Difference[]> {
  const found = await settleExpressions(db, dialect, actual, before)
  const ops = diff(found, before)
  const others = unmodelledDifference(actual, before)
  return ops.length === 0 ? others : [...schemaDifference({ expected: before, actual: found, ops, dialect }), ...others]
}

function unmodelledDifference(actual: Schema, before: Schema): readonly Difference[] {
  const titles = (schema: Schema) => unmodelledIn(schema).map(({ kind, name }) => `${kind} ${name}`)
  const [is, was] = [titles(actual), titles(before)]
  return [
    ...was.filter((title) => !is.includes(title)).map((expected) => ({ expected, actual: null })),
    ...is.filter((title) => !was.includes(title)).map((title) => ({ expected: null, actual: title })),
  ]
}

/** From here on what the database holds is what counts: one mistake is told once, and what nobody knew is known. */
export function foldFrom(actual: Schema, { schema }: Folded, dialect: Dialect): Folded {
  return { schema: inChainWords(actual, schema, dialect), unknown: new Map() }
}

interface Sides {
  readonly actual: Schema
  readonly chain: Schema
}

/** Both without what the operations do not tell: tables by name, or everything that they do not tell of. */
function withoutUnknown({ actual, chain, unknown }: Sides & Pick<Folded, 'unknown'>): Sides {
  if (unknown.size === 0) return { actual, chain }
  const told = (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables.filter(({ name }) => !unknown.has(name)),
  })
  const wanted = told(chain)
  if (!unknown.has('*')) return { actual: told(actual), chain: wanted }
  const [inChain, inActual] = [tableFinder(wanted), tableFinder(actual)]
  const [there, told2] = [new Set(actual.objects.map(objectKey)), new Set(wanted.objects.map(objectKey))]
  return {
    actual: {
      ...actual,
      tables: actual.tables.filter((table) => inChain(table) !== null),
      enums: actual.enums.filter(({ name }) => wanted.enums.some((one) => one.name === name)),
      objects: actual.objects.filter((object) => told2.has(objectKey(object))),
      namespaces: actual.namespaces.filter((name) => wanted.namespaces.includes(name)),
    },
    chain: {
      ...wanted,
      tables: wanted.tables.filter((table) => inActual(table) !== null),
      objects: wanted.objects.filter((object) => there.has(objectKey(object))),
      enums: wanted.enums.filter(({ name }) => actual.enums.some((one) => one.name === name)),
    },
  }
}
