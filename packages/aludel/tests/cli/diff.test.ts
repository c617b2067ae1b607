// diff and inspect on the command line: what stands on stdout, and how it ends.

import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { chain, command, projectWith, sqliteConfig } from './project.ts'

const a = 'CREATE TABLE user (id integer PRIMARY KEY, name text);\nCREATE TABLE old (id integer PRIMARY KEY);\n'
const b = 'CREATE TABLE user (id integer PRIMARY KEY, full_name text);\n'
const files = { 'a.sql': a, 'b.sql': b }
const between = ['diff', '--from', 'a.sql', '--to', 'b.sql', '--dev', 'sqlite::memory:']

describe('diff', () => {
  test('says what leads from one to the other, and what is lost on the way', async () => {
    const { code, stdout } = await projectWith(files).run(between)
    expect(code).toBe(0)
    expect(stdout).toBe(`3 differences from a.sql to b.sql:
  - drop table "old"
      destroys table old with its rows
  + add column "full_name" to table "user"
  - drop column "name" of table "user"
      destroys column user.name with its values
`)
  })

  test('prints a script and nothing else', async () => {
    const { stdout, stderr } = await projectWith(files).run([...between, '--format', 'sql'])
    expect(stderr).toBe('')
    expect(stdout).toContain('-- destroys: table old with its rows\nDROP TABLE "old";\n')
    expect(stdout).toContain('-- destroys: column user.name with its values\n')
  })

  test('drops and adds, unless it is told what was renamed', async () => {
    const { stdout } = await projectWith(files).run([
      ...between,
      '--format',
      'sql',
      '--rename',
      'user.name=user.full_name',
    ])
    expect(stdout).toContain('ALTER TABLE "user" RENAME COLUMN "name" TO "full_name";')
    expect(stdout).not.toContain('destroys: column')
  })

  test('prints nothing at all where nothing differs', async () => {
    const same = ['diff', '--from', 'a.sql', '--to', 'a.sql', '--dev', 'sqlite:', '--exit-code']
    expect(await projectWith(files).run([...same, '--format', 'sql'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect((await projectWith(files).run(same)).stdout).toBe('a.sql and a.sql are the same.\n')
  })

  test('exits with 3 where that was asked and something differs', async () => {
    expect((await projectWith(files).run([...between, '--exit-code'])).code).toBe(3)
    expect((await projectWith(files).run([...between, '--exit-code', '--json'])).code).toBe(3)
  })

  test('gives operations, statements and the way back as JSON', async () => {
    const answer = await projectWith(files).json([...between, '--format', 'json'])
    expect(Object.keys(answer)).toEqual([
      'from',
      'to',
      'dialect',
      'differences',
      'text',
      'destroys',
      'downgrade',
      'irreversible',
      'statements',
    ])
    expect(answer).toMatchObject({
      from: 'a.sql',
      destroys: [
        { operation: 0, what: 'table old with its rows' },
        { operation: 2, what: 'column user.name with its values' },
      ],
      irreversible: null,
    })
  })

  test('writes a revision that runs', async () => {
    const project = projectWith({ ...files, ...sqliteConfig, 'migrations/versions/.gitkeep': '' })
    const environment = { NO_COLOR: '1', SOURCE_DATE_EPOCH: '1767225600' }
    const empty = ['diff', '--from', 'database', '--to', 'a.sql', '--format', 'revision']
    const { stdout } = await project.run(empty, { environment })
    expect(stdout).toContain("export const createdAt = '2026-01-01T00:00:00Z'")
    expect((await project.run(empty, { environment })).stdout).toBe(stdout)
    project.write({ 'migrations/versions/first.ts': stdout })
    expect((await project.run('upgrade')).code).toBe(0)
    expect((await project.run('diff --from database --to a.sql --exit-code')).code).toBe(0)
    expect((await project.run('diff --from at:head --to database --exit-code')).code).toBe(0)
    expect((await project.run('downgrade base')).code).toBe(0)
  })

  test('takes a program for a source, and tells what it said where it failed', async () => {
    const project = projectWith(files)
    const program = (line: string) => ['diff', '--from', 'a.sql', '--to', `command:${line}`, '--dev', 'sqlite:']
    expect((await project.run([...program('cat b.sql'), '--exit-code'])).code).toBe(3)
    expect((await project.run([...program('cat a.sql | cat'), '--exit-code'])).code).toBe(0)
    expect(await project.failure(program('ls nowhere.sql'))).toMatchObject({
      code: 'command-failed',
      message: expect.stringContaining('nowhere.sql'),
    })
    expect(await project.failure(program('no-such-program-here'))).toMatchObject({ code: 'command-failed' })
    expect(await project.failure(program('true'))).toMatchObject({ code: 'command-printed-nothing' })
  })

  test('ends what it has started when it is interrupted', async () => {
    const project = projectWith({ ...files, 'wait.sh': 'echo $$ > pid\nsleep 60\n' })
    const words = ['diff', '--from', 'a.sql', '--to', 'command:sh wait.sh', '--dev', 'sqlite:', '--json']
    const child = spawn(process.execPath, [command, ...words], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    await expect.poll(() => project.files().includes('pid') && project.read('pid'), { timeout: 20_000 }).toBeTruthy()
    child.kill('SIGINT')
    expect(await ended).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'interrupted' } })
    expect(() => process.kill(Number(project.read('pid')), 0)).toThrow('ESRCH')
  })

  test('tells file and line of SQL that the engine does not take', async () => {
    const project = projectWith({
      'a.sql': a,
      'bad.sql': '-- one\nCREATE TABLE t (id integer);\nCREATE TABEL u (id integer);\n',
    })
    const failed = await project.failure('diff --from a.sql --to bad.sql --dev sqlite:')
    expect(failed).toMatchObject({ code: 'sql-failed', details: { file: 'bad.sql', line: 3 } })
  })

  test.each([
    [['diff', '--from', 'a.sql'], 2, 'usage'],
    [[...between, '--format', 'yaml'], 2, 'usage'],
    [['diff', '--from', 'a.sql', '--to', 'nowhere.sql'], 1, 'unknown-source'],
    [['diff', '--from', 'a.sql', '--to', 'b.sql'], 1, 'dialect-needed'],
    [['diff', '--from', 'a.sql', '--to', 'sqlite:x.db', '--dev', 'mysql://u@h/d'], 1, 'different-engines'],
    [['diff', '--from', 'models', '--to', 'a.sql', '--dev', 'sqlite:'], 1, 'no-schema'],
  ])('%j ends with %i', async (words, code, failure) => {
    const project = projectWith(files)
    expect((await project.run(words)).code).toBe(code)
    expect(await project.failure(words)).toMatchObject({ code: failure })
  })
})

describe('inspect', () => {
  const schema = 'CREATE TABLE team (id integer PRIMARY KEY, name varchar(40) NOT NULL UNIQUE);\n'

  test('writes models that are the database', async () => {
    const project = projectWith({ 'schema.sql': schema })
    const { stdout } = await project.run('inspect schema.sql --dev sqlite:')
    project.write({ 'models.ts': stdout })
    expect(stdout).toContain('  name: string(40).notNull().unique(),\n')
    const url = `sqlite:${project.path('app.db')}`
    expect((await project.run(['diff', '--from', url, '--to', 'models.ts', '--exit-code'])).code).toBe(3)
    const same = ['diff', '--from', 'models.ts', '--to', 'models.ts', '--dev', 'sqlite:', '--exit-code']
    expect((await project.run(same)).code).toBe(0)
  })

  test('shows the database of the project without its bookkeeping', async () => {
    const project = projectWith({ ...sqliteConfig, ...chain('a', 'b<a') })
    await project.run('upgrade')
    const { schema: found } = await project.json<{ readonly schema: { readonly tables: readonly { name: string }[] } }>(
      'inspect',
    )
    expect(found.tables.map(({ name }) => name)).toEqual(['t_a', 't_b'])
    const at = await project.json<{ readonly schema: { readonly tables: readonly { name: string }[] } }>('inspect at:a')
    expect(at.schema.tables.map(({ name }) => name)).toEqual(['t_a'])
  })

  test('draws what refers to what', async () => {
    const references = `${schema}CREATE TABLE player (id integer PRIMARY KEY, "team id" integer REFERENCES team (id));\n`
    const project = projectWith({ 'schema.sql': references })
    const { stdout } = await project.run('inspect schema.sql --dev sqlite: --format mermaid')
    expect(stdout).toMatch(/^erDiagram\n/)
    expect(stdout).toContain('t0 |o--o{ t1 : "team id"')
  })

  test('prints the SQL that makes it', async () => {
    const { stdout } = await projectWith({ 'schema.sql': schema }).run('inspect schema.sql --dev sqlite: --format sql')
    expect(stdout).toContain('CREATE TABLE "team" (')
  })
})
