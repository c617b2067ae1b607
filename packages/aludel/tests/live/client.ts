// The programs that people apply a script with, where they are installed.

import { execFileSync, spawnSync } from 'node:child_process'
import type { TestEngine } from '../engines/index.ts'

export interface Client {
  readonly program: string
  /** Feeds the script to the program, which stops at the first error; answers what it says of that, or null. */
  apply(url: string, script: string): string | null
}

interface Invocation {
  readonly given: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const invocations: Readonly<Record<TestEngine['name'], { readonly program: string; call(url: string): Invocation }>> = {
  postgres: {
    program: 'psql',
    call: (url) => ({ given: ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--output', '/dev/null', url] }),
  },
  mysql: {
    program: 'mariadb',
    call: (url) => {
      const { hostname, port, username, password, pathname } = new URL(url)
      const place = [`--host=${hostname}`, `--port=${port}`, `--user=${username}`, pathname.slice(1)]
      const given = ['--no-defaults', '--protocol=tcp', '--default-character-set=utf8mb4', ...place]
      return { given, environment: { MYSQL_PWD: decodeURIComponent(password) } }
    },
  },
  sqlite: { program: 'sqlite3', call: (url) => ({ given: ['-batch', '-bail', url.replace(/^sqlite:/, '')] }) },
}

/** Null where the program is not installed. */
export function clientOf({ name }: TestEngine): Client | null {
  const { program, call } = invocations[name]
  if (spawnSync(program, ['--version']).error !== undefined) return null
  return {
    program,
    apply: (url, script) => {
      const { given, environment = {} } = call(url)
      try {
        execFileSync(program, given, { input: script, env: { ...process.env, ...environment }, stdio: 'pipe' })
        return null
      } catch (error) {
        return String((error as { readonly stderr?: unknown }).stderr)
      }
    },
  }
}
