// Where settings come from, which of them wins, and every kind of config file.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chain, projectWith, revisionFile, sqliteConfig, sqliteProject, type TestProject } from './project.ts'

/** The database's file name that `current` speaks of. */
async function databaseOf(project: TestProject, line: string, environment = {}): Promise<string> {
  const { database } = await project.json<{ readonly database: string }>(`${line} current`, { environment })
  return database.slice(database.lastIndexOf('/') + 1)
}

const config = (url: string) => `export default { url: 'sqlite:${url}' }\n`

test.each([
  ['', {}, 'file.db'],
  ['', { DATABASE_URL: 'sqlite:environment.db' }, 'environment.db'],
  ['', { DATABASE_URL: '' }, 'file.db'],
  ['--url sqlite:flag.db', { DATABASE_URL: 'sqlite:environment.db' }, 'flag.db'],
  ['-u sqlite:flag.db', {}, 'flag.db'],
])('the address: flag, then environment, then file (%s %o)', async (flags, environment, expected) => {
  const project = projectWith({ 'aludel.config.mjs': config('file.db'), ...chain('a1') })
  expect(await databaseOf(project, flags, environment)).toBe(expected)
})

test.each([
  ['', {}, 'found.db'],
  ['', { ALUDEL_CONFIG: 'other/one.mjs' }, 'one.db'],
  ['--config other/two.mjs', { ALUDEL_CONFIG: 'other/one.mjs' }, 'two.db'],
  ['-c other/two.mjs', {}, 'two.db'],
])(
  'the config file: flag, then environment, then the one that is found (%s %o)',
  async (flags, environment, expected) => {
    const project = projectWith({
      'aludel.config.mjs': config('found.db'),
      'other/one.mjs': config('one.db'),
      'other/two.mjs': config('two.db'),
      'other/migrations/versions/a1.ts': revisionFile('a1', []),
      ...chain('a1'),
    })
    expect(await databaseOf(project, flags, environment)).toBe(expected)
  },
)

test.each([
  ['', {}, 'a1'],
  ['', { ALUDEL_DIRECTORY: 'one' }, 'b1'],
  ['--directory two', { ALUDEL_DIRECTORY: 'one' }, 'c1'],
  ['-d two', {}, 'c1'],
])('the folder: flag, then environment, then file (%s %o)', async (flags, environment, expected) => {
  const project = projectWith({
    ...sqliteConfig,
    ...chain('a1'),
    'one/versions/b1.ts': revisionFile('b1', []),
    'two/versions/c1.ts': revisionFile('c1', []),
  })
  expect((await project.run(`${flags} heads`, { environment })).stdout).toBe(`${expected} (head), Make ${expected}\n`)
})

test.each([
  ['', {}, 'file.db'],
  ['', { ALUDEL_ENV: 'staging' }, 'staging.db'],
  ['--env production', { ALUDEL_ENV: 'staging' }, 'production.db'],
  ['--env production --database tenants', {}, 'production_tenants.db'],
  ['--env production', { DATABASE_URL: 'sqlite:environment.db' }, 'production.db'],
  ['--database tenants', { DATABASE_URL: 'sqlite:environment.db' }, 'tenants.db'],
])('environments and databases of the config file (%s %o)', async (flags, environment, expected) => {
  const project = projectWith({
    'aludel.config.json': JSON.stringify({
      url: 'sqlite:file.db',
      databases: { tenants: { url: 'sqlite:tenants.db' } },
      environments: {
        staging: { url: 'sqlite:staging.db' },
        production: { url: 'sqlite:production.db', databases: { tenants: { url: 'sqlite:production_tenants.db' } } },
      },
    }),
    ...chain('a1'),
  })
  expect(await databaseOf(project, flags, environment)).toBe(expected)
})

test('an environment or a database that the config file has not is refused, with those it has', async () => {
  const project = projectWith({ 'aludel.config.json': '{ "url": "sqlite:a.db", "environments": { "staging": {} } }' })
  expect(await project.failure('heads --env stagin')).toMatchObject({
    code: 'unknown-environment',
    hint: expect.stringContaining('staging'),
  })
  expect(await project.failure('heads --database x')).toMatchObject({ code: 'unknown-database' })
})

test('the time to wait for another run: flag, environment, file, each a number', async () => {
  const project = sqliteProject('a1')
  expect(await project.run('upgrade --lock-timeout soon')).toMatchObject({ code: 2 })
  expect(await project.run('upgrade --lock-timeout=-1')).toMatchObject({ code: 2 })
  expect(await project.failure('upgrade', { environment: { ALUDEL_LOCK_TIMEOUT: 'soon' } })).toMatchObject({
    code: 'invalid-environment',
  })
  expect(await project.run('upgrade --lock-timeout 100', { environment: { ALUDEL_LOCK_TIMEOUT: '5' } })).toMatchObject({
    code: 0,
  })
})

test('the config file is looked for upwards, and its paths start from its own folder', async () => {
  const project = projectWith({ ...sqliteConfig, ...chain('a1'), 'src/deep/file.txt': '' })
  const deep = { cwd: project.path('src/deep') }
  expect((await project.run('heads', deep)).stdout).toBe('a1 (head), Make a1\n')
  expect((await project.run('upgrade', deep)).stdout).toContain(`sqlite:${project.path('app.db')}`)
  expect((await project.run('heads -d ../../migrations', deep)).stdout).toBe('a1 (head), Make a1\n')
})

const typed = `import { defineConfig, type Configuration } from 'aludel'

interface Place { readonly file: string }
enum Kind { File = 'kind.db' }
const place: Place = { file: Kind.File } satisfies Place

export default defineConfig({ url: \`sqlite:\${place.file}\` as string } as Configuration)
`

test.each([
  ['ts', typed, 'kind.db'],
  ['ts', `import { defineConfig } from 'aludel'\n\nexport default defineConfig({ url: 'sqlite:x.db' })\n`, 'x.db'],
  ['mts', typed, 'kind.db'],
  ['js', config('x.db'), 'x.db'],
  ['mjs', `import { name } from './name.mjs'\nexport default { url: \`sqlite:\${name}.db\` }\n`, 'imported.db'],
  ['cjs', `module.exports = { url: 'sqlite:x.db' }\n`, 'x.db'],
  ['json', '{ "url": "sqlite:x.db" }', 'x.db'],
  ['ts', `export const config = { url: () => 'sqlite:x.db' }\n`, 'x.db'],
  ['ts', `export default { url: async () => 'sqlite:x.db' }\n`, 'x.db'],
  [
    'ts',
    `import { readFileSync } from 'node:fs'\nexport default { url: readFileSync(new URL('url.txt', import.meta.url), 'utf8') }\n`,
    'u.db',
  ],
])('aludel.config.%s: %s', async (ending, text, expected) => {
  const project = projectWith({
    [`aludel.config.${ending}`]: text,
    'name.mjs': `export const name = 'imported'\n`,
    'url.txt': 'sqlite:u.db',
    ...chain('a1'),
  })
  expect(await databaseOf(project, '')).toBe(expected)
})

test.each([
  ['ts', `const url = await Promise.resolve('sqlite:x.db')\nexport default { url }\n`, 'top-level-await'],
  ['mjs', `const url = await Promise.resolve('sqlite:x.db')\nexport default { url }\n`, 'top-level-await'],
  ['ts', `export const url = 'sqlite:x.db'\n`, 'invalid-config'],
  ['ts', `export default 3\n`, 'invalid-config'],
  ['ts', `export default { url: \n`, 'syntax-error'],
  ['json', '{ "url": ', 'invalid-config'],
  ['json', '[]', 'invalid-config'],
  ['cjs', `module.exports = { url: \n`, 'load-failed'],
  ['ts', `throw new Error('Not today')\n`, 'load-failed'],
  ['ts', `import { x } from './not-there.ts'\nexport default { url: x }\n`, 'load-failed'],
  ['ts', `import x from 'a-package-that-is-not-there'\nexport default { url: x }\n`, 'load-failed'],
  ['ts', `export default { url: () => { throw new Error('No vault') } }\n`, 'config-failed'],
  ['ts', `export default { url: 5 }\n`, 'invalid-config'],
  ['ts', `export default { migrations: 5 }\n`, 'invalid-config'],
  ['ts', `export default { ulr: 'sqlite:x.db' }\n`, 'invalid-config'],
])('a wrong aludel.config.%s is refused by name: %s', async (ending, text, code) => {
  const project = projectWith({ [`aludel.config.${ending}`]: text, ...chain('a1') })
  const failure = await project.failure('current')
  expect(failure).toMatchObject({ code })
  expect(failure.message).toContain(project.path(`aludel.config.${ending}`))
  expect(failure.message).not.toMatch(/\.\.|\bError:/)
})

test('a top-level await is told how to be avoided', async () => {
  const project = projectWith({ 'aludel.config.ts': `export default { url: await Promise.resolve('sqlite:x.db') }\n` })
  expect((await project.failure('heads')).hint).toContain('schema: async () =>')
})

test('an application gives its configuration itself', async () => {
  const project = projectWith({ 'db/versions/a1.ts': revisionFile('a1', []) })
  const answer = await project.run('heads', { name: 'panel db', config: { url: 'sqlite:x.db', migrations: 'db' } })
  expect(answer).toEqual({ code: 0, stdout: 'a1 (head), Make a1\n', stderr: '' })
})

test('several folders of migrations are one graph, and a new revision goes beside its parent or where it is told', async () => {
  const project = projectWith({
    'aludel.config.json': '{ "url": "sqlite:x.db", "migrations": ["core", "forum"] }',
    'core/versions/a1.ts': revisionFile('a1', []),
    'forum/versions/f1.ts': revisionFile('f1', []),
  })
  await project.run('revision --rev-id a2 --head a1')
  await project.run('revision --rev-id f2 --head f1')
  await project.run('revision --rev-id g1 --head base --version-path forum')
  expect(project.files().filter((name) => name.endsWith('.ts'))).toEqual([
    join('core', 'versions', 'a1.ts'),
    join('core', 'versions', 'a2.ts'),
    join('forum', 'versions', 'f1.ts'),
    join('forum', 'versions', 'f2.ts'),
    join('forum', 'versions', 'g1.ts'),
  ])
  expect(await project.failure('revision --head base --rev-id h1')).toMatchObject({ code: 'version-path-needed' })
  expect(await project.failure('revision --head base --rev-id h1 --version-path nope')).toMatchObject({
    code: 'unknown-version-path',
    hint: 'There are: core/versions, forum/versions.',
  })
})
