// What keys, checks and indexes are given besides what they are over, as data for their calls.

import { sameData } from '../schema/canonical.ts'
import type { Check, ForeignKey, Identity, PostgresIndex, PrimaryKey, Unique } from '../schema/model.ts'
import { plainNumbers } from '../schema/postgres-model.ts'

type Options = Readonly<Record<string, unknown>>

/** The keys that are not as they would be by themselves. */
export function changedFrom<T extends object>(plain: T, own: T): Options {
  return Object.fromEntries(Object.entries(own).filter(([key, value]) => !sameData(value, plain[key as keyof T])))
}

/** An identity as it is given in an option or a change. */
export function identityGiven({ always, numbers }: Identity): Options {
  return { ...(always ? { always } : {}), ...(numbers === null ? {} : changedFrom(plainNumbers, numbers)) }
}

function uniqueOptions({ deferrable, postgres }: Unique): Options {
  return {
    ...deferralOptions(deferrable),
    ...(postgres?.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
    ...beside(postgres),
  }
}

function primaryKeyOptions({ postgres, mysql }: PrimaryKey): Options {
  return {
    ...deferralOptions(postgres?.deferrable ?? null),
    ...beside(postgres),
    ...(mysql === null ? {} : { mysql }),
  }
}

function deferralOptions(deferrable: Unique['deferrable']): Options {
  return deferrable === null ? {} : { deferrable: true, initially: deferrable }
}

function beside(own: { readonly include: readonly string[]; readonly with: object } | null): Options {
  if (own === null) return {}
  return {
    ...(own.include.length === 0 ? {} : { include: own.include }),
    ...(Object.keys(own.with).length === 0 ? {} : { with: own.with }),
  }
}

function checkOptions({ postgres }: Check): Options {
  return {
    ...(postgres?.notValid ? { notValid: true } : {}),
    ...(postgres?.noInherit ? { noInherit: true } : {}),
  }
}

function foreignKeyOptions(key: ForeignKey): Options {
  const { notValid = false, setColumns = [] } = key.postgres ?? {}
  return {
    ...(key.onDelete === 'no action' ? {} : { onDelete: key.onDelete }),
    ...(key.onUpdate === 'no action' ? {} : { onUpdate: key.onUpdate }),
    ...deferralOptions(key.deferrable),
    ...(key.match === 'simple' ? {} : { match: key.match }),
    ...(setColumns.length === 0 ? {} : { setColumns }),
    ...(notValid ? { notValid } : {}),
  }
}

/** That an index is unusable is nobody's wish. */
export function indexSettings({ invalid: _, collations, ...own }: PostgresIndex): Options {
  return Object.keys(collations).length === 0 ? own : { ...own, collations }
}

export const partOptions = { uniqueOptions, primaryKeyOptions, checkOptions, foreignKeyOptions }
