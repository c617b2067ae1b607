// Which revision files have come or changed since a commit, whether that is committed by now or not.

import { readFileSync } from 'node:fs'
import { AludelError } from '../../errors.ts'
import type { Project } from '../project.ts'
import type { Script } from '../scripts.ts'
import { listFiles, readContents } from './objects.ts'
import { askGit } from './process.ts'
import { commitsOf, unknownRef } from './refs.ts'
import { repositoryOf } from './repository.ts'

/**
 * The scripts whose text no file had where the work at hand left that branch, tag or commit. A file that was only moved
 * has not changed.
 *
 * @throws AludelError `no-repository`, `unknown-ref`
 */
export function changedSince(project: Project, scripts: readonly Script[], ref: string): readonly Script[] {
  const repository = repositoryOf(project)
  if (repository === null) {
    throw new AludelError('no-repository', `The revisions are in no git repository, so nothing is "since ${ref}".`, {
      hint: 'Leave --since out, or name the revisions.',
    })
  }
  const [commit = null] = commitsOf(repository, [ref])
  if (commit === null) throw unknownRef(ref)
  const [common = ''] = askGit(repository.folder, ['merge-base', 'HEAD', commit]).split('\n')
  const files = listFiles(repository, common === '' ? commit : common)
  const texts = new Set([...readContents(repository, files.values()).values()].map(plain))
  return scripts.filter(({ file }) => !texts.has(plain(readFileSync(file, 'utf8'))))
}

function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
}
