// Whole tables: CREATE TABLE with everything on it in one statement, so that there is no half of one.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { tableTitle } from '../../../schema/lookup.ts'
import type { Table } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote, quotedText } from '../literal.ts'
import { columnText, ownerOf } from './columns.ts'
import { checkText, foreignKeyText } from './constraints.ts'
import { indexText, uniqueText } from './indexes.ts'
import { isKeyed } from './keys.ts'
import { optionTexts, primaryKeyText } from './options.ts'
import { tableText } from './refusals.ts'

export function createTableText({ table, ifNotExists }: Op<'createTable'>, abilities: Abilities): string {
  refuseUnkeyed(table, abilities)
  const parts = [
    ...table.columns.map((column) => columnText(column, table, abilities)),
    ...(table.primaryKey === null ? [] : [primaryKeyText(table.primaryKey)]),
    ...table.uniques.map((unique) => uniqueText(unique, table, abilities)),
    ...table.indexes.map((index) => indexText(index, table, abilities)),
    ...table.foreignKeys.map((key) => foreignKeyText(key, table, abilities)),
    ...table.checks
      .filter((check) => ownerOf(check, table, abilities) === null)
      .map((check) => checkText(check, table)),
  ]
  const name = `${ifNotExists ? 'IF NOT EXISTS ' : ''}${tableText(table, abilities)}`
  return `CREATE TABLE ${name} (\n  ${parts.join(',\n  ')}\n)${optionsText(table)}`
}

function optionsText({ mysql, comment }: Table): string {
  return [
    mysql?.engine == null ? '' : ` ENGINE=${quote(mysql.engine)}`,
    mysql?.charset == null ? '' : ` DEFAULT CHARSET=${quote(mysql.charset)}`,
    mysql?.collation == null ? '' : ` COLLATE=${quote(mysql.collation)}`,
    ...optionTexts(mysql?.options ?? {}).map((text) => ` ${text}`),
    comment === null ? '' : ` COMMENT=${quotedText(comment)}`,
    mysql?.partitions == null ? '' : `\n${mysql.partitions}`,
  ].join('')
}

/** AUTO_INCREMENT wants a key that begins with the column; without one it would be left out, and nobody told. */
export function refuseUnkeyed(table: Table, { product }: Abilities): void {
  const unkeyed = table.columns.find((column) => column.identity !== null && !isKeyed(table, column.name))
  if (unkeyed === undefined) return
  throw new AludelError(
    'unsupported-on-engine',
    `${product} numbers only a column that a key begins with, and no key of table ${tableTitle(table)} begins with "${unkeyed.name}".`,
    {
      hint: `Make "${unkeyed.name}" the primary key, or put a unique constraint or an index on it in the same place.`,
      details: { engine: product, what: 'identity without a key', object: `column "${table.name}.${unkeyed.name}"` },
    },
  )
}
