// The floors of the house: which room may know which, and what only some rooms may do.

import { builtinModules } from 'node:module'
import { describe, expect, test } from 'vitest'
import { type Deed, describeSource, readSourceFiles, roomOf, type SourceFile } from './source-files.ts'

/** Ground first. A file imports from its own room and from the floors below; type-only imports count. */
const floors: readonly (readonly string[])[] = [
  ['errors', 'version', 'clock'],
  // Types only: a value of SQL is part of a default, and so of a schema.
  ['database'],
  ['schema', 'revisions'],
  ['ops'],
  ['dialects', 'diff', 'objects'],
  ['lint', 'project'],
  ['sources'],
  ['compare'],
  ['runner'],
  ['commands'],
  ['viewer', 'index', 'kysely'],
  ['cli', 'testing', 'health'],
]

/** Rooms that only compute: the same answer for the same question, at once, on every machine. */
const pureRooms = ['schema', 'revisions', 'ops', 'diff']

/** Files that may do what the rest of their room may not, each with its reason. An entry that is not needed fails. */
const exceptions: readonly {
  readonly path: string
  readonly may: Deed['kind'] | 'node:crypto'
  readonly why: string
}[] = [
  { path: 'schema/naming.ts', may: 'process', why: 'a hash is a function of its input, and long names end in one' },
]

const longestFile = 300
const longestFunction = 60

const files = readSourceFiles()

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room))
const isOurs = (name: string): boolean => name.endsWith('.ts')
const mayNot = (path: string, deed: string): boolean => !exceptions.some((one) => one.path === path && one.may === deed)
const isBuiltin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name)

function forbidden(kinds: readonly Deed['kind'][], places: (file: SourceFile) => boolean): readonly string[] {
  return files
    .filter(places)
    .flatMap(({ path, deeds }) =>
      deeds
        .filter(({ kind }) => kinds.includes(kind) && mayNot(path, kind))
        .map(({ kind, line }) => `${path}:${line} ${kind}`),
    )
}

function importsUpwards(file: SourceFile): readonly string[] {
  return file.imports
    .filter(isOurs)
    .filter((path) => roomOf(path) !== file.room && floorOf(roomOf(path)) >= floorOf(file.room))
    .map((path) => `${file.path} imports ${path}`)
}

test('every room has a floor', () => {
  expect([...new Set(files.map(({ room }) => room))].filter((room) => floorOf(room) === -1)).toEqual([])
})

test('a file imports from its own room and from the floors below', () => {
  expect(files.flatMap(importsUpwards)).toEqual([])
})

// In a circle, what a file finds of another depends on which of them was imported first.
test('no file needs itself', () => {
  const needs = new Map(files.map((file) => [file.path, file.needs]))
  const done = new Set<string>()
  const circlesFrom = (path: string, way: readonly string[]): readonly string[] => {
    if (way.includes(path)) return [[...way.slice(way.indexOf(path)), path].join(' -> ')]
    if (done.has(path)) return []
    const found = (needs.get(path) ?? []).flatMap((next) => circlesFrom(next, [...way, path]))
    done.add(path)
    return found
  }
  expect(files.flatMap(({ path }) => circlesFrom(path, []))).toEqual([])
})

test('the dialects never meet', () => {
  const engineOf = (path: string) => /^dialects\/(postgres|mysql|sqlite)\//.exec(path)?.[1]
  const meetings = files.flatMap(({ path, imports }) =>
    imports
      .filter((imported) => {
        const [engine, other] = [engineOf(path), engineOf(imported)]
        return engine !== undefined && other !== undefined && engine !== other
      })
      .map((imported) => `${path} imports ${imported}`),
  )
  expect(meetings).toEqual([])
})

describe('a pure room', () => {
  const isPure = ({ room }: SourceFile) => pureRooms.includes(room)

  test('waits for nothing', () => {
    expect(forbidden(['await'], isPure)).toEqual([])
  })
  test('has no clock, no chance, no console and no process', () => {
    expect(forbidden(['clock', 'chance', 'console', 'process'], isPure)).toEqual([])
  })
  test('imports nothing of Node', () => {
    const used = files
      .filter(isPure)
      .flatMap(({ path, imports }) =>
        imports.filter((name) => isBuiltin(name) && mayNot(path, name)).map((name) => `${path} ${name}`),
      )
    expect(used).toEqual([])
  })
})

test('only cli prints', () => {
  expect(forbidden(['console'], ({ room }) => room !== 'cli')).toEqual([])
})

test('only cli exits', () => {
  expect(forbidden(['exit'], ({ room }) => room !== 'cli')).toEqual([])
})

test('outside dialects, capabilities are asked and names are not', () => {
  expect(forbidden(['dialect-name'], ({ room }) => room !== 'dialects')).toEqual([])
})

test('no module has state', () => {
  expect(forbidden(['module-state'], () => true)).toEqual([])
})

test('a file opens with a comment that says what it is', () => {
  expect(files.filter(({ firstLine }) => !/^(\/\/|\/\*\*|#!)/.test(firstLine)).map(({ path }) => path)).toEqual([])
})

test(`a file has at most ${longestFile} lines`, () => {
  expect(files.filter(({ lines }) => lines > longestFile).map(({ path, lines }) => `${path} ${lines}`)).toEqual([])
})

test(`a function has at most ${longestFunction} lines`, () => {
  const long = files.flatMap(({ path, functions }) =>
    functions.filter(({ lines }) => lines > longestFunction).map(({ name, lines }) => `${path} ${name} ${lines}`),
  )
  expect(long).toEqual([])
})

test('no exception is kept that nothing needs', () => {
  const isUsed = ({ path, may }: (typeof exceptions)[number]) =>
    files.some(
      (file) => file.path === path && (file.imports.includes(may) || file.deeds.some(({ kind }) => kind === may)),
    )
  expect(exceptions.filter((exception) => !isUsed(exception))).toEqual([])
})

describe('the test itself', () => {
  const deedsOf = (text: string) => describeSource('ops/probe.ts', text).deeds.map(({ kind }) => kind)

  test.each([
    ['async function f() {}', ['await']],
    ['const f = async () => {}', ['await']],
    ['const then = new Date()', ['clock']],
    ['const then = Date.now()', ['clock']],
    ["const then = new Date('2026-11-23')", []],
    ['type Later = Promise<Date>', []],
    ['process.stdout.write(text)', ['process', 'console']],
    ['process.exit(1)', ['process', 'exit']],
    ["const yes = name === 'postgres'", ['dialect-name']],
    ["switch (name) { case 'mysql': }", ['dialect-name']],
    ['let count = 0', ['module-state']],
    ['export let count = 0', ['module-state']],
  ])('reads %j', (text, deeds) => {
    expect(deedsOf(text)).toEqual(deeds)
  })

  test('sees every form of import', () => {
    const text = `import type { A } from '../a.ts'\nexport * from './b.ts'\nconst c = import('../c/d.ts')\ntype E = import('node:fs').Stats`
    expect([...describeSource('ops/probe.ts', text).imports].sort()).toEqual(['a.ts', 'c/d.ts', 'node:fs', 'ops/b.ts'])
  })

  test('tells what must have run from what is only a type or comes later', () => {
    const text = `import type { A } from './a.ts'\nimport { type B } from './b.ts'\nimport { c, type C } from './c.ts'\nimport './d.ts'\nexport * from './e.ts'\nexport type { F } from './f.ts'\nconst g = () => import('./g.ts')`
    expect([...describeSource('ops/probe.ts', text).needs]).toEqual(['ops/c.ts', 'ops/d.ts', 'ops/e.ts'])
  })

  test('finds an import that goes up', () => {
    const upwards = describeSource('schema/probe.ts', "import type { Op } from '../ops/operations.ts'")
    expect(importsUpwards(upwards)).toEqual(['schema/probe.ts imports ops/operations.ts'])
  })
})
