// Names of revisions that do not exist: parents and dependencies that are missing, misspelt or the file itself.

import { nearest } from '../../nearest.ts'
import { isHead } from '../../relations.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile, ChainNode, CreatedFile, Edit } from '../chain.ts'
import { edits, emptyFile, filesWith, standsOn } from '../chain.ts'
import type { ChainFacts, LostFile } from '../facts.ts'
import { isPublished } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import { stemOf } from './identifiers.ts'
import { type Meaning, meaningOf } from './meaning.ts'
import { permitted } from './permission.ts'

type Edge = 'downRevision' | 'dependsOn'

/** What is known of one name that leads nowhere. */
interface Dangling {
  readonly chain: Chain
  readonly facts: ChainFacts
  readonly file: ChainFile
  readonly edge: Edge
  readonly name: string
}

export const missingReferences: Inspection = (chain, facts) => {
  const stated = new Set(chain.files.flatMap(({ id }) => id ?? []))
  return chain.files.flatMap((file): readonly Fault[] => [
    ...unquotedFaults(file),
    ...(['downRevision', 'dependsOn'] as const).flatMap((edge) =>
      namesOf(file, edge)
        .filter((name) => !stated.has(name) && !(edge === 'dependsOn' && chain.graph.names.has(name)))
        .flatMap((name) => danglingFault({ chain, facts, file, edge, name }) ?? []),
    ),
  ])
}

/** Whether a file keeps its identifier to itself: then a name that no file has may be that one, and does not dangle. */
function isSecretive({ id, trouble }: ChainFile): boolean {
  return id === null && trouble !== null && trouble.code !== 'no-revision' && trouble.code !== 'illegal-id'
}

function namesOf(file: ChainFile, edge: Edge): readonly string[] {
  return [...new Set(edge === 'downRevision' ? (file.downRevisions ?? []) : file.dependsOn)]
}

function unquotedFaults(file: ChainFile): readonly Fault[] {
  return (['downRevision', 'dependsOn'] as const)
    .filter((field) => file.unquoted.includes(field))
    .map((field) => ({
      code: field === 'downRevision' ? 'misnamed-parent' : 'misnamed-dependency',
      severity: 'error',
      files: [file.path],
      revisions: file.id === null ? [] : [file.id],
      message: `\`${field}\` in ${file.path} is a number, and identifiers are texts.`,
      repair: `Write ${quotedList(namesOf(file, field))}.`,
      safe: true,
      change: edits({ path: file.path, field, value: namesOf(file, field) }),
    }))
}

function danglingFault(dangling: Dangling): Fault | null {
  const { chain, facts, file, edge, name } = dangling
  const what = edge === 'downRevision' ? 'follows' : 'depends on'
  const fault = {
    code: edge === 'downRevision' ? 'missing-parent' : 'missing-dependency',
    severity: 'error' as const,
    files: [file.path],
    revisions: file.id === null ? [] : [file.id],
    message: `${file.path} ${what} "${name}", and no file has that identifier.`,
  }
  const meant = meaningOf(chain, file, name)
  if (meant?.certain) return misnamedFault(dangling, fault, meant)
  if (chain.files.some(isSecretive)) return null
  const lost = facts.git?.lost(name) ?? null
  if (lost !== null) return { ...fault, ...restoration(dangling, lost) }
  const carrier = carrierOf(dangling)
  if (carrier !== null) return { ...fault, ...carried(dangling, carrier) }
  if (meant !== null) return misnamedFault(dangling, fault, meant)
  return { ...fault, ...(earlierValue(dangling) ?? guess(dangling)) }
}

function misnamedFault(
  dangling: Dangling,
  fault: Pick<Fault, 'severity' | 'files' | 'revisions' | 'message'>,
  { ids, because, ambiguous }: Meaning,
): Fault {
  const named = {
    ...fault,
    code: dangling.edge === 'downRevision' ? 'misnamed-parent' : 'misnamed-dependency',
    message: `${fault.message.slice(0, -1)}; ${because}.`,
  }
  if (ambiguous) return { ...named, repair: `Write ${quotedList(ids, 'or')}.`, safe: false, change: null }
  const repair = ids.length === 0 ? 'Write `null`: it is a base.' : `Write ${quotedList(ids)}.`
  return { ...named, repair, safe: true, change: edits(replacement(dangling, ids)) }
}

/** The file whose name is called, where it carries the identifier of another one: it is that one's which is wrong. */
function carrierOf({ chain, file, name }: Dangling): ChainFile | null {
  const found = chain.files.filter(({ path, id }) => {
    const stem = stemOf(path)
    return (
      path !== file.path &&
      id !== null &&
      (stem === name || stem.startsWith(`${name}_`)) &&
      filesWith(chain, id).length > 1 &&
      !stem.startsWith(id)
    )
  })
  return found.length === 1 ? (found[0] ?? null) : null
}

function carried({ facts, name }: Dangling, { path, id }: ChainFile): Mend {
  const others = `which carries the identifier "${id}" of another file`
  const safe = facts.git !== null && !facts.git.isPublished(path)
  return { repair: `Call the revision in ${path}, ${others}, "${name}".`, safe, change: null }
}

function replacement({ file, edge, name }: Dangling, ids: readonly string[]): Edit {
  const value = [...new Set(namesOf(file, edge).flatMap((one) => (one === name ? ids : [one])))]
  return { path: file.path, field: edge, value: value.filter((id) => id !== file.id) }
}

type Mend = Pick<Fault, 'repair' | 'safe' | 'change'>

/** The file is in git. Where its path is taken by a revision that was given another identifier, that is undone. */
function restoration({ chain, facts }: Dangling, { file, text }: LostFile): Mend {
  const now = chain.byPath.get(file.path)
  if (now === undefined) {
    const created: CreatedFile = { file, text }
    return {
      repair: `Restore ${file.path} from git.`,
      safe: true,
      change: { edits: [], created: [created], removed: [] },
    }
  }
  const id = file.id ?? ''
  const safe = now.id === null || !(facts.git?.published?.some((one) => one.id === now.id) ?? false)
  return {
    repair: permitted(safe, `Give ${now.path}, which was "${id}", that identifier again.`),
    safe,
    change: edits({ path: now.path, field: 'revision', value: id }),
  }
}

/** What the same header said before, where that still exists. */
function earlierValue({ chain, facts, file, edge }: Dangling): Mend | null {
  if (edge === 'dependsOn') return null
  const former = facts.git
    ?.former(file.path)
    .find(({ downRevisions }) => downRevisions?.every((id) => id !== file.id && chain.graph.revisions.has(id)))
  if (former?.downRevisions === undefined || former.downRevisions === null) return null
  const safe = former.shared || !isPublished(facts, file)
  const names = former.downRevisions.length === 0 ? 'nothing' : quotedList(former.downRevisions)
  return {
    repair: permitted(safe, `Let it follow ${names} again, as the file did before.`),
    safe,
    change: edits({ path: file.path, field: 'downRevision', value: former.downRevisions }),
  }
}

/** Nothing tells what it was: only with permission, and so that a database stamped there is still known. */
function guess(dangling: Dangling): Mend {
  const { chain, facts, file, edge, name } = dangling
  const near = nearest(name, chain.graph.revisions.keys()).filter((id) => id !== file.id)
  const slip = near.length === 0 ? '' : `Write ${quotedList(near, 'or')} if that was meant; else restore`
  const restore = `${slip === '' ? 'Restore' : slip} the file of "${name}" from a backup or another clone`
  if (edge === 'dependsOn') {
    return {
      repair: `${restore}; or, with --reparent, no longer depend on it.`,
      safe: false,
      change: edits(replacement(dangling, [])),
    }
  }
  const isIts = ({ revision }: ChainNode): boolean => revision.path === file.path
  const whole = chain.graph.nodes.filter((node) => isHead(node) && !standsOn(chain, node.revision.id, isIts))
  const [head] = whole
  // What is nearly a revision was hardly one of its own: nothing may stand for it.
  if (head === undefined || whole.length > 1 || near.length > 0)
    return { repair: `${restore}.`, safe: false, change: null }
  const path = facts.place({ id: name, message: 'lost revision', createdAt: null, beside: file.path })
  const stub: ChainFile = { ...emptyFile, path, id: name, downRevisions: [head.revision.id], message: 'lost revision' }
  return {
    repair: `${restore}; or, with --reparent, let an empty "${name}" after "${head.revision.id}" stand for it, so that databases stamped there are known.`,
    safe: false,
    change: { edits: [], created: [{ file: stub, text: null }], removed: [] },
  }
}
