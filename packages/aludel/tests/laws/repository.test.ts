// What the repository promises about its own packages.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8')
const packages: Readonly<Record<string, LockedPackage>> = JSON.parse(text).packages

/** Where npm finds a package that another one asks for: in its own node_modules, or in one further up. */
function locate(name: string, from: string): string | null {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (path in packages) return path
  return from === '' ? null : locate(name, from.slice(0, Math.max(0, from.lastIndexOf('/'))))
}

function installedWith(path: string, seen: Set<string>): ReadonlySet<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  const { dependencies, optionalDependencies } = packages[path] ?? {}
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = locate(name, path)
    if (found !== null) installedWith(found, seen)
  }
  return seen
}

test('the lock file names no host that serves packages', () => {
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? [])
  expect(resolved.filter((address) => address.includes(':'))).toEqual([])
})

// npm leaves out, without a word, builds that the registry did not have; then `npm ci` refuses the lock file.
test('the lock file holds the builds for every platform, not only for the one where it was written', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => locate(name, path) === null)
      .map((name) => `${path} wants ${name}`),
  )
  expect(missing).toEqual([])
})

test('nothing that a user of aludel installs runs a script while it is installed', () => {
  const installed = installedWith('packages/aludel', new Set())
  expect(installed).toContain('node_modules/oxc-parser')
  expect([...installed].filter((path) => packages[path]?.hasInstallScript === true)).toEqual([])
})
