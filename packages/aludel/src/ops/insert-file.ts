// insertFile: the rows of a file beside the revision. The operation holds the file's name and sum, never a row.

import { AludelError } from '../errors.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { TableName } from '../schema/model.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

import type { BulkInsertOptions, RowsFile } from './surface-options.ts'

export const insertFile: OpDefinition<'insertFile'> = {
  apply: (schema) => schema,
  invert: ({ table, file }) => ({
    irreversible: `Which rows of table ${tableTitle(table)} came from "${file.path}" is not told; write what deletes them as op.execute(...).`,
  }),
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: ({ table, file }) => `insert the rows of "${file.path}" into table ${tableTitle(table)}`,
  print: ({ table, file }, printer) =>
    printer.call(
      'bulkInsert',
      [printer.table(table), printer.data({ [file.format]: file.path })],
      file.format === 'json'
        ? {}
        : {
            ...(file.delimiter === ',' ? {} : { delimiter: file.delimiter }),
            ...(file.null === '' ? {} : { null: file.null }),
          },
    ),
}

/** The operation that inserts a file's rows; `sum` reads the file and answers the sha256 of its content. */
export function insertFileOp(
  table: TableName,
  given: RowsFile,
  options: BulkInsertOptions,
  sum: ((path: string) => string) | null,
): Op<'insertFile'> {
  const isCsv = 'csv' in given
  const path = isCsv ? given.csv : given.json
  requireRelative(path)
  if (!isCsv && Object.keys(options).length > 0) {
    throw new AludelError('misplaced-option', `"${path}" is JSON, which has no delimiter and a NULL of its own.`, {
      hint: 'Leave the options out.',
    })
  }
  const { delimiter = ',', null: nothing = '' } = options
  if (!/^[^"\r\n]$/.test(delimiter)) {
    throw new AludelError('invalid-option', `The delimiter of "${path}" must be one character, and no quote.`)
  }
  if (sum === null) {
    throw new AludelError('no-data-file', `There is no revision file here that "${path}" could lie beside.`)
  }
  const sha256 = sum(path)
  const file = isCsv
    ? ({ format: 'csv', path, sha256, delimiter, null: nothing } as const)
    : ({ format: 'json', path, sha256 } as const)
  return { kind: 'insertFile', table, file }
}

function requireRelative(path: string): void {
  const isRelative = path !== '' && !path.startsWith('/') && !path.includes('\\') && !/^[a-z]:/i.test(path)
  if (isRelative && !path.includes('\0')) return
  throw new AludelError('data-file-outside', `The data file "${path}" is not named by a relative path.`, {
    hint: "Name it from the folder of the revision file, with '/' between folders.",
    details: { path },
  })
}
