// Whether the Panel can work: its database answers and is where the code expects it.

import { Hono } from 'hono'
import type { Environment } from './context.ts'

export const health = new Hono<Environment>().get('/', async (c) => {
  const { healthy, reachable, current, heads, reason } = await c.get('services').health()
  c.header('Cache-Control', 'no-store')
  const status = healthy ? 'healthy' : 'unhealthy'
  return c.json({ status, reason, database: { reachable, current, heads } }, healthy ? 200 : 503)
})
