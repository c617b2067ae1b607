// Roles by name, and the words that stand for one.

import { quote } from '../literal.ts'

const words = ['PUBLIC', 'CURRENT_USER', 'CURRENT_ROLE', 'SESSION_USER']

/** `PUBLIC`, in either case, and in capitals the words for whoever is connected are not quoted; every other name is. */
export function roleList(names: readonly string[]): string {
  return names.map((name) => (words.includes(name) || name === 'public' ? name.toUpperCase() : quote(name))).join(', ')
}
