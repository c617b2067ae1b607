// Git as a child process: arguments as a list, never a shell, and the same words in every language.

import { spawnSync } from 'node:child_process'

export interface GitAnswer {
  readonly status: number
  readonly output: Buffer
}

// A hook runs with these set for its own repository; here the folder decides.
const ofAnotherPlace = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_NAMESPACE']

/** Runs git in a folder; null where the program or the folder is missing. */
export function runGit(folder: string, options: readonly string[], input = ''): GitAnswer | null {
  const environment: Record<string, string | undefined> = {
    ...process.env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // A partial clone would fetch what it lacks over the network.
    GIT_NO_LAZY_FETCH: '1',
  }
  for (const name of ofAnotherPlace) delete environment[name]
  const { error, status, stdout } = spawnSync('git', ['-c', 'core.quotepath=off', ...options], {
    cwd: folder,
    env: environment,
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  return error === undefined || stdout !== null ? { status: status ?? 1, output: stdout } : null
}

/** What git prints; '' where it has nothing to say or refuses. */
export function askGit(folder: string, options: readonly string[], input = ''): string {
  const answer = runGit(folder, options, input)
  return answer?.status === 0 ? answer.output.toString('utf8') : ''
}
