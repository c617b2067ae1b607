// A revision file written in one line: `c<a,b depends=x label=forum makes=user needs=role date=2026-03-01 file=003_c`.

export interface Written {
  /** Without its ending. */
  readonly file: string
  readonly text: string
}

/** Without `makes`, `needs` or `runs` the revision makes a table `t_<id>`; `makes=` alone makes nothing. */
export function writtenRevision(line: string): Written {
  const [head = '', ...words] = line.split(/\s+/)
  const [id = '', parents = ''] = head.split('<')
  const given = new Map(words.map((word) => word.split('=') as [string, string]))
  const listed = (key: string) =>
    given
      .get(key)
      ?.split(',')
      .filter((name) => name !== '') ?? []
  const made = given.has('makes') || given.has('needs') || given.has('runs') ? listed('makes') : [`t_${id}`]
  const upgrade = [
    ...listed('needs').map((table) => `op.addColumn('${table}', 'by_${id}', integer())`),
    ...made.map((table) => `op.createTable('${table}', { id: integer().primaryKey() })`),
    ...listed('runs').map((table) => `op.execute('CALL ${table}()')`),
  ]
  const downgrade = [
    ...made.map((table) => `op.dropTable('${table}')`),
    ...listed('needs').map((table) => `op.dropColumn('${table}', 'by_${id}')`),
  ]
  const revises = given.get('revises')
  return {
    file: given.get('file') ?? id,
    text: `/** Make ${id}${revises === undefined ? '' : `\n *\n * Revises: ${revises}\n`} */
import type { Operations } from 'aludel'
import { integer } from 'aludel/schema'

export const revision = '${id}'
export const downRevision = ${literal(parents.split(','))}
export const branchLabels = ${literal(listed('label'))}
export const dependsOn = ${literal(listed('depends'))}
export const createdAt = '${given.get('date') ?? '2026-01-02'}T03:04:05Z'

export function upgrade(op: Operations) {${block(upgrade)}}

export function downgrade(op: Operations) {${block(downgrade)}}
`,
  }
}

function literal(names: readonly string[]): string {
  const quoted = names.filter((name) => name !== '').map((name) => `'${name}'`)
  if (quoted.length === 0) return 'null'
  return quoted.length === 1 ? (quoted[0] ?? '') : `[${quoted.join(', ')}]`
}

function block(statements: readonly string[]): string {
  return statements.length === 0 ? '' : `\n${statements.map((statement) => `  ${statement}\n`).join('')}`
}
