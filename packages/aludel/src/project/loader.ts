// Loads the project's own modules: config, models and revision bodies, in TypeScript or JavaScript, on any Node.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { AludelError, isAludelError } from '../errors.ts'
import { plainModule } from './plain-module.ts'
import { plainSource } from './plain-source.ts'
import { createSources, type Source, type Sources } from './sources.ts'
import { toCommonJs } from './to-commonjs.ts'

type Exports = Record<string, unknown>

/** Modules that the project must share with this program, by name: `aludel`, `aludel/schema`, ... */
export type OwnModules = Readonly<Record<string, unknown>>

export interface Loader extends Pick<Sources, 'textOf' | 'provide' | 'placeIn'> {
  /** The exports of a file, loaded once. Only after `ready`. */
  load(file: string): Exports
  /** Loads what the project's files share with this program. */
  ready(): Promise<void>
  /** The exports of a file that imports nothing but `known` and needs no transforming; null for every other. */
  loadPlain(file: string, known: OwnModules): Exports | null
}

const parameters = [
  'exports',
  'require',
  '__filename',
  '__dirname',
  '__meta',
  '__import',
  '__get',
  '__star',
  '__default_of',
  '__bind',
]

export function createLoader(loadOwn: () => Promise<OwnModules>): Loader {
  const cache = new Map<string, Exports>()
  const sources = createSources()
  const circles = createCircles()
  let own: OwnModules | null = null
  const ready = async () => {
    own ??= await loadOwn()
  }
  const load = (file: string): Exports => {
    const known = cache.get(file)
    if (known !== undefined) return known
    const exports: Exports = Object.defineProperty({}, '__esModule', { value: true })
    cache.set(file, exports)
    try {
      if (own === null) throw new Error('The loader was used before it was ready.')
      const resolver = resolverOf(file, own, load)
      const source = sources.read(file)
      sources.runsAsIs(file, true)
      if (executeAsIs({ file, source }, exports, resolver, own)) return exports
      sources.runsAsIs(file, false)
      circles.during(exports, () => execute({ file, source }, exports, resolver, circles.bind))
    } catch (error) {
      cache.delete(file)
      throw explained(error, file, sources)
    }
    return exports
  }
  return {
    ready,
    provide: (file, text) => {
      cache.delete(file)
      sources.provide(file, text)
    },
    textOf: sources.textOf,
    placeIn: sources.placeIn,
    loadPlain: (file, known) =>
      executePlain(file, known, async (specifier) => {
        await ready()
        return resolverOf(file, own ?? {}, load).import(specifier)
      }),
    load: (file) => {
      try {
        return /\.cjs$/.test(file) ? (createRequire(file)(file) as Exports) : load(file)
      } catch (error) {
        throw explained(error, file, sources)
      }
    },
  }
}

/** Takes the values of imports, and takes them again where they were not there yet. */
type Bind = (module: unknown, take: () => void) => void

/** Imports that go in a circle: a name of a file that has not ended gets its value when the file ends. */
function createCircles(): { readonly bind: Bind; during(exports: Exports, run: () => void): void } {
  const open = new Map<unknown, (() => void)[]>()
  return {
    bind: (module, take) => {
      const waiting = open.get(module)
      if (waiting === undefined) return take()
      waiting.push(take)
      try {
        take()
      } catch (error) {
        // A constant that is declared further down in a file that waits for this one.
        if (!(error instanceof ReferenceError)) throw error
      }
    },
    during: (exports, run) => {
      const waiting: (() => void)[] = []
      open.set(exports, waiting)
      try {
        run()
        for (const take of waiting) take()
      } finally {
        open.delete(exports)
      }
    },
  }
}

interface Resolver {
  require(specifier: string): unknown
  import(specifier: string): Promise<unknown>
}

function resolverOf(file: string, own: OwnModules, load: (file: string) => Exports): Resolver {
  const outer = () => createRequire(file)
  const local = (specifier: string): unknown => {
    if (Object.hasOwn(own, specifier)) return own[specifier]
    const found = specifier.startsWith('.') ? sourceFile(dirname(file), specifier) : null
    return found === null ? undefined : load(found)
  }
  return {
    require: (specifier) => local(specifier) ?? outer()(specifier),
    import: async (specifier) => {
      const found = local(specifier)
      if (found !== undefined) return found
      if (specifier.startsWith('node:')) return import(specifier)
      return import(pathToFileURL(outer().resolve(specifier)).href)
    },
  }
}

/** The source that a relative specifier means: as written, `.js` for `.ts`, without an ending, or a folder's index. */
function sourceFile(folder: string, specifier: string): string | null {
  const path = resolve(folder, specifier)
  const candidates = [path, path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, `${path}/index.ts`, `${path}.js`]
  return candidates.find((candidate) => /\.m?[jt]s$/.test(candidate) && existsSync(candidate)) ?? null
}

function execute({ file, source }: Source, exports: Exports, resolver: Resolver, bind: Bind): void {
  const compiled = looksCommonJs(file, source)
    ? vm.compileFunction(source, parameters, { filename: file })
    : compileModule(toCommonJs(source, file, { map: false }).code, file)
  call(compiled, file, exports, resolver, bind)
}

/** Runs a file without a parser where that is surely the same; false where it is not known to be. */
function executeAsIs({ file, source }: Source, exports: Exports, resolver: Resolver, own: OwnModules): boolean {
  const plain = plainSource(source)
  if (plain === null || !plain.imports.every((specifier) => Object.hasOwn(own, specifier))) return false
  let compiled: Compiled
  try {
    compiled = vm.compileFunction(plain.code, parameters, { filename: file })
  } catch {
    // Types, as a rule; for what is no TypeScript either the parser has better words.
    return false
  }
  const exported = call(compiled, file, exports, resolver, (_, take) => take()) as Exports | undefined
  if (exported === undefined) return false
  Object.assign(exports, exported)
  return true
}

type Compiled = ReturnType<typeof vm.compileFunction>

function call(compiled: Compiled, file: string, exports: Exports, resolver: Resolver, bind: Bind): unknown {
  const folder = dirname(file)
  const meta = {
    get url() {
      return pathToFileURL(file).href
    },
    filename: file,
    dirname: folder,
  }
  return compiled.call(
    undefined,
    exports,
    resolver.require,
    file,
    folder,
    meta,
    resolver.import,
    getter,
    star,
    defaultOf,
    bind,
  )
}

/** What is a valid module and yet no function body awaits at its top; V8 says so only sometimes. */
function compileModule(body: string, file: string): Compiled {
  try {
    return vm.compileFunction(body, parameters, { filename: file })
  } catch (error) {
    if ((error as Error).name === 'SyntaxError' && /\bawait\b/.test(body)) throw awaitsAtTop(file, error)
    throw error
  }
}

function awaitsAtTop(file: string, cause: unknown): AludelError {
  return new AludelError('top-level-await', `${file} awaits at its top, but it is loaded synchronously.`, {
    hint: 'Move the waiting into a function: `schema: async () => ...`, or op.run(async ({ db }) => { ... }).',
    cause,
  })
}

// Compiled output of TypeScript: it assigns to `exports` and has no import or export of its own.
function looksCommonJs(file: string, source: string): boolean {
  return (
    /\.js$/.test(file) &&
    /^\s*(?:"use strict"|'use strict'|Object\.defineProperty\(exports|exports\.|module\.exports)/m.test(source) &&
    !/^\s*(?:import|export)\b/m.test(source)
  )
}

/** Runs a plain module without a transformer; null where it is none, so that the transformer can say what it is. */
function executePlain(file: string, known: OwnModules, load: (specifier: string) => Promise<unknown>): Exports | null {
  const plain = plainModule(readFileSync(file, 'utf8'))
  const isKnown = ({ from, names }: { readonly from: string; readonly names: readonly string[] }) =>
    Object.hasOwn(known, from) && names.every((name) => Object.hasOwn(known[from] as object, name))
  if (plain === null || !plain.imports.every(isKnown)) return null
  const exports: Exports = {}
  let compiled: (...given: readonly unknown[]) => unknown
  try {
    compiled = vm.compileFunction(plain.code, ['exports', 'require', '__import'], { filename: file }) as typeof compiled
  } catch {
    return null
  }
  compiled.call(undefined, exports, (specifier: string) => known[specifier], load)
  return exports
}

function getter(target: Exports, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { enumerable: true, configurable: true, get })
}

function star(target: Exports, from: Exports): void {
  for (const name of Object.keys(from))
    if (name !== 'default' && !(name in target)) getter(target, name, () => from[name])
}

function defaultOf(module: unknown): unknown {
  const held = module as {
    readonly __esModule?: unknown
    readonly default?: unknown
    readonly [Symbol.toStringTag]?: unknown
  } | null
  return held?.__esModule || held?.[Symbol.toStringTag] === 'Module' ? held.default : module
}

/** What went wrong while a file was loaded or run, with the line of the source that people wrote. */
function explained(error: unknown, file: string, sources: Sources): AludelError {
  if (isAludelError(error)) return error
  const problem = error instanceof Error ? error : new Error(String(error))
  return new AludelError(
    'load-failed',
    `${sources.placeIn(problem, file) ?? file} cannot be loaded: ${problem.message}`,
    {
      hint:
        (problem as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND'
          ? 'Install the package, or correct the path of the import.'
          : null,
      details: { file },
      cause: error,
    },
  )
}
