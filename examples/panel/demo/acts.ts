// The acts of the demonstration: each says what it is about, runs real commands, and looks whether they did it.

import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Copy, copyPanel, mustBe, panelAt, print, say } from './stage.ts'

interface Current {
  readonly rows: readonly string[]
  readonly atHead: boolean
}
interface Listed {
  readonly revisions: readonly { readonly id: string; readonly message: string; readonly path: string }[]
}
interface Written {
  readonly revision: { readonly id: string; readonly path: string }
}

const firstHead = '47b0e3d6f8c2'

async function mustBeAt(panel: Copy, ...ids: readonly string[]): Promise<void> {
  const { rows } = await panel.facts<Current>('current')
  mustBe(
    [...rows].sort().join() === [...ids].sort().join(),
    `the database to be at ${ids.join(' and ') || 'nothing'}`,
    rows,
  )
}

async function newest(panel: Copy, message: string): Promise<Written['revision']> {
  const { revisions } = await panel.facts<Listed>('history')
  const found = revisions.filter((revision) => revision.message === message)
  mustBe(
    found.length === 1,
    `one revision "${message}"`,
    revisions.map((revision) => revision.message),
  )
  return found[0] as Written['revision']
}

export async function upgradeFromNothing(panel: Copy): Promise<void> {
  say('1. An empty database. One command brings it to where the code expects it.')
  await panel.db('upgrade', { code: 0, says: ['14 revisions'] })
  await panel.db('current', { code: 0, says: [firstHead, '(head)'] })
  await mustBeAt(panel, firstHead)
  const categories = await panel.query<{ name: string }>('SELECT name FROM forum_category ORDER BY position')
  mustBe(
    categories.map(({ name }) => name).join() === 'News,General',
    'the two categories that a revision brings',
    categories,
  )
}

export async function historyAsGraph(panel: Copy): Promise<void> {
  say('2. How it came to be. The forum grew on a branch of its own, which was merged.')
  const { output } = await panel.db('history', {
    code: 0,
    says: ['|\\', '|/', '(mergepoint)', '(branchpoint)', '(forum)'],
  })
  const { revisions } = await panel.facts<Listed>('history')
  mustBe(revisions.length === 14, 'fourteen revisions', String(revisions.length))
  for (const { id } of revisions) mustBe(output.includes(id), `the graph to show ${id}`, output)
}

export async function changeTheModel(panel: Copy): Promise<string> {
  say('3. The model changes: a server gets a limit of players. Database and model disagree now.')
  panel.insert(
    'src/models.ts',
    '    settings: json().as<ServerSettings>(),',
    "    maxPlayers: integer('max_players').notNull().default(16),",
  )
  await panel.db('check', { code: 3, says: ['max_players'] })
  say('   Aludel writes the revision that makes them agree.')
  await panel.db('migrate -m "Add player limit"', { code: 0, says: ['max_players'] })
  const { id, path } = await newest(panel, 'Add player limit')
  const text = panel.show(path)
  mustBe(text.includes(`downRevision = '${firstHead}'`), `the revision to follow ${firstHead}`, text)
  mustBe(
    /addColumn\('server', 'max_players'/.test(text) && /dropColumn\('server', 'max_players'/.test(text),
    'a way up and a way down',
    text,
  )
  say('   It is read, found right, and applied.')
  await panel.db('upgrade', { code: 0, says: [id] })
  await panel.db('check', { code: 0, says: ['agree'] })
  await mustBeAt(panel, id)
  return id
}

export async function askForHealth(panel: Copy, head: string): Promise<void> {
  say('4. The Panel runs, and says over HTTP how its database stands. Somebody opens an account and adds a server.')
  const { url, stop } = await panel.serve()
  const response = await fetch(`${url}/health`)
  const health = (await response.json()) as { status: string; database: { current: readonly string[] } }
  print(`$ curl ${url}/health\n${response.status} ${JSON.stringify(health)}`)
  mustBe(response.status === 200 && health.database.current.join() === head, `200 and the revision ${head}`, health)
  const post = async (path: string, body: object, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } },
    })
    const told = (await answer.json()) as { token: string }
    print(`$ curl ${url}${path} --json '${JSON.stringify(body)}'\n${answer.status}`)
    mustBe(answer.status === 201, `201 for POST ${path}`, told)
    return told
  }
  const account = { email: 'ada@example.org', password: 'correct horse', firstName: 'Ada', lastName: 'Lovelace' }
  const { token } = await post('/api/users', account)
  await post(
    '/api/servers',
    { name: 'First', host: 'et.example.org', port: 27960 },
    { Authorization: `Bearer ${token}` },
  )
  await stop()
}

export async function downAndUpAgain(panel: Copy, head: string): Promise<void> {
  say('5. One step back and forth again. What is in the tables stays.')
  await panel.db('downgrade -1', { code: 0, says: [head] })
  await mustBeAt(panel, firstHead)
  const columns = Object.keys((await panel.query<object>('SELECT * FROM server'))[0] ?? {})
  mustBe(
    columns.includes('name') && !columns.includes('max_players'),
    'the row without the column max_players',
    columns,
  )
  await panel.db('upgrade', { code: 0, says: [head] })
  const rows = await panel.query<{ name: string; max_players: number }>('SELECT name, max_players FROM server')
  print(`SELECT name, max_players FROM server: ${JSON.stringify(rows)}`)
  mustBe(JSON.stringify(rows) === '[{"name":"First","max_players":16}]', 'the server "First" with 16 players', rows)
}

export async function twoPeople(panel: Copy, url: string, head: string): Promise<void> {
  say(
    '6. Two people work on the same day. Ada writes a revision here, Bob one in his clone; then both are pulled together.',
  )
  const bob = panelAt(copyPanel(join(panel.folder, '../bob'), panel.folder), url)
  print('Ada:')
  const biography = ['    status: string(32).notNull(),', '    biography: text(),'] as const
  panel.insert('src/models.ts', ...biography)
  await panel.db('migrate -m "Add user biography"', { code: 0 })
  print('Bob:')
  const region = ['    description: string(512),', '    region: string(32),'] as const
  bob.insert('src/models.ts', ...region)
  await bob.db('migrate -m "Add server region"', { code: 0 })
  const ofBob = await newest(bob, 'Add server region')
  print(`\n$ git pull\nboth: src/models.ts, migrations/versions/${basename(ofBob.path)}`)
  panel.insert('src/models.ts', ...region)
  cpSync(join(bob.folder, ofBob.path), join(panel.folder, ofBob.path))
  const ofAda = await newest(panel, 'Add user biography')

  say('   Now the chain has two heads, and "the head" says nothing any more.')
  await panel.db('heads', { code: 0, says: [ofAda.id, ofBob.id] })
  const { output } = await panel.db('upgrade', { code: 1, says: ['head'] })
  mustBe(output.includes('merge'), 'the refusal to say what to type', output)
  await mustBeAt(panel, head)

  say('   A merge joins them, and the database follows both.')
  await panel.db('merge -m "Merge biography and region" heads', { code: 0 })
  const merge = await newest(panel, 'Merge biography and region')
  await panel.db('upgrade', { code: 0, says: [merge.id] })
  await panel.db(`history -r ${head}:`, { code: 0, says: [merge.id, ofAda.id, ofBob.id, '|\\'] })
  await panel.db('check', { code: 0, says: ['agree'] })
  await mustBeAt(panel, merge.id)
}

export async function takeover(panel: Copy, url: string): Promise<void> {
  say('7. A database that was made by hand: all the tables are there, but nothing says at which revision they are.')
  const { output: script } = await panel.db('upgrade --sql', { code: 0, shown: false })
  print(
    '$ panel db upgrade --sql > panel.sql\n(somebody runs panel.sql with another tool, and drops the table alembic_version, which means nothing to that tool)',
  )
  const other = panelAt(panel.folder, url)
  await other.run(script)
  await other.run('DROP TABLE alembic_version')
  await other.db('current', { code: 0 })
  await mustBeAt(other)
  await other.db('upgrade', { code: 1, says: ['already', 'stamp'] })
  say('   Stamping says where it is, and runs nothing. From here on it is a database like any other.')
  await other.db('stamp head', { code: 0 })
  await other.db('check', { code: 0, says: ['agree'] })
  await other.db('upgrade', { code: 0, says: ['Nothing to do'] })
}
