// A disk of our own in memory, which can be made as small as what is on it, where this user may mount one.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Place {
  readonly folder: string
  /** Leaves this many bytes on the disk; null where the folder lies on a disk that is not ours. */
  readonly fill: ((bytes: number) => void) | null
  empty(): void
  remove(): void
}

const megabytes = 4096

export function makePlace(isMine: boolean): Place {
  const root = mkdtempSync(join(tmpdir(), 'aludel-chaos-'))
  const isMounted = isMine && mount(`size=${megabytes}m,mode=755`, 'tmpfs', root)
  const folder = join(root, 'data')
  mkdirSync(folder, { mode: 0o755 })
  const unmount = () => spawnSync('umount', ['-l', root])
  if (isMounted) process.once('exit', unmount)
  return {
    folder,
    fill: !isMounted
      ? null
      : (bytes) => {
          const { blocks, bfree, bsize } = statfsSync(root)
          mount(`remount,size=${(blocks - bfree) * bsize + bytes}`, 'tmpfs', root)
        },
    empty: () => void (isMounted && mount(`remount,size=${megabytes}m`, 'tmpfs', root)),
    remove: () => {
      if (isMounted) {
        process.removeListener('exit', unmount)
        unmount()
      }
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function mount(options: string, type: string, at: string): boolean {
  return spawnSync('mount', ['-t', type, '-o', options, type, at]).status === 0
}
