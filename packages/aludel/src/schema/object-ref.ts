// One way to name anything that stands in a database, and one text for it.

import { canonicalJson } from './canonical.ts'
import type { TableName } from './model.ts'
import type { SchemaObject } from './object-model.ts'

export interface ObjectRef {
  readonly kind:
    | 'table'
    | 'column'
    | 'index'
    | 'constraint'
    | 'enum'
    | 'namespace'
    | 'view'
    | 'materializedView'
    | 'sequence'
    | 'function'
    | 'trigger'
    | 'extension'
    | 'domain'
    | 'policy'
    | 'compositeType'
    | 'object'
  readonly namespace: string | null
  /** The object's name; of a column, index, constraint, trigger, policy or rule the table's. */
  readonly name: string
  /** The column, index, constraint, trigger or policy itself; a function's arguments; what type of object it is, and on a table also which. */
  readonly part: string | null
}

/** One text for an object, to look it up. */
export function refKey({ kind, namespace, name, part }: ObjectRef): string {
  return [kind, namespace ?? '', name, part ?? ''].join('\0')
}

type PlainKind = 'table' | 'enum' | 'view' | 'materializedView' | 'sequence' | 'function' | 'domain' | 'compositeType'

/** What stands in a namespace by itself. */
export function objectRef(kind: PlainKind, { namespace, name }: TableName): ObjectRef {
  return { kind, namespace, name, part: null }
}

export function partRef(
  kind: 'column' | 'index' | 'constraint' | 'trigger' | 'policy',
  { namespace, name }: TableName,
  part: string,
): ObjectRef {
  return { kind, namespace, name, part }
}

/** An object that is known by its whole text. */
export function definedRef(type: string, { namespace, name }: TableName, table: TableName | null): ObjectRef {
  return table === null
    ? { kind: 'object', namespace, name, part: type }
    : { kind: 'object', namespace: table.namespace, name: table.name, part: `${type} ON ${name}` }
}

/** How an object is called; null for what is only said of another. */
export function refOf(object: SchemaObject): ObjectRef | null {
  switch (object.kind) {
    case 'view':
    case 'materializedView':
    case 'sequence':
    case 'domain':
    case 'compositeType':
      return objectRef(object.kind, object)
    case 'function':
      return { ...objectRef('function', object), part: object.arguments }
    case 'trigger':
    case 'policy':
      return partRef(object.kind, object.table, object.name)
    case 'extension':
      return { kind: 'extension', namespace: null, name: object.name, part: null }
    case 'partition':
    case 'archive':
      return objectRef('table', object)
    case 'defined':
      return definedRef(object.type, object, object.table)
    case 'rowSecurity':
    case 'comment':
    case 'privilege':
      return null
  }
}

/** True where one is the other, or stands on it as a part; a function without arguments means each of its name. */
export function isWithin(inner: ObjectRef, outer: ObjectRef): boolean {
  if (inner.namespace !== outer.namespace || inner.name !== outer.name) return false
  if (sameKind(inner.kind, outer.kind)) return inner.part === outer.part || outer.part === null
  return outer.part === null && carrier(inner) === 'table' && carriers.has(outer.kind)
}

/** What has columns, indexes and triggers; a type has at least parts. */
const carriers: ReadonlySet<ObjectRef['kind']> = new Set([
  'table',
  'view',
  'materializedView',
  'compositeType',
  'domain',
] as const)

/** The kind of what a part is on. */
function carrier({ kind, part }: ObjectRef): ObjectRef['kind'] | null {
  if (kind === 'object') return part?.includes(' ON ') ? 'table' : null
  const isPart =
    kind === 'column' || kind === 'index' || kind === 'constraint' || kind === 'trigger' || kind === 'policy'
  return isPart ? 'table' : null
}

/** Relations share their names, and so do types: what is said of one is said of it whatever its kind is. */
function sameKind(a: ObjectRef['kind'], b: ObjectRef['kind']): boolean {
  const plain = (kind: ObjectRef['kind']) => likeness[kind] ?? kind
  return plain(a) === plain(b)
}

const likeness: Partial<Record<ObjectRef['kind'], ObjectRef['kind']>> = {
  compositeType: 'enum',
  domain: 'enum',
  view: 'table',
  materializedView: 'table',
}

/** The names that an object's place is made of. */
export function namesIn({ kind, namespace, name, part }: ObjectRef): readonly string[] {
  // A function's arguments are no name, and of an object its type is none.
  const own = kind === 'function' ? null : kind === 'object' ? (part?.split(' ON ')[1] ?? null) : part
  return [name, own, namespace].filter((one) => one !== null)
}

/** One text by which an object is found again in another schema, whatever it is like there. */
export function objectKey(object: SchemaObject): string {
  if (object.kind === 'comment') return `comment ${refKey(object.on)}`
  if (object.kind === 'privilege') {
    const { on, to, privilege, column, withheld } = object
    return `privilege ${canonicalJson([on, to, privilege, column, withheld])}`
  }
  return `${object.kind} ${refKey(refOf(object) ?? objectRef('table', object))}`
}
