// Options of tables, keys and views as clauses.

import { AludelError } from '../../../errors.ts'
import type { PrimaryKey } from '../../../schema/model.ts'
import type { MysqlKey } from '../../../schema/mysql-model.ts'
import type { Abilities } from '../features.ts'
import { quote, quotedText } from '../literal.ts'

/** Options whose values the grammar takes in quotes only. */
const texts = /^(?:CONNECTION|PASSWORD|(?:DATA|INDEX) DIRECTORY|COMPRESSION|ENCRYPTION|\w*ENGINE_ATTRIBUTE)$/

export function optionText(name: string, value: string): string {
  const isWord = /^\w+$/.test(value) && !texts.test(name.toUpperCase())
  return `${optionName(name)}=${isWord || isNameList(value) ? value : quotedText(value)}`
}

/** UNION=(`a`,`b`) */
function isNameList(value: string): boolean {
  return /^\(`(?:[^`]|``)*`(?:,`(?:[^`]|``)*`)*\)$/.test(value)
}

function optionName(name: string): string {
  if (/^\w+(?: \w+)*$/.test(name)) return name.toUpperCase()
  throw new AludelError('invalid-option', `"${name}" is not the name of an option.`, {
    hint: 'Write it as in CREATE TABLE: ROW_FORMAT, KEY_BLOCK_SIZE.',
  })
}

export function optionTexts(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).map(([name, value]) => optionText(name, value))
}

const numbers = /^(?:KEY_BLOCK_SIZE|AVG_ROW_LENGTH|MAX_ROWS|MIN_ROWS|CHECKSUM|DELAY_KEY_WRITE)$/

/** What makes the options of a table those that are wanted: one that goes is set to what it is by itself. */
export function optionChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  const gone = Object.keys(before).filter((name) => after[name] === undefined)
  const come = Object.entries(after).filter(([name, value]) => before[name] !== value)
  return [
    ...gone.map((name) => {
      if (texts.test(name)) return `${optionName(name)}=''`
      return `${optionName(name)}=${numbers.test(name) ? '0' : 'DEFAULT'}`
    }),
    ...come.map(([name, value]) => optionText(name, value)),
  ]
}

/** `(a(10), b DESC)` of plain columns. */
export function keyColumns(columns: readonly string[], length: Readonly<Record<string, number>>): string {
  const parts = columns.map((column) => `${quote(column)}${length[column] === undefined ? '' : `(${length[column]})`}`)
  return `(${parts.join(', ')})`
}

/** What stands behind the columns of a key, with a blank before it; '' for nothing. */
export function keyOptions({ using, comment, options }: MysqlKey): string {
  return [
    ...(using === null ? [] : [`USING ${usingWord(using)}`]),
    ...optionTexts(options),
    ...(comment === null ? [] : [`COMMENT ${quotedText(comment)}`]),
  ]
    .map((text) => ` ${text}`)
    .join('')
}

function usingWord(using: string): string {
  if (/^\w+$/.test(using)) return using.toUpperCase()
  throw new AludelError('invalid-option', `"${using}" is not a kind of index.`, { hint: 'Write BTREE or HASH.' })
}

export function ignoredText(ignored: boolean, { product }: Pick<Abilities, 'product'>): string {
  // https://dev.mysql.com/doc/refman/8.4/en/invisible-indexes.html. Not run.
  return ignored ? ` ${product === 'MySQL' ? 'INVISIBLE' : 'IGNORED'}` : ''
}

export function primaryKeyText({ columns, mysql }: PrimaryKey): string {
  return `PRIMARY KEY ${keyColumns(columns, mysql?.length ?? {})}${mysql === null ? '' : keyOptions(mysql)}`
}

const viewWords: { readonly [name: string]: RegExp } = {
  algorithm: /^(?:undefined|merge|temptable)$/i,
  security: /^(?:definer|invoker)$/i,
  check_option: /^(?:local|cascaded)$/i,
}

/** What stands before VIEW, and behind the query. */
export function viewClauses(options: Readonly<Record<string, string>>): {
  readonly head: string
  readonly ending: string
} {
  const { algorithm, definer, security, check_option: checked } = options
  for (const [name, value] of Object.entries(options)) {
    const isKnown = name === 'definer' ? isUser(value) : viewWords[name]?.test(value)
    if (!isKnown) throw unknownViewOption(name, value)
  }
  return {
    head: [
      algorithm === undefined ? '' : `ALGORITHM=${algorithm.toUpperCase()} `,
      definer === undefined ? '' : `DEFINER=${definer} `,
      security === undefined ? '' : `SQL SECURITY ${security.toUpperCase()} `,
    ].join(''),
    ending: checked === undefined ? '' : `\nWITH ${checked.toUpperCase()} CHECK OPTION`,
  }
}

/** `user`@`host`, as the catalogue writes it. */
function isUser(value: string): boolean {
  return /^`(?:[^`]|``)*`@`(?:[^`]|``)*`$/.test(value)
}

function unknownViewOption(name: string, value: string): AludelError {
  return new AludelError('invalid-option', `A view takes no option ${name} = "${value}" here.`, {
    hint: 'It takes algorithm (merge, temptable), security (invoker), check_option (local, cascaded) and definer (`user`@`host`).',
  })
}
