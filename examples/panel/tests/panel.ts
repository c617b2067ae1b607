// A Panel on a database of its own, and people who talk to it.

import { upgrade } from 'aludel'
import type { FreshDatabase, TestEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { openPanel, type Panel } from '../src/panel.ts'
import { promote } from '../src/promote.ts'
import { configFile, readSettings } from '../src/settings.ts'

export interface TestPanel extends Panel {
  readonly url: string
  /** What the Panel logged. */
  readonly logged: readonly string[]
  /** A new account, signed in. */
  person(options?: { readonly moderator?: boolean }): Promise<TestPerson>
  /** A request of somebody who is not signed in. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

export interface TestPerson {
  readonly id: number
  readonly email: string
  readonly token: string
  ask(method: string, path: string, body?: unknown): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
}

export const password = 'correct horse battery'

/** A Panel on an empty database of the engine, brought to `target`; `end` closes and drops it all. */
export async function freshPanel(engine: TestEngine, target = 'head'): Promise<TestPanel & { end(): Promise<void> }> {
  const place = await engine.freshDatabase()
  if (target !== 'base') await upgrade(configFile, { url: place.url, target })
  const panel = panelAt(place.url)
  return { ...panel, end: () => end(panel, place) }
}

async function end(panel: Panel, place: FreshDatabase): Promise<void> {
  await panel.close()
  await place.drop()
}

export function panelAt(url: string): TestPanel {
  const logged: string[] = []
  const settings = readSettings(
    { DATABASE_URL: url, PANEL_SECRET: 'a secret that only the tests know' },
    () => undefined,
  )
  const panel = openPanel(settings, (text) => logged.push(text))
  const ask: TestPanel['ask'] = async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await panel.app.request(path, { method, headers: { ...json, ...headers }, ...content })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  let people = 0
  return {
    ...panel,
    url,
    logged,
    ask,
    person: async ({ moderator = false } = {}) => {
      people += 1
      const email = `person${people}@example.org`
      const { body } = await ask('POST', '/api/users', { email, password, firstName: `P${people}`, lastName: 'Erson' })
      if (moderator) await promote(email, url)
      const authorization = { Authorization: `Bearer ${body.token}` }
      return {
        id: body.user.id,
        email,
        token: body.token,
        ask: (method, path, given) => ask(method, path, given, authorization),
      }
    },
  }
}

export const newServer = (name: string) => ({ name, host: 'et.example.org', port: 27960 })
