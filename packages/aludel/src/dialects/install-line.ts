// The line that installs a missing driver, in the words of the package manager that the project uses.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const lockFiles: readonly (readonly [file: string, manager: string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
]

/** `npm install pg`, `pnpm add pg`, ...: by the nearest lock file above the folder, else by who started this process. */
export function installLine(packageName: string, folder: string): string {
  const manager = fromLockFile(folder) ?? fromUserAgent(process.env.npm_config_user_agent) ?? 'npm'
  return `${manager} ${manager === 'npm' ? 'install' : 'add'} ${packageName}`
}

function fromLockFile(folder: string): string | null {
  const found = lockFiles.find(([file]) => existsSync(join(folder, file)))
  if (found !== undefined) return found[1]
  const parent = dirname(folder)
  return parent === folder ? null : fromLockFile(parent)
}

function fromUserAgent(agent: string | undefined): string | null {
  return /^(npm|pnpm|yarn|bun)\//.exec(agent ?? '')?.[1] ?? null
}
