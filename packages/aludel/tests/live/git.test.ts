// What git knows of the revision files, asked of real repositories.

import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { ownModules } from '../../src/index/own.ts'
import { filesAfterMerge, type GitOptions, gitFacts } from '../../src/project/git.ts'
import { openProject } from '../../src/project/project.ts'
import { scriptsFrom } from '../../src/project/scripts.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-git-')))
afterAll(() => rmSync(home, { recursive: true }))
let folders = 0

const start = 1_790_000_000
const settings = [
  'user.name=A',
  'user.email=a@example.org',
  'commit.gpgsign=false',
  'core.autocrlf=false',
  'init.defaultBranch=main',
  'protocol.file.allow=always',
]

interface Work {
  readonly root: string
  git(...options: readonly string[]): string
  write(files: Readonly<Record<string, string | null>>): void
  /** Commits these files; each commit is a minute later than the one before. */
  commit(files: Readonly<Record<string, string | null>>): string
}

function workIn(root: string): Work {
  mkdirSync(root, { recursive: true })
  let commits = 0
  const git = (...options: readonly string[]) => {
    const date = `${start + commits * 60} +0000`
    return execFileSync('git', [...settings.flatMap((one) => ['-c', one]), ...options], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_NOSYSTEM: '1', HOME: home },
    }).trim()
  }
  const write = (files: Readonly<Record<string, string | null>>) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, path)
      if (text === null) rmSync(file)
      else {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
    }
  }
  const commit = (files: Readonly<Record<string, string | null>>) => {
    write(files)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', `commit ${commits}`)
    commits += 1
    return git('rev-parse', 'HEAD')
  }
  return { root, git, write, commit }
}

function repository(): Work {
  folders += 1
  const work = workIn(join(home, `${folders}`))
  work.git('init', '--quiet')
  return work
}

function clone(from: Work, ...options: readonly string[]): Work {
  folders += 1
  from.git('clone', '--quiet', ...options, `file://${from.root}`, join(home, `${folders}`))
  return workIn(join(home, `${folders}`))
}

const projectIn = (cwd: string, migrations: string | readonly string[] = 'migrations') =>
  openProject({ cwd, config: { migrations }, environment: {}, own: async () => ownModules() })

async function factsIn(cwd: string, options: GitOptions = {}) {
  const facts = gitFacts(await projectIn(cwd), options)
  if (facts === null) throw new Error('There is a repository.')
  return facts
}

const at = 'migrations/versions'
const header = (id: string, down: string | null = null, body = '') =>
  `/** ${id} */\nexport const revision = '${id}'\nexport const downRevision = ${down === null ? 'null' : `'${down}'`}\n\nexport function upgrade() {}\n${body}`
const minute = (count: number) => start + count * 60

const environment = { ...process.env }
afterEach(() => {
  for (const name of ['PATH', 'GIT_DIR', 'GIT_TRACE']) {
    if (environment[name] === undefined) delete process.env[name]
    else process.env[name] = environment[name]
  }
})

describe('there are no facts', () => {
  test('outside a repository', async () => {
    mkdirSync(join(home, 'none'), { recursive: true })
    expect(gitFacts(await projectIn(join(home, 'none')))).toBeNull()
  })

  test('where the program git is missing', async () => {
    const work = repository()
    process.env.PATH = join(home, 'none')
    expect(gitFacts(await projectIn(work.root))).toBeNull()
  })

  test('where the folder of the project is missing', async () => {
    expect(gitFacts(await projectIn(join(home, 'missing')))).toBeNull()
  })

  test('for migrations that lie outside the repository', async () => {
    const work = repository()
    expect(gitFacts(await projectIn(work.root, '../elsewhere'))).toBeNull()
  })
})

test('a repository without commits knows nothing, and says so', async () => {
  const work = repository()
  work.write({ [`${at}/a.ts`]: header('a') })
  const facts = await factsIn(work.root)
  expect(facts).toMatchObject({ root: work.root, shared: [], shallow: false, startingPoint: null })
  expect([...facts.published, ...facts.added, ...facts.former(`${at}/a.ts`)]).toEqual([])
  expect(facts.lost('a')).toBeNull()
})

describe('what counts as shared', () => {
  test('is the default branch of each remote, and every tag', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    work.git('tag', 'v1.0')
    work.git('tag', '--annotate', '--message', 'x', 'v1.1')
    work.git('tag', 'not-a-commit', work.git('hash-object', '-w', '--', `${at}/a.ts`))
    work.git('branch', '--move', 'production')
    const copy = clone(work)
    copy.git('remote', 'add', 'other', work.root)
    copy.git('fetch', '--quiet', 'other')
    copy.git('remote', 'set-head', 'other', '--delete')
    copy.git('branch', 'main')
    expect((await factsIn(copy.root)).shared).toEqual(['origin/production', 'other/production', 'v1.0', 'v1.1'])
  })

  test.each([
    [['feature', 'main'], ['main']],
    [['feature', 'master'], ['master']],
    [['only'], ['only']],
    [['one', 'two'], []],
  ])('is of the local branches %j %j', async (branches, shared) => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    work.git('checkout', '--quiet', '--detach')
    for (const name of branches) work.git('branch', '--force', name)
    if (!branches.includes('main')) work.git('branch', '--delete', '--force', 'main')
    expect((await factsIn(work.root)).shared).toEqual(shared)
  })

  test('is what the options name', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    work.git('checkout', '--quiet', '-b', 'next')
    work.commit({ [`${at}/b.ts`]: header('b', 'a') })
    const facts = await factsIn(work.root, { shared: ['HEAD~1', 'next'] })
    expect(facts.shared).toEqual(['HEAD~1', 'next'])
    expect([...facts.published.keys()]).toEqual(['a', 'b'])
    expect(facts.startingPoint?.map(({ id }) => id)).toEqual(['a', 'b'])
    expect((await factsIn(work.root, { shared: ['HEAD~1'] })).startingPoint).toBeNull()
  })

  test.each(['nowhere', '--all', '', 'main\nmain', 'main:migrations'])(
    'is refused where it is no commit: %j',
    async (ref) => {
      const work = repository()
      work.commit({ [`${at}/a.ts`]: header('a') })
      const facts = await factsIn(work.root, { shared: [ref] })
      expect(() => facts.shared).toThrow(expect.objectContaining({ code: 'unknown-ref', hint: expect.any(String) }))
    },
  )
})

describe('published', () => {
  test('is every identifier that was ever on a shared ref, as it first came and last was', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a'), [`${at}/b.ts`]: header('b', 'a') })
    work.commit({ [`${at}/b.ts`]: header('c', 'a'), [`${at}/d.ts`]: header('d', 'b') })
    work.commit({ [`${at}/d.ts`]: header('d', 'c') })
    work.commit({ [`${at}/d.ts`]: null })
    work.git('checkout', '--quiet', '-b', 'feature')
    work.commit({ [`${at}/e.ts`]: header('e', 'd') })
    const { published } = await factsIn(work.root)
    expect([...published.keys()].sort()).toEqual(['a', 'b', 'c', 'd'])
    expect(published.get('d')).toEqual({
      id: 'd',
      path: `${at}/d.ts`,
      first: { revision: 'd', downRevision: 'b' },
      last: { revision: 'd', downRevision: 'c' },
    })
  })

  test('includes what only a merge wrote, and what a merge threw away', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    work.git('checkout', '--quiet', '-b', 'side')
    work.commit({ [`${at}/lost.ts`]: header('lost', 'a') })
    work.git('checkout', '--quiet', 'main')
    work.commit({ [`${at}/b.ts`]: header('b', 'a') })
    work.git('merge', '--quiet', '--no-commit', '--strategy', 'ours', 'side')
    work.commit({ [`${at}/evil.ts`]: header('evil', 'b') })
    const { published, lost } = await factsIn(work.root)
    expect([...published.keys()].sort()).toEqual(['a', 'b', 'evil', 'lost'])
    expect(lost('lost')?.text).toBe(header('lost', 'a'))
  })

  test('leaves out helpers, tests and other folders', async () => {
    const work = repository()
    work.commit({
      [`${at}/a.ts`]: header('a'),
      [`${at}/_b.ts`]: header('b'),
      [`${at}/c.test.ts`]: header('c'),
      'migrations/d.ts': header('d'),
      'other/versions/e.ts': header('e'),
    })
    expect([...(await factsIn(work.root)).published.keys()]).toEqual(['a'])
  })
})

test('added is when a commit first brought the file, whatever it was called then', async () => {
  const work = repository()
  work.commit({ [`${at}/a.ts`]: header('a') })
  work.commit({ [`${at}/b.ts`]: header('b', 'a') })
  work.commit({ [`${at}/a.ts`]: null, [`${at}/renamed.ts`]: header('a') })
  work.commit({ [`${at}/b.ts`]: null, [`${at}/b renamed and ç.ts`]: header('b', 'renamed', '// more\n') })
  work.git('checkout', '--quiet', '-b', 'feature')
  work.commit({ [`${at}/c.ts`]: header('c', 'a') })
  work.write({ [`${at}/d.ts`]: header('d', 'c') })
  const { added, former } = await factsIn(work.root)
  expect(added.get(`${at}/renamed.ts`)).toBe(minute(0))
  expect(added.get(`${at}/b renamed and ç.ts`)).toBe(minute(1))
  expect(added.get(`${at}/c.ts`)).toBe(minute(4))
  expect(added.has(`${at}/d.ts`)).toBe(false)
  expect(former(`${at}/b renamed and ç.ts`).map(({ fields }) => fields.downRevision)).toEqual(['renamed', 'a'])
})

test('a lost file comes back as it last was', async () => {
  const work = repository()
  work.commit({ [`${at}/a.ts`]: header('a', null, '// one\r\n') })
  const commit = work.commit({ [`${at}/a.ts`]: header('a', null, '// two 😀\r\n') })
  work.commit({ [`${at}/a.ts`]: null, [`${at}/b.ts`]: header('b', 'a') })
  const { lost } = await factsIn(work.root)
  expect(lost('a')).toEqual({ path: `${at}/a.ts`, commit, text: header('a', null, '// two 😀\r\n') })
  expect(lost('none')).toBeNull()
})

test('former headers of a file come newest first and once, and say whether they were shared', async () => {
  const work = repository()
  work.commit({ [`${at}/b.ts`]: header('b', 'a') })
  work.commit({ [`${at}/b.ts`]: header('b', 'x') })
  const last = work.commit({ [`${at}/b.ts`]: header('b', 'a', '// more\n') })
  work.git('checkout', '--quiet', '-b', 'feature')
  const own = work.commit({ [`${at}/b.ts`]: header('b', 'y') })
  const { former } = await factsIn(work.root)
  expect(former(`${at}/b.ts`).map(({ commit, fields, shared }) => [fields.downRevision, shared, commit])).toEqual([
    ['y', false, own],
    ['a', true, last],
    ['x', true, expect.any(String)],
  ])
  expect(former(`${at}/none.ts`)).toEqual([])
})

test('a project in a folder of the repository knows its files by its own paths', async () => {
  const work = repository()
  work.commit({ 'apps/one/migrations/versions/a.ts': header('a'), 'shared/versions/b.ts': header('b') })
  const project = await projectIn(join(work.root, 'apps/one'), ['migrations', '../../shared'])
  const facts = gitFacts(project)
  expect([...(facts?.added.keys() ?? [])].sort()).toEqual(['../../shared/versions/b.ts', 'migrations/versions/a.ts'])
  expect(facts?.startingPoint?.map((script) => script.path)).toEqual([
    '../../shared/versions/b.ts',
    'migrations/versions/a.ts',
  ])
  expect(facts?.root).toBe(work.root)
})

test('a repository may be nothing but a folder of versions', async () => {
  folders += 1
  const work = workIn(join(home, `${folders}`, 'versions'))
  work.git('init', '--quiet')
  work.commit({ 'a.ts': header('a') })
  const facts = gitFacts(await projectIn(work.root, '..'))
  expect(facts?.startingPoint?.map((script) => [script.id, script.path])).toEqual([['a', 'a.ts']])
  expect([...(facts?.published.keys() ?? [])]).toEqual(['a'])
})

test('a hook that names another repository does not mislead', async () => {
  const work = repository()
  work.commit({ [`${at}/a.ts`]: header('a') })
  process.env.GIT_DIR = join(home, 'nowhere')
  expect([...(await factsIn(work.root)).published.keys()]).toEqual(['a'])
})

describe('in a clone', () => {
  test('what was not pushed is not published', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    const copy = clone(work)
    copy.commit({ [`${at}/b.ts`]: header('b', 'a') })
    const facts = await factsIn(copy.root)
    expect(facts.shared).toEqual(['origin/main'])
    expect([...facts.published.keys()]).toEqual(['a'])
    expect([...facts.added.keys()].sort()).toEqual([`${at}/a.ts`, `${at}/b.ts`])
    expect(facts.startingPoint?.map(({ id }) => id)).toEqual(['a'])
  })

  test('a shallow one says that its history is cut', async () => {
    const work = repository()
    work.commit({ [`${at}/a.ts`]: header('a') })
    work.commit({ [`${at}/a.ts`]: null, [`${at}/b.ts`]: header('b', 'a') })
    const facts = await factsIn(clone(work, '--depth', '1').root)
    expect(facts.shallow).toBe(true)
    expect([...facts.published.keys()]).toEqual(['b'])
    expect(facts.lost('a')).toBeNull()
  })
})

test('a thousand files in as many commits are asked with a handful of processes, in about a second', async () => {
  const work = repository()
  const count = 1200
  const stream: string[] = []
  for (let number = 0; number < count; number += 1) {
    const text = header(`r${number}`, number === 0 ? null : `r${number - 1}`)
    const file = `M 100644 inline ${at}/r${number}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`
    stream.push(`commit refs/heads/main\ncommitter A <a@example.org> ${minute(number)} +0000\ndata 1\nx\n${file}`)
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: work.root, input: stream.join('') })
  work.git('reset', '--quiet', '--hard')
  const trace = join(home, 'trace')
  process.env.GIT_TRACE = trace
  const begin = performance.now()
  const facts = await factsIn(work.root)
  expect(facts.published.size).toBe(count)
  expect(facts.added.get(`${at}/r7.ts`)).toBe(minute(7))
  expect(facts.lost('r7')?.path).toBe(`${at}/r7.ts`)
  expect(facts.startingPoint).toHaveLength(count)
  // It takes a fifth of that on an idle machine.
  expect(performance.now() - begin).toBeLessThan(1500)
  delete process.env.GIT_TRACE
  expect(readFileSync(trace, 'utf8').match(/built-in: /g)).toHaveLength(9)
})

test('the starting point is where the work left the shared branch, whatever came there since', async () => {
  const work = repository()
  work.commit({ [`${at}/a.ts`]: header('a') })
  work.git('checkout', '--quiet', '-b', 'work')
  work.git('checkout', '--quiet', 'main')
  work.commit({ [`${at}/b.ts`]: header('b', 'a') })
  work.git('checkout', '--quiet', 'work')
  const facts = await factsIn(work.root)
  expect(facts.startingPoint?.map(({ id }) => id)).toEqual(['a'])
  expect([...facts.published.keys()].sort()).toEqual(['a', 'b'])
})

describe('after a merge', () => {
  /** A base with one file `a`, and a branch `side` made from it. */
  function forked(files: Readonly<Record<string, string>> = { [`${at}/a.ts`]: header('a') }): Work {
    const work = repository()
    work.commit(files)
    work.git('branch', 'side')
    return work
  }
  async function merged(work: Work, ref = 'side') {
    const { files, conflicts } = filesAfterMerge(await projectIn(work.root), ref)
    return {
      files,
      conflicts,
      paths: files.map((file) => file.path.replace(`${at}/`, '')),
      scripts: scriptsFrom(files),
    }
  }
  function onSide(work: Work, files: Readonly<Record<string, string | null>>): void {
    work.git('checkout', '--quiet', 'side')
    work.commit(files)
    work.git('checkout', '--quiet', 'main')
  }

  test('both sides have their files, and the fork is there', async () => {
    const work = forked()
    onSide(work, { [`${at}/b.ts`]: header('b', 'a') })
    work.commit({ [`${at}/c.ts`]: header('c', 'a') })
    work.write({ [`${at}/d.ts`]: header('d', 'c') })
    const { paths, conflicts, scripts } = await merged(work)
    expect(paths).toEqual(['a.ts', 'b.ts', 'c.ts', 'd.ts'])
    expect(conflicts).toEqual([])
    expect(
      scripts.graph.nodes.filter(({ children }) => children.length === 0).map(({ revision }) => revision.id),
    ).toEqual(['b', 'd'])
    expect(existsSync(join(work.root, at, 'b.ts'))).toBe(false)
  })

  test('what one side deleted or changed is deleted or changed', async () => {
    const work = forked({
      [`${at}/a.ts`]: header('a'),
      [`${at}/b.ts`]: header('b', 'a'),
      [`${at}/c.ts`]: header('c', 'b'),
    })
    onSide(work, { [`${at}/b.ts`]: null, [`${at}/c.ts`]: header('c', 'a') })
    work.commit({ [`${at}/a.ts`]: header('a', null, '// ours\n') })
    const { files, paths, conflicts } = await merged(work)
    expect(paths).toEqual(['a.ts', 'c.ts'])
    expect(files.map(({ text }) => text)).toEqual([header('a', null, '// ours\n'), header('c', 'a')])
    expect(conflicts).toEqual([])
  })

  test('what both sides changed apart is joined, and what they changed together is named', async () => {
    const lines = '// 1\n// 2\n// 3\n// 4\n// 5\n'
    const work = forked({ [`${at}/a.ts`]: header('a', null, lines), [`${at}/b.ts`]: header('b', 'a') })
    onSide(work, {
      [`${at}/a.ts`]: header('a', null, lines.replace('5', 'theirs')),
      [`${at}/b.ts`]: header('b', 'theirs'),
    })
    work.commit({ [`${at}/a.ts`]: header('x', null, lines), [`${at}/b.ts`]: header('b', 'ours') })
    const { files, conflicts } = await merged(work)
    expect(files.map(({ text }) => text)).toEqual([
      header('x', null, lines.replace('5', 'theirs')),
      header('b', 'ours'),
    ])
    expect(conflicts).toEqual([`${at}/b.ts`])
  })

  test('what one side changed and the other deleted is named and kept', async () => {
    const work = forked({ [`${at}/a.ts`]: header('a'), [`${at}/b.ts`]: header('b', 'a') })
    onSide(work, { [`${at}/a.ts`]: null, [`${at}/b.ts`]: header('b', null) })
    work.commit({ [`${at}/a.ts`]: header('a', null, '// ours\n'), [`${at}/b.ts`]: null })
    const { paths, conflicts } = await merged(work)
    expect(paths).toEqual(['a.ts', 'b.ts'])
    expect(conflicts).toEqual([`${at}/a.ts`, `${at}/b.ts`])
  })

  test('what both added alike is one file, and otherwise a conflict', async () => {
    const work = forked()
    onSide(work, { [`${at}/b.ts`]: header('b', 'a'), [`${at}/c.ts`]: header('c', 'a') })
    work.commit({ [`${at}/b.ts`]: header('b', 'a').replaceAll('\n', '\r\n'), [`${at}/c.ts`]: header('c', 'b') })
    expect(await merged(work)).toMatchObject({ paths: ['a.ts', 'b.ts', 'c.ts'], conflicts: [`${at}/c.ts`] })
  })

  test('a renamed file takes the changes of the other side', async () => {
    const work = forked({ [`${at}/a.ts`]: header('a', null, '// 1\n'), [`${at}/b.ts`]: header('b', 'a') })
    onSide(work, {
      [`${at}/a.ts`]: null,
      [`${at}/renamed.ts`]: header('a', null, '// 1\n'),
      [`${at}/b.ts`]: header('b', 'x'),
    })
    renameSync(join(work.root, at, 'b.ts'), join(work.root, at, 'moved.ts'))
    work.commit({ [`${at}/a.ts`]: header('a', null, '// 2\n') })
    const { files, conflicts } = await merged(work)
    expect(files.map(({ path: place, text }) => [place, text])).toEqual([
      [`${at}/moved.ts`, header('b', 'x')],
      [`${at}/renamed.ts`, header('a', null, '// 2\n')],
    ])
    expect(conflicts).toEqual([])
  })

  test('a branch without a common commit brings what it has', async () => {
    const work = forked()
    work.git('checkout', '--quiet', '--orphan', 'apart')
    work.commit({ [`${at}/a.ts`]: null, [`${at}/z.ts`]: header('z') })
    work.git('checkout', '--quiet', 'main')
    expect(await merged(work, 'apart')).toMatchObject({ paths: ['a.ts', 'z.ts'], conflicts: [] })
  })

  test('a commit may be named in any way that git knows, and must be there', async () => {
    const work = forked()
    onSide(work, { [`${at}/b.ts`]: header('b', 'a') })
    expect((await merged(work, work.git('rev-parse', 'side').slice(0, 12))).paths).toEqual(['a.ts', 'b.ts'])
    await expect(merged(work, 'nowhere')).rejects.toMatchObject({ code: 'unknown-ref' })
    await expect(merged(work, '--help')).rejects.toMatchObject({ code: 'unknown-ref' })
  })

  test('outside a repository is refused', async () => {
    mkdirSync(join(home, 'none'), { recursive: true })
    const project = await projectIn(join(home, 'none'))
    expect(() => filesAfterMerge(project, 'main')).toThrow(expect.objectContaining({ code: 'no-repository' }))
  })
})
