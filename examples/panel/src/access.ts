// Who may do what. Signed in is not enough: these say whose things are whose.

export interface Actor {
  readonly id: number
  readonly role: string
}

export function isModerator(actor: Actor | null): boolean {
  return actor?.role === 'moderator'
}

export interface ServerStanding {
  readonly ownerId: number
  /** The actor's role among the server's members; null for none. */
  readonly membership: string | null
}

export const mayEditServer = (actor: Actor | null, { ownerId, membership }: ServerStanding): boolean =>
  actor !== null && (actor.id === ownerId || membership !== null)

export const mayManageMembers = (actor: Actor | null, { ownerId, membership }: ServerStanding): boolean =>
  actor !== null && (actor.id === ownerId || membership === 'admin')

export const mayDeleteServer = (actor: Actor | null, { ownerId }: ServerStanding): boolean => actor?.id === ownerId

/** One's own, or anybody's for a moderator. The author is null once the account is gone. */
export const mayEditWriting = (actor: Actor | null, authorId: number | null): boolean =>
  actor !== null && (actor.id === authorId || isModerator(actor))

export const mayWriteIn = (actor: Actor | null, thread: { readonly isLocked: boolean }): boolean =>
  actor !== null && (!thread.isLocked || isModerator(actor))
