// The front page: plain HTML, no script; everything that people wrote is escaped by the `html` template.

import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Environment } from './context.ts'
import { serverList } from './servers.ts'
import { threadList } from './threads.ts'

const shown = 20

export const page = new Hono<Environment>().get('/', async (c) => {
  const { db } = c.get('services')
  const servers = await serverList(db).orderBy('server.name').limit(shown).execute()
  const threads = await threadList(db)
    .orderBy('forum_thread.is_pinned', 'desc')
    .orderBy('forum_thread.created_at', 'desc')
    .orderBy('forum_thread.id', 'desc')
    .limit(shown)
    .execute()
  return c.html(layout(serverSection(servers), threadSection(threads)))
})

type Markup = ReturnType<typeof html>
type Servers = Awaited<ReturnType<ReturnType<typeof serverList>['execute']>>
type Threads = Awaited<ReturnType<ReturnType<typeof threadList>['execute']>>

function layout(...sections: readonly Markup[]): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Panel</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><h1>Panel</h1><p>Game servers and the people who run them</p></header>
<main>${sections}</main>
<footer><a href="/api/servers">Servers</a> <a href="/api/threads">Threads</a> <a href="/health">Health</a></footer>
</body>
</html>`
}

function serverSection(servers: Servers): Markup {
  const cards = servers.map(
    (server) => html`<li class="card">
<h3>${server.name}</h3>
<p class="address">${server.host}:${server.port}</p>
${server.description === null ? '' : html`<p>${server.description}</p>`}
<p class="quiet"><span class="tag">${server.gameType}</span> run by ${server.ownerName}</p>
</li>`,
  )
  const list = cards.length === 0 ? html`<p class="quiet">No servers yet.</p>` : html`<ul class="cards">${cards}</ul>`
  return html`<section><h2>Servers</h2>${list}</section>`
}

function threadSection(threads: Threads): Markup {
  const rows = threads.map(
    (thread) => html`<li>
<a href="/api/threads/${thread.id}">${thread.title}</a>
${thread.isPinned ? html`<span class="tag">pinned</span>` : ''}${thread.isLocked ? html`<span class="tag">locked</span>` : ''}
<p class="quiet">${thread.categoryName}, ${thread.authorName ?? 'somebody who left'}, ${day(thread.createdAt)},
${thread.postCount} ${thread.postCount === 1 ? 'post' : 'posts'}</p>
</li>`,
  )
  const list = rows.length === 0 ? html`<p class="quiet">No threads yet.</p>` : html`<ul class="threads">${rows}</ul>`
  return html`<section><h2>Forum</h2>${list}</section>`
}

function day(moment: Date): Markup {
  const text = moment.toISOString().slice(0, 10)
  return html`<time datetime="${moment.toISOString()}">${text}</time>`
}
