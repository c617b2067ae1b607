// The Panel's tables. Change them here, then run `panel db migrate -m "what changed"`.

import type { KyselyDatabase } from 'aludel/kysely'
import {
  boolean,
  check,
  defineSchema,
  desc,
  index,
  integer,
  json,
  now,
  primaryKey,
  sql,
  string,
  table,
  text,
  timestamptz,
  unique,
} from 'aludel/schema'

export const user = table(
  'user',
  {
    id: integer().identity().primaryKey(),
    email: string(120).notNull(),
    firstName: string('first_name', 80).notNull(),
    lastName: string('last_name', 80).notNull(),
    // Null for who signs in with OAuth only.
    passwordHash: string('password_hash', 100),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: timestamptz('created_at').notNull().default(now()),
    oauthProvider: string('oauth_provider', 32),
    oauthId: string('oauth_id', 128),
    role: string(32).notNull().default('member'),
    status: string(32).notNull(),
  },
  (t) => [
    unique().on(t.email),
    unique('uq_user_oauth').on(t.oauthProvider, t.oauthId),
    check('role', sql`role IN ('member', 'moderator')`),
    index().on(t.status),
  ],
)

export interface ServerSettings {
  readonly [variable: string]: string
}

export const server = table(
  'server',
  {
    id: integer().identity().primaryKey(),
    name: string(120).notNull().unique(),
    host: string(128).notNull(),
    port: integer().notNull(),
    gameType: string('game_type', 32).notNull().default('etlegacy'),
    ownerId: integer('owner_id')
      .notNull()
      .references(() => user.columns.id, { onDelete: 'restrict' }),
    createdAt: timestamptz('created_at').notNull().default(now()),
    updatedAt: timestamptz('updated_at').notNull().default(now()),
    description: string(512),
    settings: json().as<ServerSettings>(),
  },
  (t) => [check('port', sql`port BETWEEN 1 AND 65535`), index().on(t.ownerId)],
)

/** Who else than its owner may touch a server. */
export const serverUser = table(
  'server_user',
  {
    serverId: integer('server_id')
      .notNull()
      .references(() => server.columns.id, { onDelete: 'cascade' }),
    userId: integer('user_id')
      .notNull()
      .references(() => user.columns.id, { onDelete: 'cascade' }),
    role: string(32).notNull().default('member'),
    createdAt: timestamptz('created_at').notNull().default(now()),
  },
  (t) => [primaryKey(t.serverId, t.userId), check('role', sql`role IN ('member', 'admin')`), index().on(t.userId)],
)

export const auditLog = table(
  'audit_log',
  {
    id: integer().identity().primaryKey(),
    actorId: integer('actor_id').references(() => user.columns.id, { onDelete: 'set null' }),
    action: string(64).notNull(),
    subject: string(255).notNull(),
    ipAddress: string('ip_address', 45),
    createdAt: timestamptz('created_at').notNull().default(now()),
  },
  (t) => [index().on(t.actorId), index().on(desc(t.createdAt))],
)

export const forumCategory = table('forum_category', {
  id: integer().identity().primaryKey(),
  name: string(80).notNull().unique(),
  description: string(255),
  position: integer().notNull().default(0),
})

export const forumThread = table(
  'forum_thread',
  {
    id: integer().identity().primaryKey(),
    categoryId: integer('category_id')
      .notNull()
      .references(() => forumCategory.columns.id, { onDelete: 'restrict' }),
    // Null once the author's account is gone.
    authorId: integer('author_id').references(() => user.columns.id, { onDelete: 'set null' }),
    title: string(255).notNull(),
    createdAt: timestamptz('created_at').notNull().default(now()),
    isPinned: boolean('is_pinned').notNull().default(false),
    isLocked: boolean('is_locked').notNull().default(false),
  },
  (t) => [index().on(t.authorId), index('ix_forum_thread_listing').on(t.categoryId, desc(t.createdAt))],
)

export const forumPost = table(
  'forum_post',
  {
    id: integer().identity().primaryKey(),
    threadId: integer('thread_id')
      .notNull()
      .references(() => forumThread.columns.id, { onDelete: 'cascade' }),
    authorId: integer('author_id').references(() => user.columns.id, { onDelete: 'set null' }),
    content: text().notNull(),
    createdAt: timestamptz('created_at').notNull().default(now()),
    editedAt: timestamptz('edited_at'),
  },
  (t) => [index().on(t.authorId), index('ix_forum_post_listing').on(t.threadId, t.createdAt)],
)

export const schema = defineSchema([user, server, serverUser, auditLog, forumCategory, forumThread, forumPost])

export type Database = KyselyDatabase<typeof schema>
