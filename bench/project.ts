// The same chain of revisions three times: for Aludel, for Alembic, and as the models that both compare with.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ChainSize {
  readonly revisions: number
  readonly tables: number
}

interface Node {
  readonly id: string
  readonly down: readonly string[]
  /** The table that it creates; null for a merge, or once every table is there. */
  readonly table: number | null
  /** The table that gets another column; null for all others. */
  readonly extra: number | null
}

/** Every tenth revision is a merge of the two before it, which both follow the third. */
export function chain({ revisions, tables }: ChainSize): readonly Node[] {
  const nodes: Node[] = []
  let table = 0
  let extra = 0
  for (let at = 0; at < revisions; at += 1) {
    const id = identifier(at)
    const before = (distance: number) => (at >= distance ? [identifier(at - distance)] : [])
    if (at % 10 === 9) nodes.push({ id, down: [identifier(at - 2), identifier(at - 1)], table: null, extra: null })
    else if (at % 10 === 8) nodes.push({ id, down: before(2), ...take() })
    else nodes.push({ id, down: before(1), ...take() })
  }
  return nodes

  function take(): Pick<Node, 'table' | 'extra'> {
    if (table < tables) return { table: table++, extra: null }
    return { table: null, extra: extra++ % tables }
  }
}

function identifier(at: number): string {
  return `r${String(at).padStart(5, '0')}`
}

const tableName = (table: number) => `table_${String(table).padStart(4, '0')}`

/** Writes an Aludel project into `folder`; `packages` holds the package itself. */
export function writeAludelProject(folder: string, size: ChainSize, aludelPackage: string): void {
  const revisions = chain(size).map((node): [string, string] => [`${node.id}_step.ts`, aludelRevision(node)])
  writeProject(folder, aludelPackage, Object.fromEntries(revisions))
  writeFileSync(join(folder, 'models.ts'), aludelModels(size))
}

/** A project of these files in its `versions`, by name. */
export function writeProject(folder: string, aludelPackage: string, versions: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, 'migrations/versions'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(aludelPackage, join(folder, 'node_modules/aludel'))
  writeFileSync(
    join(folder, 'aludel.config.ts'),
    `import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n`,
  )
  for (const [name, text] of Object.entries(versions)) {
    writeFileSync(join(folder, 'migrations/versions', name), text)
  }
}

/** The head of a revision file that these tell apart. */
export function revisionHead(id: string, down: string | null): string {
  return `export const revision = '${id}'\nexport const downRevision = ${down === null ? 'null' : `'${down}'`}\nexport const branchLabels = null\nexport const dependsOn = null\nexport const createdAt = '2026-11-23T10:00:00Z'\n`
}

function aludelRevision(node: Node): string {
  const down =
    node.down.length === 0 ? 'null' : node.down.length === 1 ? `'${node.down[0]}'` : `['${node.down.join("', '")}']`
  const head = `export const revision = '${node.id}'\nexport const downRevision = ${down}\nexport const branchLabels = null\nexport const dependsOn = null\nexport const createdAt = '2026-11-23T10:00:00Z'\n`
  if (node.table !== null) {
    const name = tableName(node.table)
    return `/** Create ${name} */
import type { Operations } from 'aludel'
import { boolean, integer, now, string, timestamp, unique } from 'aludel/schema'

${head}
export function upgrade(op: Operations) {
  op.createTable('${name}', {
    id: integer().identity().primaryKey(),
    name: string(120).notNull(),
    email: string(200).notNull(),
    active: boolean().notNull().default(true),
    created_at: timestamp().notNull().default(now()),
  }, (t) => [unique('uq_${name}_email').on(t.email)])
}

export function downgrade(op: Operations) {
  op.dropTable('${name}')
}
`
  }
  if (node.extra !== null) {
    const name = tableName(node.extra)
    return `/** Add a note to ${name} */
import type { Operations } from 'aludel'
import { text } from 'aludel/schema'

${head}
export function upgrade(op: Operations) {
  op.addColumn('${name}', 'note', text())
}

export function downgrade(op: Operations) {
  op.dropColumn('${name}', 'note')
}
`
  }
  return `/** Merge */
import type { Operations } from 'aludel'

${head}
export function upgrade(_op: Operations) {}

export function downgrade(_op: Operations) {}
`
}

function noted(size: ChainSize): ReadonlySet<number> {
  return new Set(chain(size).flatMap((node) => (node.extra === null ? [] : [node.extra])))
}

function aludelModels(size: ChainSize): string {
  const notes = noted(size)
  const tables = Array.from({ length: size.tables }, (_, table) => {
    const note = notes.has(table) ? ' note: text(),' : ''
    return `  table('${tableName(table)}', { id: integer().identity().primaryKey(), name: string(120).notNull(), email: string(200).notNull(), active: boolean().notNull().default(true), createdAt: timestamp('created_at').notNull().default(now()),${note} }, (t) => [unique().on(t.email)]),`
  })
  return `import { boolean, defineSchema, integer, now, string, table, text, timestamp, unique } from 'aludel/schema'\nexport const schema = defineSchema([\n${tables.join('\n')}\n])\n`
}

/** Writes the same chain as an Alembic project. */
export function writeAlembicProject(folder: string, size: ChainSize): void {
  mkdirSync(join(folder, 'migrations/versions'), { recursive: true })
  writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = migrations\n')
  writeFileSync(
    join(folder, 'migrations/script.py.mako'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Mako's own placeholders.
    '"""${message}"""\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\nbranch_labels = None\ndepends_on = None\n\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\n\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n',
  )
  writeFileSync(join(folder, 'migrations/env.py'), alembicEnvironment(size))
  for (const node of chain(size))
    writeFileSync(join(folder, 'migrations/versions', `${node.id}_step.py`), alembicRevision(node))
}

function alembicRevision(node: Node): string {
  const down =
    node.down.length === 0 ? 'None' : node.down.length === 1 ? `'${node.down[0]}'` : `('${node.down.join("', '")}')`
  const name = node.table !== null ? tableName(node.table) : node.extra !== null ? tableName(node.extra) : ''
  const [up, back] =
    node.table !== null
      ? [
          `op.create_table('${name}', sa.Column('id', sa.Integer, sa.Identity(), primary_key=True), sa.Column('name', sa.String(120), nullable=False), sa.Column('email', sa.String(200), nullable=False), sa.Column('active', sa.Boolean, server_default=sa.true(), nullable=False), sa.Column('created_at', sa.DateTime, server_default=sa.func.now(), nullable=False), sa.UniqueConstraint('email', name='uq_${name}_email'))`,
          `op.drop_table('${name}')`,
        ]
      : node.extra !== null
        ? [`op.add_column('${name}', sa.Column('note', sa.Text))`, `op.drop_column('${name}', 'note')`]
        : ['pass', 'pass']
  return `"""step"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '${node.id}'\ndown_revision = ${down}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    ${up}\n\n\ndef downgrade():\n    ${back}\n`
}

function alembicEnvironment(size: ChainSize): string {
  const notes = [...noted(size)].join(', ')
  return `import os
import sqlalchemy as sa
from alembic import context

metadata = sa.MetaData()
noted = {${notes}}
for i in range(${size.tables}):
    n = 'table_%04d' % i
    more = [sa.Column('note', sa.Text)] if i in noted else []
    sa.Table(n, metadata, sa.Column('id', sa.Integer, sa.Identity(), primary_key=True), sa.Column('name', sa.String(120), nullable=False), sa.Column('email', sa.String(200), nullable=False), sa.Column('active', sa.Boolean, server_default=sa.true(), nullable=False), sa.Column('created_at', sa.DateTime, server_default=sa.func.now(), nullable=False), *more, sa.UniqueConstraint('email', name='uq_%s_email' % n))

engine = sa.create_engine(os.environ['DATABASE_URL'])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
`
}
