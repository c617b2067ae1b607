// What the work at hand does to revisions that others have already: databases that nobody can see stand on them.

import { aboveOf, idOf, reach } from '../../node.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile } from '../chain.ts'
import { chainOf, edits, emptyFile, fileOf, renamedReferences } from '../chain.ts'
import type { ChainFacts, GitKnowledge } from '../facts.ts'
import { touchesOf } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import type { HiddenAt } from '../hidden.ts'
import { hiddenRevisions } from '../hidden.ts'
import { judged } from '../stamps.ts'

type Published = NonNullable<GitKnowledge['published']>

export const publishedRevisions: Inspection = (chain, facts) => {
  const published = facts.git?.published ?? []
  if (published.length === 0) return []
  const ids = new Set(chain.files.flatMap(({ id }) => id ?? []))
  const gone = published.filter(({ id }) => !ids.has(id))
  const renamed = gone.flatMap((one) => renamedFault(chain, published, one))
  const removed = gone.filter(({ id, path }) => !chain.byPath.has(path) && !isNamed(chain, id))
  return [
    ...renamed,
    ...(removed.length === 0 ? [] : [removedFault(removed)]),
    ...hidingFaults(chain, facts, published),
  ]
}

/** What was done to published revisions at any time since: databases of that time still stand where they stood. */
export const formerHiding: Inspection = (chain, facts) =>
  (facts.git === null ? [] : hidingFaults(chain, facts, facts.git.firstPublished)).map((fault) => {
    const [stamp = '', ...hidden] = fault.revisions
    const what = quotedList(hidden)
    return {
      ...fault,
      repair: `Let a revision at the head do again what ${what} did, wherever it is missing; then \`ignoreFindings: ['${fault.code}:${stamp}']\` in the configuration says that this is settled.`,
    }
  })

function isNamed(chain: Chain, id: string): boolean {
  return chain.files.some(({ downRevisions, dependsOn }) => downRevisions?.includes(id) || dependsOn.includes(id))
}

/** The identifier in a published file was changed. The new one is nobody's yet, so it can be taken back. */
function renamedFault(chain: Chain, published: Published, { id, path }: Published[number]): readonly Fault[] {
  const now = chain.byPath.get(path)
  if (now === undefined || now.id === null || published.some((one) => one.id === now.id)) return []
  return [
    {
      code: 'renamed-revision',
      severity: 'warning',
      files: [path],
      revisions: [now.id],
      message: `${path} was published as "${id}" and is "${now.id}" now, so a database at "${id}" would not be known any more.`,
      repair: `Give it the identifier "${id}" again.`,
      safe: true,
      change: edits({ path, field: 'revision', value: id }, ...renamedReferences(chain, now.id, id)),
    },
  ]
}

function removedFault(removed: Published): Fault {
  const ids = removed.map(({ id }) => id)
  return {
    code: 'removed-revision',
    severity: 'warning',
    files: removed.map(({ path }) => path),
    revisions: ids,
    message: `${quotedList(ids)} ${ids.length === 1 ? 'was' : 'were'} published and removed, so a database that stands there would not be known any more.`,
    repair: `Restore ${removed.map(({ path }) => path).join(' and ')} from the shared branch. Where a new revision does what ${ids.length === 1 ? 'it' : 'they'} did, let that one have the identifier of the last.`,
    safe: false,
    change: null,
  }
}

/** Published revisions that follow something now which databases standing there have never run. */
function hidingFaults(chain: Chain, facts: ChainFacts, published: Published): readonly Fault[] {
  const before = chainOf(published.map((one): ChainFile => ({ ...emptyFile, body: 'written', ...one })))
  const now = [...chain.graph.revisions.values()]
  // What has another identifier now is spoken of elsewhere, and still what it was.
  const renamed = new Map(
    published.flatMap(({ id, path }): readonly (readonly [string, string])[] => {
      const called = chain.graph.revisions.has(id) ? null : (chain.byPath.get(path)?.id ?? null)
      return called === null ? [] : [[id, called]]
    }),
  )
  const stamps = judged(before, facts, hiddenRevisions([...before.graph.revisions.values()], now, renamed))
  const possible = stamps.filter((one) => one.impossible === null && !isRedone(chain, facts, one))
  return possible.flatMap(({ stamp, revisions }): readonly Fault[] => {
    const was = before.graph.revisions.get(stamp)
    const is = chain.graph.revisions.get(stamp)
    if (
      was === undefined ||
      is === undefined ||
      [...was.downRevisions].sort().join() === [...is.downRevisions].sort().join()
    )
      return []
    const parents = was.downRevisions.length === 0 ? 'nothing' : quotedList(was.downRevisions)
    return [
      {
        code: 'hides-revisions',
        severity: 'warning',
        files: [is.path],
        revisions: [stamp, ...revisions],
        message: `"${stamp}" was published as following ${parents}; now a database that stands there will never run ${quotedList(revisions)}.`,
        repair: `Let "${stamp}" follow ${parents} again, and put what is new after the head.`,
        safe: false,
        change: null,
      },
    ]
  })
}

/** Whether something above the stamp makes all that the hidden revisions made: then nobody goes without it. */
function isRedone(chain: Chain, facts: ChainFacts, { stamp, revisions }: HiddenAt): boolean {
  const touched = (id: string) => {
    const file = fileOf(chain, id)
    return file === null ? null : touchesOf(facts, file)
  }
  const node = chain.graph.names.get(stamp)
  if (node === undefined) return false
  const above = [...reach(node.above, aboveOf)].map(idOf)
  const made = new Set(above.flatMap((id) => touched(id)?.provides.map(({ key }) => key) ?? []))
  return revisions.every((id) => {
    const touches = touched(id)
    if (touches === null || touches.unknown) return false
    const { requires, provides, removes } = touches
    if (provides.length > 0) return provides.every(({ key }) => made.has(key))
    return requires.length + removes.length === 0
  })
}
