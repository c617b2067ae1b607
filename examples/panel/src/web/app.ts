// The Panel's web application: its middleware and its routes.

import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { audit } from './audit.ts'
import { categories } from './categories.ts'
import type { Environment, Services } from './context.ts'
import { health } from './health.ts'
import { members } from './members.ts'
import { page } from './page.ts'
import { posts } from './posts.ts'
import { answerFailure, answerUnknown } from './refusals.ts'
import { servers } from './servers.ts'
import { identify, sessions } from './sessions.ts'
import { style } from './style.ts'
import { threads } from './threads.ts'
import { users } from './users.ts'

const largestBody = 64 * 1024

export function createApp(services: Services): Hono<Environment> {
  const app = new Hono<Environment>()
  app.onError(answerFailure)
  app.notFound(answerUnknown)
  app.use(async (c, next) => {
    c.set('services', services)
    c.set('person', null)
    await next()
  })
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'self'"], frameAncestors: ["'none'"] },
      // The Panel does not know whether it is reached over HTTPS; whoever puts it there says this.
      strictTransportSecurity: false,
    }),
  )
  app.route('/health', health)
  app.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.route('/', page)
  app.use('/api/*', bodyLimit({ maxSize: largestBody }), identify)
  app.route('/api/session', sessions)
  app.route('/api/users', users)
  app.route('/api/servers', servers)
  app.route('/api/servers', members)
  app.route('/api/categories', categories)
  app.route('/api/threads', threads)
  app.route('/api/posts', posts)
  app.route('/api/audit', audit)
  return app
}
