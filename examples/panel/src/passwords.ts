// Passwords, kept as bcrypt hashes only.

import { createHash } from 'node:crypto'
import { compare, hash } from 'bcryptjs'

const rounds = 11

/** bcrypt reads no more than this of a password, so longer ones are refused at the door. */
export const longestPassword = 72

export function hashPassword(password: string): Promise<string> {
  return hash(password, rounds)
}

// A hash of nothing that anybody knows: checking it takes as long as checking a real one, so that the time of a refusal
// does not tell whether there is such a user.
const nobody = '$2b$11$XIql9eg3CwC9yTYRJvWN3u1Um88kayRKj9Y8l6Cql4fg3IwlKcT66'

/** Whether the password is the user's; `stored` is null where there is no user, or one without a password. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const matches = await compare(password, stored ?? nobody).catch(() => false)
  return matches && stored !== null
}

/** A mark that changes with the password, so that tokens from before the change are worth nothing. */
export function passwordMark(stored: string | null): string {
  return createHash('sha256')
    .update(stored ?? '')
    .digest('base64url')
    .slice(0, 16)
}
