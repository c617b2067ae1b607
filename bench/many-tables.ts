// Models of many tables, alike for Aludel and for Alembic: 12 columns, a foreign key, an index, a unique and a check each.

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A project whose models are as many tables as `BENCH_TABLES` says, and which has no revision yet. */
export function writeManyTables(folder: string, aludelPackage: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(aludelPackage, join(folder, 'node_modules/aludel'))
  writeFileSync(
    join(folder, 'aludel.config.ts'),
    `import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n`,
  )
  writeFileSync(join(folder, 'models.ts'), models)
}

// Every table refers to one that is made before it, and the first to itself.
const models = `import { bigint, boolean, check, defineSchema, foreignKey, index, integer, now, numeric, rawSql, string, table, text, timestamp, unique } from 'aludel/schema'

const nameOf = (at: number) => \`table_\${String(at).padStart(5, '0')}\`

export const schema = defineSchema(Array.from({ length: Number(process.env.BENCH_TABLES) }, (_, at) => {
  const name = nameOf(at)
  return table(name, {
    id: integer().identity().primaryKey(\`pk_\${name}\`),
    parentId: integer('parent_id').notNull(),
    name: string(120).notNull(),
    email: string(200).notNull(),
    status: string(32).notNull().default('new'),
    active: boolean().notNull().default(true),
    amount: numeric(10, 2),
    score: integer().notNull().default(0),
    views: bigint().notNull().default(0),
    note: text(),
    changedAt: timestamp('changed_at'),
    createdAt: timestamp('created_at').notNull().default(now()),
  }, (t) => [
    foreignKey(['parent_id'], nameOf(Math.floor(at / 2)), ['id'], { name: \`fk_\${name}\` }),
    index(\`ix_\${name}\`).on(t.status, t.createdAt),
    unique(\`uq_\${name}\`).on(t.email),
    check(\`ck_\${name}\`, rawSql(\`score >= 0 AND score < \${1000 + at}\`)),
  ])
}))
`

/** The same tables as SQLAlchemy's models, with empty revisions of these names: the database is there already. */
export function writeAlembicTables(folder: string, revisions: readonly string[]): void {
  mkdirSync(join(folder, 'migrations/versions'), { recursive: true })
  writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = migrations\n')
  writeFileSync(join(folder, 'migrations/script.py.mako'), template)
  writeFileSync(join(folder, 'migrations/env.py'), environment)
  for (const [at, id] of revisions.entries()) {
    const down = at === 0 ? 'None' : `'${revisions[at - 1]}'`
    writeFileSync(join(folder, `migrations/versions/${id}.py`), revision(id, down))
  }
}

/** The ids of a project's revisions, from its base to its head, one of them on another. */
export function idsInLine(files: readonly string[]): readonly string[] {
  const headers = files.map((file) => readFileSync(file, 'utf8'))
  const after = new Map(headers.map((text) => [quotedAfter(text, 'downRevision'), quotedAfter(text, 'revision')]))
  const line: string[] = []
  for (let id = after.get(null); id != null; id = after.get(id)) line.push(id)
  return line
}

function quotedAfter(text: string, name: string): string | null {
  return new RegExp(`^export const ${name} = '([^']*)'`, 'm').exec(text)?.[1] ?? null
}

const template =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Mako's own placeholders.
  '"""${message}"""\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\n\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n'

function revision(id: string, down: string): string {
  return `revision = '${id}'\ndown_revision = ${down}\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`
}

// Ours of the two tables of bookkeeping is a stranger to Alembic.
const environment = `import os
import sqlalchemy as sa
from alembic import context

metadata = sa.MetaData()
name_of = lambda at: 'table_%05d' % at
for at in range(int(os.environ['BENCH_TABLES'])):
    name = name_of(at)
    sa.Table(
        name, metadata,
        sa.Column('id', sa.Integer, sa.Identity()),
        sa.Column('parent_id', sa.Integer, nullable=False),
        sa.Column('name', sa.String(120), nullable=False),
        sa.Column('email', sa.String(200), nullable=False),
        sa.Column('status', sa.String(32), server_default='new', nullable=False),
        sa.Column('active', sa.Boolean, server_default=sa.true(), nullable=False),
        sa.Column('amount', sa.Numeric(10, 2)),
        sa.Column('score', sa.Integer, server_default='0', nullable=False),
        sa.Column('views', sa.BigInteger, server_default='0', nullable=False),
        sa.Column('note', sa.Text),
        sa.Column('changed_at', sa.DateTime),
        sa.Column('created_at', sa.DateTime, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_' + name),
        sa.ForeignKeyConstraint(['parent_id'], [name_of(at // 2) + '.id'], name='fk_' + name),
        sa.Index('ix_' + name, 'status', 'created_at'),
        sa.UniqueConstraint('email', name='uq_' + name),
        sa.CheckConstraint('score >= 0 AND score < %d' % (1000 + at), name='ck_' + name),
    )

def include_name(name, kind, parents):
    return name != 'aludel_history'

engine = sa.create_engine(os.environ['DATABASE_URL'])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True, include_name=include_name)
    with context.begin_transaction():
        context.run_migrations()
`
