// A folder in which a document's commands work: the built packages linked, nothing else.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')

export interface DocumentProject {
  readonly folder: string
  remove(): void
}

/** An empty folder where `npx aludel` is this repository's build. */
export function emptyProject(): DocumentProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-docs-')))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(join(root, 'packages/aludel'), join(folder, 'node_modules/aludel'))
  symlinkSync(join(root, 'packages/aludel/bin/aludel.js'), join(folder, 'node_modules/.bin/aludel'))
  writeShim(join(folder, 'node_modules'))
  for (const name of ['kysely', 'pg', 'mysql2', 'vitest', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A copy of the Panel under version control, where `npx panel` is the copy's own. */
export function panelProject(): DocumentProject {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'aludel-docs-')))
  const folder = join(parent, 'panel')
  cpSync(join(root, 'examples/panel'), folder, {
    recursive: true,
    filter: (path) => !/node_modules|\.db(-\w+)?$/.test(path),
  })
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  symlinkSync(join(root, 'packages/aludel/bin/aludel.js'), join(modules, '.bin/aludel'))
  symlinkSync(join(folder, 'bin/panel.js'), join(modules, '.bin/panel'))
  writeShim(modules)
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n')
  commitAll(folder, 'The Panel')
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) }
}

/** A copy of the Panel's broken chain under version control, where `npx aludel` is this repository's build. */
export function brokenChainProject(): DocumentProject {
  const project = emptyProject()
  cpSync(join(root, 'examples/panel/broken-chain'), project.folder, { recursive: true })
  writeFileSync(join(project.folder, '.gitignore'), 'node_modules\n*.db\n')
  commitAll(project.folder, 'The chain as it was')
  return project
}

function commitAll(folder: string, message: string): void {
  const git = (...given: readonly string[]) => execFileSync('git', given, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch', 'main')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.org')
  git('add', '.')
  git('commit', '--quiet', '-m', message)
}

// npx itself talks of npm's settings on stderr; what it would run is run at once.
function writeShim(modules: string): void {
  mkdirSync(join(modules, '.shims'))
  const shim = '#!/bin/sh\nprogram=$1\nshift\nexec "$NPX_FOLDER/$program" "$@"\n'
  writeFileSync(join(modules, '.shims/npx'), shim, { mode: 0o755 })
}

/** Checks TypeScript files of a project as a strict user's compiler does; gives what it says, '' for nothing. */
export function typeErrors(folder: string, files: readonly string[]): string {
  const config = {
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    },
    files,
  }
  const name = join(folder, 'tsconfig.docs.json')
  writeFileSync(name, JSON.stringify(config))
  const done = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', name], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(name)
  return done.stdout.trim()
}
