// What the repair of a chain may ask: git, the bodies of the revisions, and names for new files.

import { createHash } from 'node:crypto'
import { dirname, join, posix } from 'node:path'
import { type GitFacts, gitFacts, once } from '../../project/git.ts'
import { listOf } from '../../project/header.ts'
import type { Project } from '../../project/project.ts'
import { fileNameOf } from '../../project/revision-file.ts'
import { sameModule } from '../../project/same-module.ts'
import { readScriptFile, type ScriptFile } from '../../project/scripts.ts'
import type { ChainFacts, GitKnowledge } from '../../revisions/repair/facts.ts'
import { type Bodies, bodiesOf } from './bodies.ts'
import { chainFile, parentsIn } from './files.ts'

export interface FactsOptions {
  /** Branches and tags whose history counts as published; default: the main branch and every tag. */
  readonly shared?: readonly string[]
}

export interface ProjectFacts {
  readonly facts: ChainFacts
  readonly bodies: Bodies
  readonly git: GitFacts | null
}

export async function factsOf(
  project: Project,
  files: readonly ScriptFile[],
  { shared }: FactsOptions,
): Promise<ProjectFacts> {
  const git = once(() => gitFacts(project, shared === undefined ? {} : { shared }))
  const bodies = await bodiesOf(project, files)
  const byPath = new Map(files.map((file) => [file.path, file]))
  const knowledge = once(() => {
    const known = git()
    return known === null ? null : knowledgeOf(project, known, bodies)
  })
  const facts: ChainFacts = {
    get git() {
      return knowledge()
    },
    sameContent: (one, other) => isSame(byPath.get(one.path), byPath.get(other.path)),
    recorded: (path) => bodies.touches(path),
    identifier: (seed) => createHash('sha256').update(seed).digest('hex').slice(0, 12),
    place: ({ id, message, createdAt, beside }) => {
      const pattern = project.configuration.fileName ?? '{revision}_{slug}'
      const name = fileNameOf(pattern, { id, message, createdAt: createdAt ?? '1970-01-01T00:00:00Z' })
      return posix.join(dirname(beside), `${name}.ts`)
    },
  }
  return {
    facts,
    bodies,
    get git() {
      return git()
    },
  }
}

function isSame(one: ScriptFile | undefined, other: ScriptFile | undefined): boolean {
  if (one === undefined || other === undefined) return false
  // A text that is no UTF-8 could not be put back as it was.
  if (one.encoding !== 'utf-8' || other.encoding !== 'utf-8') return false
  return one.text === other.text || sameModule(one, other)
}

function knowledgeOf(project: Project, git: GitFacts, bodies: Bodies): GitKnowledge {
  const published = once(() => new Set([...git.published.values()].map(({ path }) => path)))
  return {
    isPublished: (path) => published().has(path) || git.former(path).some(({ shared }) => shared),
    addedAt: (path) => git.added.get(path) ?? null,
    lost: (id) => {
      const found = git.lost(id)
      if (found === null) return null
      const read = readScriptFile({ path: found.path, file: join(project.directory, found.path) }, found.text)
      bodies.add(read)
      return { file: chainFile(read), text: found.text }
    },
    former: (path) =>
      git.former(path).map(({ fields, shared }) => ({
        id: typeof fields.revision === 'string' ? fields.revision : null,
        downRevisions: parentsIn(fields),
        shared,
      })),
    get firstPublished() {
      return [...git.published.values()].map(({ id, path, first }) => ({
        id,
        path,
        downRevisions: parentsIn(first) ?? [],
        dependsOn: listOf(first.dependsOn),
        branchLabels: listOf(first.branchLabels),
      }))
    },
    get published() {
      return git.startingPoint
    },
  }
}
