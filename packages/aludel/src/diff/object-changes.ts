// What changes in place of a sequence, a domain, a policy or a composite type; null where it cannot.

import type { Op } from '../ops/operations.ts'
import { sameData } from '../schema/canonical.ts'
import type { Column, Schema, TableName } from '../schema/model.ts'
import type { CompositeType, SequenceSettings } from '../schema/object-model.ts'
import { isWithin, objectRef } from '../schema/object-ref.ts'
import { rawSql } from '../schema/sql.ts'
import type { Change } from './objects.ts'
import { wordsIn } from './words.ts'

const place = ({ namespace, name }: TableName): TableName => ({ namespace, name })

const settings = ['type', 'start', 'increment', 'minValue', 'maxValue', 'cache', 'cycle', 'ownedBy'] as const

export function sequenceChange({ old, wanted }: Change<'sequence'>): readonly Op[] {
  const differing = settings.filter((key) => !sameData(old[key], wanted[key]))
  const set: Partial<SequenceSettings> = Object.fromEntries(differing.map((key) => [key, wanted[key]]))
  return differing.length === 0 ? [] : [{ kind: 'alterSequence', sequence: place(wanted), set }]
}

export function domainChange({ old, wanted }: Change<'domain'>): readonly Op[] | null {
  if (!sameData([old.type, old.collation], [wanted.type, wanted.collation])) return null
  const domain = place(wanted)
  const gone = old.checks.filter((check) => !wanted.checks.some((one) => sameData(one, check)))
  const come = wanted.checks.filter((check) => !old.checks.some((one) => sameData(one, check)))
  if (gone.some(({ name }) => name === null)) return null
  const set = {
    ...(sameData(old.default, wanted.default) ? {} : { default: wanted.default }),
    ...(old.nullable === wanted.nullable ? {} : { nullable: wanted.nullable }),
  }
  const alter = (change: Partial<Omit<Op<'alterDomain'>, 'kind' | 'domain'>>): Op => {
    return { kind: 'alterDomain', domain, set: {}, drop: null, add: null, ...change }
  }
  return [
    ...gone.map(({ name }) => alter({ drop: name })),
    ...(Object.keys(set).length === 0 ? [] : [alter({ set })]),
    ...come.map((check) => alter({ add: check })),
  ]
}

/** ALTER POLICY gives a policy other users and conditions, but takes no condition away. */
export function policyChange({ old, wanted }: Change<'policy'>): readonly Op[] | null {
  const isFixed = old.command === wanted.command && old.permissive === wanted.permissive
  const isTaken = (old.using !== null && wanted.using === null) || (old.check !== null && wanted.check === null)
  if (!isFixed || isTaken) return null
  const keys = (['to', 'using', 'check'] as const).filter((key) => !sameData(old[key], wanted[key]))
  const set = Object.fromEntries(keys.map((key) => [key, wanted[key]]))
  return keys.length === 0 ? [] : [{ kind: 'alterPolicy', table: wanted.table, name: wanted.name, set }]
}

/**
 * New attributes come at the end only, on the way back too: what goes from between others makes the type anew, unless
 * something has it.
 */
export function typeChange({ old, wanted, before }: Change<'compositeType'>): readonly Op[] | null {
  const has = (type: CompositeType, name: string) => type.attributes.some((one) => one.name === name)
  const drop = old.attributes.filter(({ name }) => !has(wanted, name)).map(({ name }) => name)
  const add = wanted.attributes.filter(({ name }) => !has(old, name))
  const alter = wanted.attributes.filter((one) => {
    const was = old.attributes.find(({ name }) => name === one.name)
    return was !== undefined && !sameData(was, one)
  })
  if (drop.length + alter.length + add.length === 0) return []
  const isAtEnd = old.attributes.slice(old.attributes.length - drop.length).every(({ name }) => drop.includes(name))
  if (!isAtEnd && !isUsed(old, before)) return null
  return [{ kind: 'alterCompositeType', type: place(wanted), drop, alter, add }]
}

function isUsed(type: CompositeType, { tables, catalogue }: Schema): boolean {
  const ref = objectRef('compositeType', type)
  const isTold = catalogue?.dependencies.some(({ on }) => isWithin(on, ref)) ?? false
  return isTold || tables.some((table) => table.columns.some((column) => typeWords(column).has(type.name)))
}

function typeWords({ type }: Column): ReadonlySet<string> {
  return type.kind === 'raw' ? wordsIn(rawSql(type.sql)) : new Set()
}
