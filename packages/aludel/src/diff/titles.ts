// The names by which questions and answers call objects: `app.user.email`, where no two objects have one name.

import type { TableName } from '../schema/model.ts'

/** A name with a dot of its own stands in quotes: table `"app.user"` is not table `user` in `app`. */
function spelled(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

export function titleOf({ namespace, name }: TableName): string {
  return namespace === null ? spelled(name) : `${spelled(namespace)}.${spelled(name)}`
}

/** A column, an index, a constraint or a value of what has the name. */
export function partTitle(of: TableName, part: string): string {
  return `${titleOf(of)}.${spelled(part)}`
}
