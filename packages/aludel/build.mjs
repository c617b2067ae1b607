// Builds what the package publishes: one bundle with a chunk for each lazily imported verb, and its types.
//
//   node build.mjs              always
//   node build.mjs --if-stale   only when a source, the manifest or this file changed since the last build
//
// The entries are read from `exports` and `bin` of package.json: subpath `./x` is `src/x/index.ts` or `src/x.ts`.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const home = dirname(fileURLToPath(import.meta.url))
const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))

const exists = (path) =>
  stat(join(home, path)).then(
    () => true,
    () => false,
  )

/** Every entry that the manifest promises, with the source that makes it. */
async function promisedEntries() {
  const subpaths = Object.entries(manifest.exports).filter(([, target]) => typeof target === 'object')
  const entries = await Promise.all(
    subpaths.map(async ([subpath, target]) => {
      const name = subpath === '.' ? 'index' : subpath.slice(2)
      const folder = name === 'index' ? 'src/index.ts' : `src/${name}/index.ts`
      return {
        name: basename(target.default, '.js'),
        types: target.types,
        source: (await exists(`src/${name}.ts`)) ? `src/${name}.ts` : folder,
      }
    }),
  )
  return [...entries, { name: 'cli', types: null, source: 'src/cli/bin.ts' }]
}

/** A sum over everything the build reads; equal sums mean an equal build. */
async function sumOfSources() {
  const files = await readdir(join(home, 'src'), { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  const inputs = [
    ...paths.sort(),
    ...['package.json', 'build.mjs', 'tsconfig.types.json', '../../tsconfig.base.json'].map((path) => join(home, path)),
  ]
  const sum = createHash('sha256')
  for (const path of inputs)
    sum
      .update(relative(home, path))
      .update('\0')
      .update(await readFile(path))
      .update('\0')
  return sum.digest('hex')
}

/**
 * The chunk of a module that several verbs share. Left alone, every different set of sharing verbs becomes a chunk of its
 * own, and a verb opens twenty files; small sets are merged instead. Whatever leads to an npm package stays out of that,
 * so that no verb loads a parser or a driver because another one needs it.
 */
const sharedChunk = (largest) => ({
  debugName: 'shared',
  name: (module, graph) => (leadsToPackage(module, graph) ? null : 'shared'),
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: largest,
})

/** How large a set of modules may be, in bytes, to be merged with others: the first for which chunks do not need each other in a circle. */
const mergedSizes = [30_000, 20_000, 12_000, 6_000, 0]

/**
 * Everything that some verbs load, in one chunk: opening a second file costs them as much as reading thirty revisions, and
 * a closure of imports needs nothing outside but what comes before it. First the verbs that only read the graph, `heads` and
 * `history`, which are asked at every prompt and in every hook; then those that start with every deployment and find nothing
 * to do, with what reaches a database; last what changes one.
 */
const closures = [
  { name: 'start', roots: ['src/cli/program.ts'] },
  { name: 'run', roots: ['src/cli/verbs/move.ts', 'src/dialects/sqlite/connector.ts'] },
  ...['postgres', 'mysql'].map((name) => ({ name, roots: [`src/dialects/${name}/connector.ts`] })),
  { name: 'apply', roots: ['src/runner/approved-run.ts', 'src/commands/approval.ts'] },
]

const closureChunk = ({ name, roots }, at) => {
  const known = new WeakMap()
  return {
    debugName: name,
    name: (module, graph) => {
      if (!known.has(graph)) known.set(graph, closureOf(roots, graph))
      return known.get(graph).has(module) ? name : null
    },
    priority: closures.length - at,
  }
}

function closureOf(roots, graph) {
  const reached = new Set()
  const pending = roots.map((path) => join(home, path))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next) || !isAbsolute(next)) continue
    reached.add(next)
    pending.push(...(graph.getModuleInfo(next)?.importedIds ?? []))
  }
  return reached
}

function leadsToPackage(module, graph, seen = new Set()) {
  if (seen.has(module)) return false
  seen.add(module)
  // The bundler's own helpers start with a NUL.
  if (!isAbsolute(module)) return !/^(node:|\0)/.test(module)
  return graph.getModuleInfo(module)?.importedIds.some((imported) => leadsToPackage(imported, graph, seen)) ?? false
}

async function bundle(entries, outputFolder) {
  for (const largest of mergedSizes) {
    const build = await bundler(entries)
    const { output } = await build.generate(outputOptions(outputFolder, largest))
    const isLast = largest === mergedSizes.at(-1)
    if (!hasCircle(output)) await build.write(outputOptions(outputFolder, largest))
    else if (isLast)
      throw new Error('Chunks of the build need each other in a circle, so one would run before what it needs.')
    await build.close()
    if (!hasCircle(output)) return
  }
}

/** True where a chunk leads back to itself: whichever of a circle runs first finds the others empty. */
function hasCircle(output) {
  const imports = new Map(output.map((chunk) => [chunk.fileName, chunk.imports ?? []]))
  const state = new Map()
  const visit = (name) => {
    if (state.has(name)) return state.get(name) === 'open'
    state.set(name, 'open')
    const found = (imports.get(name) ?? []).some(visit)
    state.set(name, 'done')
    return found
  }
  return [...imports.keys()].some(visit)
}

function outputOptions(outputFolder, largest) {
  return {
    dir: outputFolder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `chunks/${name.replace(/~.*/, '')}.js`,
    codeSplitting: { groups: [...closures.map(closureChunk), sharedChunk(largest)] },
    comments: { annotation: true, jsdoc: false, legal: true },
    plugins: [builtinsAtOnce],
  }
}

/**
 * Node's own modules, taken as they are. An `import` of one makes a copy of it for the module loader, for which every getter
 * is read: that of `node:fs` loads all streams, that of `node:crypto` all of WebCrypto.
 */
const builtinsAtOnce = {
  name: 'builtins-at-once',
  renderChunk: (code) =>
    code.replace(/^import (?:(\w+)|\{([^}]*)\}) from "(node:[\w/]+)";$/gm, (_, whole, names, module) => {
      const taken = whole ?? `{${names.replace(/\b(\w+) as (\w+)/g, '$1: $2')}}`
      return `const ${taken} = process.getBuiltinModule("${module}");`
    }),
}

async function bundler(entries) {
  const npmPackages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  const { rolldown } = await import('rolldown')
  return rolldown({
    cwd: home,
    input: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
    platform: 'node',
    external: (id, importer) => {
      if (importer === undefined || /^[./]/.test(id)) return false
      if (id.startsWith('node:') || npmPackages.some((name) => id === name || id.startsWith(`${name}/`))) return true
      throw new Error(`${relative(home, importer)} imports ${id}, which is not among the dependencies.`)
    },
    logLevel: 'warn',
    onLog(_level, log) {
      // A verb of the command line and a function of the library may share one chunk.
      if (log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return
      throw new Error(log.message)
    },
  })
}

async function declareTypes(outputFolder) {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const options = ['-p', 'tsconfig.types.json', '--outDir', join(outputFolder, 'types')]
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: home }).catch((failure) => {
    throw new Error(`The type declarations could not be made:\n${failure.stdout}${failure.stderr}`)
  })
}

async function checkPromises(entries, outputFolder) {
  for (const { types, source } of entries) {
    if (types === null) continue
    const file = join(outputFolder, relative('dist', types))
    await stat(file).catch(() => {
      const made = `./dist/types/${source.slice('src/'.length, -'.ts'.length)}.d.ts`
      throw new Error(`package.json says that types are in ${types}, but ${source} makes ${made}.`)
    })
  }
}

/** Puts the new build in the old one's place in one step, so that no reader sees half of one. */
async function replaceBuild(outputFolder) {
  const old = `${outputFolder}.old`
  await rename(join(home, 'dist'), old).catch((error) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rename(outputFolder, join(home, 'dist'))
  await rm(old, { recursive: true, force: true })
}

async function build(sum) {
  const promised = await promisedEntries()
  const present = await Promise.all(promised.map(({ source }) => exists(source)))
  const entries = promised.filter((_, index) => present[index])
  const missing = promised.filter((_, index) => !present[index]).map(({ source }) => source)
  if (missing.length > 0) console.log(`aludel: not built, their sources do not exist: ${missing.join(', ')}`)

  const outputFolder = await mkdtemp(join(home, 'dist.new-'))
  try {
    if (entries.length > 0) {
      await Promise.all([bundle(entries, outputFolder), declareTypes(outputFolder)])
      await checkPromises(entries, outputFolder)
    }
    if (entries.some(({ name }) => name === 'cli')) await chmod(join(outputFolder, 'cli.js'), 0o755)
    await writeFile(join(outputFolder, '.sources'), sum)
    await chmod(outputFolder, 0o755)
    await replaceBuild(outputFolder)
  } finally {
    await rm(outputFolder, { recursive: true, force: true })
  }
}

try {
  const sum = await sumOfSources()
  const builtFrom = await readFile(join(home, 'dist/.sources'), 'utf8').catch(() => null)
  if (!process.argv.includes('--if-stale') || sum !== builtFrom) await build(sum)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
