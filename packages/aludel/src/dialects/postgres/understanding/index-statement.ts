// CREATE INDEX.

import type { DefElem, IndexElem, IndexStmt, Node } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import type { Index, IndexPart } from '../../../schema/model.ts'
import { withUsualNulls } from '../../../schema/nulls.ts'
import { rawSql, type Sql } from '../../../schema/sql.ts'
import { normalOptions } from '../normalize.ts'
import { partName } from '../render/index.ts'
import { knownTable, relationName, relationNames, textsOf, usualName } from './names.ts'
import {
  closing,
  known,
  nextToken,
  partedByCommas,
  type Reading,
  type Source,
  tokenAt,
  unclear,
  without,
} from './source.ts'

export function createIndex(statement: IndexStmt, { source, before }: Reading): readonly Op[] {
  const { relation, tableSpace, excludeOpNames } = statement
  without(tableSpace, excludeOpNames)
  const at = relationName(relation)
  const table = knownTable(before, at)
  const ifNotExists = statement.if_not_exists ?? false
  const elements = elementsOf(statement.indexParams)
  const include = elementsOf(statement.indexIncludingParams).map(({ name }) => known(name))
  const name = statement.idxname || usualName(before, at, [...elements.map(shortName), ...include], 'idx')
  if (relationNames(before, at.namespace).has(name)) return ifNotExists ? [] : unclear()
  const parts = partsOf(statement, elements, source)
  const postgres = {
    using: statement.accessMethod ?? 'btree',
    include,
    concurrently: false,
    nullsNotDistinct: statement.nulls_not_distinct ?? false,
    operatorClasses: operatorClasses(elements, parts),
    collations: {},
    with: settingsOf(statement.options),
    invalid: false,
  }
  const index: Index = {
    name,
    parts,
    unique: statement.unique ?? false,
    where: statement.whereClause === undefined ? null : condition(source),
    postgres: normalOptions(postgres, table.columns),
    mysql: null,
  }
  return [{ kind: 'createIndex', table: at, index, ifNotExists }]
}

function elementsOf(nodes: readonly Node[] | undefined): readonly IndexElem[] {
  return (nodes ?? []).map((node) => ('IndexElem' in node ? plainElement(node.IndexElem) : unclear()))
}

/** A column in parentheses is no expression. */
function plainElement(element: IndexElem): IndexElem {
  const { expr, ...others } = element
  if (expr === undefined || !('ColumnRef' in expr)) return element
  const path = textsOf(expr.ColumnRef.fields)
  return path.length === 1 ? { ...others, name: known(path[0]) } : unclear()
}

/** What an element gives to a name: its column, or the function that it calls. */
function shortName({ name, expr }: IndexElem): string {
  if (name !== undefined) return name
  return expr !== undefined && 'FuncCall' in expr ? known(textsOf(expr.FuncCall.funcname).at(-1)) : unclear()
}

function partsOf({ relation }: IndexStmt, elements: readonly IndexElem[], source: Source): readonly IndexPart[] {
  const opening = nextToken(source, '(', tokenAt(source, relation?.location))
  const texts = partedByCommas(source, opening + 1, closing(source, opening) - 1)
  if (texts.length !== elements.length) unclear()
  return elements.map((element, at) => partOf(element, known(texts[at])[0], source))
}

const orders = { SORTBY_NULLS_DEFAULT: null, SORTBY_NULLS_FIRST: 'first', SORTBY_NULLS_LAST: 'last' } as const

function partOf(element: IndexElem, start: number, source: Source): IndexPart {
  without(element.collation, element.opclassopts)
  const of = element.name === undefined ? { expression: expressionAt(start, source) } : { column: element.name }
  const nulls = orders[known(element.nulls_ordering)]
  return withUsualNulls({ of, descending: element.ordering === 'SORTBY_DESC', nulls }, true)
}

// An expression stands in parentheses of its own, or is one call of a function.
function expressionAt(start: number, source: Source): Sql {
  const isEnclosed = source.tokens[start]?.text === '('
  const end = closing(source, isEnclosed ? start : nextToken(source, '(', start))
  return rawSql(isEnclosed ? source.text(start + 1, end - 1) : source.text(start, end))
}

function condition(source: Source): Sql {
  const last = source.tokens.length - 1
  return rawSql(source.text(nextToken(source, 'WHERE', 0) + 1, last))
}

function operatorClasses(
  elements: readonly IndexElem[],
  parts: readonly IndexPart[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    elements.flatMap(({ opclass }, at) => {
      const path = textsOf(opclass).filter((step) => step !== 'public' && step !== 'pg_catalog')
      return path.length === 0 ? [] : [[partName(known(parts[at]), at), path.join('.')]]
    }),
  )
}

function settingsOf(nodes: readonly Node[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (nodes ?? []).map((node) =>
      'DefElem' in node ? [known(node.DefElem.defname), settingOf(node.DefElem)] : unclear(),
    ),
  )
}

function settingOf({ arg, defnamespace }: DefElem): string {
  without(defnamespace)
  if (arg === undefined) return 'true'
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0)
  if ('Float' in arg) return known(arg.Float.fval)
  // A word like off is taken for the name of a type.
  if ('TypeName' in arg) return textsOf(arg.TypeName.names).join('.')
  return 'String' in arg ? known(arg.String.sval) : unclear()
}
