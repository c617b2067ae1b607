// Signed tokens: who holds one is the user that it names, until it ends or the password changes.

import { sign, verify } from 'hono/jwt'
import * as v from 'valibot'

/** Seconds: twelve hours. */
export const tokenLife = 12 * 60 * 60

const issuer = 'panel'
const algorithm = 'HS256'

const Claims = v.object({ sub: v.pipe(v.string(), v.digits()), mark: v.string() })

export interface TokenFacts {
  readonly userId: number
  readonly mark: string
}

export function signToken({ userId, mark }: TokenFacts, secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return sign({ iss: issuer, sub: String(userId), mark, iat: now, exp: now + tokenLife }, secret, algorithm)
}

/** What the token says; null where it was not signed by us, has ended or is no token at all. */
export async function readToken(token: string, secret: string): Promise<TokenFacts | null> {
  try {
    const { sub, mark } = v.parse(Claims, await verify(token, secret, { alg: algorithm, iss: issuer }))
    return { userId: Number(sub), mark }
  } catch {
    return null
  }
}
