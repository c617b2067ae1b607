// A table of a million rows made anew on SQLite: by a revision, and by the same copy written by hand for SQLite's shell.

import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, compete } from './measure.ts'
import { revisionHead, writeProject } from './project.ts'

const rows = 1_000_000

export async function benchRebuild({ folder, root, cli, rounds, table }: Bench): Promise<void> {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return
  writeProject(folder, join(root, 'packages/aludel'), { 'one.ts': first, 'two.ts': second })
  const filled = join(folder, 'filled.db')
  const url = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, `${name}.db`)}` })
  execFileSync(process.execPath, [cli, 'upgrade', 'one', '--quiet'], {
    cwd: folder,
    env: { ...process.env, ...url('filled') },
  })
  execFileSync('sqlite3', [filled, fill])
  const script = join(folder, 'by-hand.sql')
  writeFileSync(script, byHand)
  const results = await compete(
    [
      {
        name: 'aludel upgrade',
        command: [process.execPath, cli, 'upgrade', '--quiet'],
        cwd: folder,
        env: url('aludel'),
        before: async () => copyFileSync(filled, join(folder, 'aludel.db')),
      },
      {
        name: 'sqlite3, by hand',
        command: ['sqlite3', '-bail', join(folder, 'hand.db'), `.read ${script}`],
        before: async () => copyFileSync(filled, join(folder, 'hand.db')),
      },
    ],
    rounds,
  )
  table('A check on a table of 1,000,000 rows and two indexes, on SQLite', results, 'sqlite3, by hand')
}

const first = `/** Items */
import type { Operations } from 'aludel'
import { integer, string, text } from 'aludel/schema'

${revisionHead('one', null)}
export function upgrade(op: Operations) {
  op.createTable('item', {
    id: integer().primaryKey(),
    name: string(120).notNull(),
    email: string(200).notNull(),
    amount: integer().notNull(),
    note: text(),
  })
  op.createIndex('ix_item_email', 'item', ['email'])
  op.createIndex('ix_item_name_amount', 'item', ['name', 'amount'])
}

export function downgrade(op: Operations) {
  op.dropTable('item')
}
`

const second = `/** No negative amounts */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

${revisionHead('two', 'one')}
export function upgrade(op: Operations) {
  op.createCheckConstraint('ck_item_amount', 'item', sql\`amount >= 0\`)
}

export function downgrade(op: Operations) {
  op.dropConstraint('ck_item_amount', 'item')
}
`

// Texts in no order, so that the indexes have something to sort.
const fill = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
INSERT INTO item SELECT i, 'name ' || (i * 7919 % 1000003), 'user' || (i * 104729 % 1000003) || '@example.com', i % 1000,
  CASE WHEN i % 3 = 0 THEN 'a note of some length ' || i END FROM n`

const byHand = `PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE item_new (
  id INTEGER NOT NULL CONSTRAINT pk_item PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(200) NOT NULL,
  amount INTEGER NOT NULL,
  note TEXT,
  CONSTRAINT ck_item_amount CHECK (amount >= 0)
);
INSERT INTO item_new (id, name, email, amount, note) SELECT id, name, email, amount, note FROM item;
DROP TABLE item;
ALTER TABLE item_new RENAME TO item;
CREATE INDEX ix_item_email ON item (email);
CREATE INDEX ix_item_name_amount ON item (name, amount);
PRAGMA foreign_key_check;
COMMIT;
PRAGMA foreign_keys = ON;
`
