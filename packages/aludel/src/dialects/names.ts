// What no engine can be given as a name.

import { AludelError } from '../errors.ts'

/** The name itself; refuses NUL, at which an engine or a driver may stop reading the statement. */
export function checkedName(name: string): string {
  if (!name.includes('\0')) return name
  throw new AludelError('invalid-name', 'A name cannot hold the NUL character.', { details: { name } })
}
