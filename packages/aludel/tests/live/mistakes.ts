// Mistakes that people make in revisions, one each, and what a test of the revisions must say of it.

import type { TestEngine } from '../engines/index.ts'
import type { RevisionText } from './project.ts'

export interface Mistake {
  readonly title: string
  /** The revision with the mistake; it follows the tables of `tables`. */
  readonly revision: RevisionText
  /** What is found, each code once, in order. */
  readonly codes: readonly string[]
  /** The same where an engine finds more or less: SQLite, which makes tables anew, drops without a word what is not there. */
  readonly on?: Partial<Readonly<Record<TestEngine['name'], readonly string[]>>>
  /** A line of the difference that is told. */
  readonly shows?: RegExp
  /** Why an engine cannot have the mistake. */
  readonly not?: Partial<Readonly<Record<TestEngine['name'], string>>>
  /** Other files that belong to it. */
  readonly files?: Readonly<Record<string, string>>
}

/** Two tables with one of everything that can be lost. */
export const tables: RevisionText = {
  upgrade: `
    op.createTable('team', { id: integer().identity().primaryKey(), name: string(40).notNull() }, (t) => [
      unique('uq_team_name').on(t.name),
    ])
    op.createTable('person', {
      id: integer().identity().primaryKey(),
      team_id: integer(),
      email: string(120).notNull(),
      age: integer().comment('in years'),
      status: string(20).notNull().default('new'),
      mood: enumeration('mood', ['good', 'bad']),
      note: text(),
    }, (t) => [
      foreignKey(['team_id'], 'team', ['id'], { name: 'fk_person_team', onDelete: 'cascade' }),
      check('ck_person_age', sql\`age >= 0\`),
      index('ix_person_status').on(t.status),
    ])`,
  downgrade: `
    op.dropTable('person')
    op.dropTable('team')
    if (op.features.enumTypes) op.dropEnum('mood')`,
}

const autoNamed = 'the engine gives every constraint a name'

export const mistakes: readonly Mistake[] = [
  {
    title: 'a downgrade that forgets an index',
    revision: { upgrade: `op.createIndex('ix_person_email', 'person', ['email'])` },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    shows: /^\+ index ix_person_email of person: on \(email\)/m,
  },
  {
    title: 'a downgrade that forgets a column',
    revision: { upgrade: `op.addColumn('person', 'city', string(20))` },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    shows: /^\+ column person\.city: string\(20\) null/m,
  },
  {
    title: 'a default that is lost',
    revision: {
      upgrade: `op.alterColumn('person', 'status', { default: 'old' })`,
      downgrade: `op.alterColumn('person', 'status', { default: null })`,
    },
    codes: ['downgrade-differs'],
    shows:
      /^- column person\.status: string\(20\) not null default 'new'\n\+ column person\.status: string\(20\) not null$/m,
  },
  {
    title: 'another type than before',
    revision: {
      upgrade: `op.alterColumn('person', 'age', { type: bigint() })`,
      downgrade: `op.alterColumn('person', 'age', { type: smallint() })`,
    },
    codes: ['downgrade-differs'],
  },
  {
    title: 'NOT NULL that is not restored',
    revision: { upgrade: `op.alterColumn('person', 'email', { nullable: true })` },
    codes: ['downgrade-differs'],
    shows: /^- column person\.email: string\(120\) not null\n\+ column person\.email: string\(120\) null$/m,
  },
  {
    title: 'a check that is lost',
    revision: { upgrade: `op.dropConstraint('ck_person_age', 'person', { type: 'check' })` },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    on: { sqlite: ['downgrade-differs'] },
    shows: /^- check ck_person_age of person/m,
  },
  {
    title: 'a unique constraint that is lost',
    revision: {
      upgrade: `
        op.dropConstraint('uq_team_name', 'team', { type: 'unique' })
        op.createIndex('ix_team_name', 'team', ['name'])`,
      downgrade: `op.dropIndex('ix_team_name', 'team')`,
    },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    on: { sqlite: ['downgrade-differs'] },
    shows: /^- unique uq_team_name of team/m,
  },
  {
    title: 'what a foreign key does on delete is lost',
    revision: {
      upgrade: `
        op.dropConstraint('fk_person_team', 'person', { type: 'foreignKey' })
        op.createForeignKey('fk_person_team', 'person', 'team', ['team_id'], ['id'], { onDelete: 'set null' })`,
      downgrade: `
        op.dropConstraint('fk_person_team', 'person', { type: 'foreignKey' })
        op.createForeignKey('fk_person_team', 'person', 'team', ['team_id'], ['id'])`,
    },
    codes: ['downgrade-differs'],
    shows:
      /^- foreign key fk_person_team .* on delete cascade .*\n\+ foreign key fk_person_team .* on delete (?:no action|restrict) /m,
  },
  {
    title: 'a comment that is lost',
    revision: {
      upgrade: `op.alterColumn('person', 'age', { comment: 'at the last birthday' })`,
      downgrade: `op.alterColumn('person', 'age', { comment: null })`,
    },
    codes: ['downgrade-differs'],
    shows: /^- column person\.age: .*in years/m,
    not: { sqlite: 'the engine keeps no comments' },
  },
  {
    title: 'a value of an enumeration that stays',
    revision: { upgrade: `op.addEnumValue('mood', 'fair', { columns: [{ table: 'person', column: 'mood' }] })` },
    codes: ['downgrade-differs'],
    on: { postgres: ['downgrade-differs', 'upgrade-again-failed'] },
    shows: /'fair'/,
  },
  {
    title: 'a data migration that loses rows',
    revision: { upgrade: `op.execute(sql\`DELETE FROM person WHERE note IS NULL\`)` },
    codes: ['rows-lost'],
    shows: /^- row of person: .*note = null/m,
  },
  {
    title: 'a data migration that cuts values',
    revision: { upgrade: `op.execute(sql\`UPDATE person SET note = substr(note, 1, 10)\`)` },
    codes: ['rows-differ'],
    shows: /^- person\.note where id = 1: .*\n\+ person\.note where id = 1: '.{10}'$/m,
  },
  {
    title: 'a downgrade that loses rows',
    revision: {
      upgrade: `op.addColumn('person', 'city', string(20))`,
      downgrade: `
        op.execute(sql\`DELETE FROM person WHERE city IS NULL\`)
        op.dropColumn('person', 'city')`,
    },
    codes: ['rows-lost'],
  },
  {
    title: 'rows that an upgrade brings and a downgrade leaves',
    revision: { upgrade: `op.bulkInsert('team', [{ name: 'Ops' }])`, downgrade: `` },
    codes: ['rows-left', 'upgrade-again-failed'],
    shows: /^\+ row of team: .*name = 'Ops'/m,
  },
  {
    title: 'a column that is dropped and added instead of renamed',
    revision: {
      upgrade: `
        op.execute(['ALTER TABLE person DROP COLUMN note', 'ALTER TABLE person ADD COLUMN remark text'], {
          effects: (o) => o.renameColumn('person', 'note', 'remark'),
        })`,
      downgrade: `op.renameColumn('person', 'remark', 'note')`,
    },
    codes: ['rows-differ'],
    not: { mysql: 'text is another type than what the models call text, which is found as well' },
  },
  {
    title: 'a table that is made anew without its trigger',
    revision: {
      upgrade: `
        op.execute([
          'CREATE TABLE person_new (id integer PRIMARY KEY, name text)',
          'INSERT INTO person_new (id, name) SELECT id, name FROM watched',
          'DROP TABLE watched',
          'ALTER TABLE person_new RENAME TO watched',
        ])`,
    },
    files: {
      'migrations/versions/a2.ts': `/** A table with a trigger */
        import type { Operations } from 'aludel'
        import { integer, text } from 'aludel/schema'
        export const revision = 'a2'
        export const downRevision = 'a'
        export function upgrade(op: Operations) {
          op.createTable('watched', { id: integer().primaryKey(), name: text() })
          op.createTrigger('tr_watched', 'watched', "CREATE TRIGGER tr_watched AFTER UPDATE ON watched BEGIN UPDATE watched SET name = 'x' WHERE id = -1; END")
        }
        export function downgrade(op: Operations) {
          op.dropTable('watched')
        }`,
    },
    codes: ['downgrade-differs'],
    shows: /^- trigger tr_watched/m,
    not: { postgres: 'tables are not made anew to be changed', mysql: 'tables are not made anew to be changed' },
  },
  {
    title: 'rows that change where the operations say nothing of them',
    revision: {
      upgrade: `op.bulkInsert('team', [{ id: 90, name: 'Ops' }])`,
      downgrade: `op.execute('DELETE FROM team WHERE id = 90')`,
    },
    files: {
      'migrations/versions/a2.ts': `/** A trigger */
        import type { Operations } from 'aludel'
        export const revision = 'a2'
        export const downRevision = 'a'
        export function upgrade(op: Operations) {
          op.createTrigger('tr_seen', 'team', "CREATE TRIGGER tr_seen AFTER INSERT ON team BEGIN UPDATE person SET note = 'seen ' || NEW.id; END")
        }
        export function downgrade(op: Operations) {
          op.dropTrigger('tr_seen', 'team')
        }`,
    },
    codes: ['rows-changed-upgrading', 'rows-differ'],
    not: { postgres: 'its triggers need a function', mysql: 'its triggers are written otherwise' },
  },
  {
    title: 'a downgrade that fails',
    revision: {
      upgrade: `op.addColumn('person', 'city', string(20))`,
      downgrade: `op.execute(sql\`DELETE FROM nobody\`)`,
    },
    codes: ['downgrade-failed'],
  },
  {
    title: 'a downgrade that throws by mistake',
    revision: {
      upgrade: `op.addColumn('person', 'city', string(20))`,
      downgrade: `(op as any).dropColumns('person', 'city')`,
    },
    codes: ['downgrade-failed'],
  },
  {
    title: 'an upgrade that fails where there are rows',
    revision: {
      upgrade: `op.addColumn('person', 'city', string(20).notNull())`,
      downgrade: `op.dropColumn('person', 'city')`,
    },
    codes: ['upgrade-failed'],
    not: { mysql: 'rows get an empty text by themselves' },
  },
  {
    title: 'something that an upgrade cannot make twice',
    revision: { upgrade: `op.createView('people', 'SELECT id, email FROM person')` },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    shows: /^\+ view people/m,
  },
  {
    title: 'a type that is left behind',
    revision: {
      upgrade: `
        op.execute("CREATE TYPE size AS ENUM ('s', 'm')")
        op.execute('ALTER TABLE person ADD COLUMN size size')`,
      downgrade: `op.dropColumn('person', 'size')`,
    },
    codes: ['downgrade-differs', 'upgrade-again-failed'],
    shows: /^\+ enum size: 's', 'm'/m,
    not: { sqlite: 'there are no types to make', mysql: 'there are no types to make' },
  },
  {
    title: 'effects that say something else than the SQL does',
    revision: {
      upgrade: `op.execute('ALTER TABLE person ADD COLUMN size integer', { effects: (o) => o.addColumn('person', 'width', integer()) })`,
      downgrade: `op.dropColumn('person', 'size')`,
    },
    codes: ['operations-differ'],
    shows:
      /^- column person\.width: integer null\n\+ column person\.size: integer null|^\+ column person\.size: integer null\n- column person\.width: integer null/m,
  },
  {
    title: 'a constraint without a name',
    revision: {
      upgrade: `op.execute('CREATE TABLE badge (id integer PRIMARY KEY, age integer CHECK (age > 1))')`,
      downgrade: `op.dropTable('badge')`,
    },
    codes: ['unnamed-constraint'],
    not: { postgres: autoNamed, mysql: autoNamed },
  },
  {
    title: 'a test of its own that fails',
    revision: {
      body: `
        export function upgrade(op: Operations) { op.execute(sql\`UPDATE person SET note = upper(note)\`) }
        export function downgrade(op: Operations) {}
        export const test = {
          before: ({ db }) => db.query("INSERT INTO person (email, note) VALUES ('own', 'own')"),
          after: async ({ db }) => {
            const { rows } = await db.query("SELECT note FROM person WHERE email = 'own'")
            if (rows[0].note !== 'own') throw new Error('the note has changed to ' + rows[0].note)
          },
          rows: 'changed',
        }`,
    },
    codes: ['test-failed'],
  },
]
