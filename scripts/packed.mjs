// Uses the package as a stranger does: packed, installed into an empty project, run, imported and type-checked.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
const home = join(repository, 'packages/aludel')
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'))
const project = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-packed-')))

/** Runs a program; what it wrote is shown only when it fails. */
function run(program, options, cwd = project) {
  try {
    return execFileSync(program, options, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (failure) {
    throw new Error(`${program} ${options.join(' ')}\n${failure.stdout ?? ''}${failure.stderr ?? failure.message}`)
  }
}

const install = (...packages) => run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages])
const locked = (name) => `${name}@${lock.packages[`node_modules/${name}`].version}`
const specifier = (subpath) => `aludel${subpath.slice(1)}`
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json')

function importAll(chosen) {
  const statements = chosen.map((subpath) => `await import('${specifier(subpath)}')`)
  run(process.execPath, ['--input-type=module', '--eval', statements.join(';')])
}

function checkTypes(module, moduleResolution) {
  const compilerOptions = {
    ...{ target: 'es2022', module, moduleResolution, types: ['node'], noEmit: true },
    // Our declarations are read too: a library that only works with skipLibCheck does not work.
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  run('npx', ['tsc'])
}

try {
  run('npx', ['publint', '--strict', 'packages/aludel'], repository)
  const [{ filename, files, unpackedSize }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', project], home),
  )

  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  install(`./${filename}`)
  const version = run('npx', ['aludel', '--version']).trim()
  if (version !== `aludel ${manifest.version}`)
    throw new Error(`\`npx aludel --version\` printed "${version}", not "aludel ${manifest.version}".`)

  // Only this subpath may need a package that the user brings.
  importAll(subpaths.filter((subpath) => subpath !== './kysely'))
  install(locked('kysely'), locked('typescript'), locked('@types/node'))
  importAll(['./kysely'])

  cpSync(join(repository, 'scripts/packed/consumer.ts'), join(project, 'consumer.ts'))
  checkTypes('nodenext', 'nodenext')
  checkTypes('preserve', 'bundler')
  console.log(`${version}: ${files.length} files, ${Math.round(unpackedSize / 1000)} kB, ${subpaths.length} subpaths`)
} catch (failure) {
  console.error(failure.message)
  process.exitCode = 1
} finally {
  rmSync(project, { recursive: true, force: true })
}
