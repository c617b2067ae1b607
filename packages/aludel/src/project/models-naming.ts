// By which convention the constraints of a schema have their names: what follows one need not be named in the models.

import type { Schema } from '../schema/model.ts'
import { conventionalName, defaultNaming, type NameFacts, type NamingConvention } from '../schema/naming.ts'

type Kind = keyof NamingConvention

/** The patterns that are known for each kind, Aludel's own first; the others are PostgreSQL's. */
const patterns: { readonly [K in Kind]: readonly string[] } = {
  pk: [defaultNaming.pk, '{table}_pkey'],
  uq: [defaultNaming.uq, '{table}_{columns}_key'],
  fk: [defaultNaming.fk, '{table}_{columns}_fkey'],
  ix: [defaultNaming.ix, '{table}_{columns}_idx'],
  ck: [defaultNaming.ck, '{table}_{name}_check'],
}

interface Named {
  readonly name: string
  readonly facts: NameFacts
}

/** Of each kind the pattern that most names follow. */
export function namingOf(schema: Schema): NamingConvention {
  const named = namesIn(schema)
  const best = (kind: Kind): string => {
    const counts = patterns[kind].map((pattern) => named[kind].filter((one) => follows(one, pattern)).length)
    return patterns[kind][counts.indexOf(Math.max(...counts))] ?? defaultNaming[kind]
  }
  return { pk: best('pk'), uq: best('uq'), fk: best('fk'), ix: best('ix'), ck: best('ck') }
}

/** A check tells its own part of the name by the name itself. */
function follows({ name, facts }: Named, pattern: string): boolean {
  if (!pattern.includes('{name}')) return conventionalName(pattern, facts) === name
  const [start = '', end = ''] = pattern.replaceAll('{table}', facts.table).split('{name}')
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end)
}

function namesIn({ tables }: Schema): { readonly [K in Kind]: readonly Named[] } {
  const all = (parts: readonly { readonly name: string | null; readonly facts: NameFacts }[]) =>
    parts.flatMap(({ name, facts }) => (name === null ? [] : [{ name, facts }]))
  return {
    pk: all(
      tables.flatMap(({ name, primaryKey: key }) =>
        key === null ? [] : [{ name: key.name, facts: { table: name, columns: key.columns } }],
      ),
    ),
    uq: all(
      tables.flatMap((table) =>
        table.uniques.map(({ name, columns }) => ({ name, facts: { table: table.name, columns } })),
      ),
    ),
    fk: all(
      tables.flatMap((table) =>
        table.foreignKeys.map(({ name, columns, referent }) => ({
          name,
          facts: { table: table.name, columns, referent: referent.name },
        })),
      ),
    ),
    ix: all(
      tables.flatMap((table) =>
        table.indexes.map(({ name, parts }) => ({
          name,
          facts: {
            table: table.name,
            columns: parts.map(({ of }, at) => ('column' in of ? of.column : `expr${at + 1}`)),
          },
        })),
      ),
    ),
    ck: all(tables.flatMap((table) => table.checks.map(({ name }) => ({ name, facts: { table: table.name } })))),
  }
}

/** The option of `defineSchema` that names the patterns which are not Aludel's own. */
export function changedNaming(naming: NamingConvention): { readonly naming?: Partial<NamingConvention> } {
  const changed = Object.entries(naming).filter(([kind, pattern]) => defaultNaming[kind as Kind] !== pattern)
  return changed.length === 0 ? {} : { naming: Object.fromEntries(changed) }
}
