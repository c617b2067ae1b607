// A folder in which a document's commands work: the built packages linked, nothing else.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
  // npx itself talks of npm's settings on stderr; what it would run is run at once.
  mkdirSync(join(folder, 'node_modules/.shims'))
  writeFileSync(
    join(folder, 'node_modules/.shims/npx'),
    '#!/bin/sh\nprogram=$1\nshift\nexec "./node_modules/.bin/$program" "$@"\n',
    { mode: 0o755 },
  )
  for (const name of ['kysely', 'pg', 'mysql2', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
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
