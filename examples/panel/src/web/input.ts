// Input that has been looked at: bodies, numbers in paths and pages of lists.

import * as v from 'valibot'
import { longestPassword } from '../passwords.ts'
import type { Request } from './context.ts'
import { Refusal } from './refusals.ts'

const line = (longest: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(longest, `at most ${longest} characters`),
    noControls,
  )

// Half an emoji and NUL are characters that one engine takes and another refuses, so none of them gets any.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is kept out.
const noControls = v.regex<string, string>(/^[^\u0000-\u001f\u007f\p{Surrogate}]*$/u, 'no control characters')
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is kept out.
const noBroken = v.regex<string, string>(/^[^\u0000\p{Surrogate}]*$/u, 'no broken characters')

const email = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(120, 'at most 120 characters'),
  v.email('not an e-mail address'),
)
const password = v.pipe(
  v.string(),
  v.minLength(10, 'at least 10 characters'),
  v.maxBytes(longestPassword, `at most ${longestPassword} bytes`),
)
const port = v.pipe(
  v.number(),
  v.integer('a whole number'),
  v.minValue(1, 'at least 1'),
  v.maxValue(65_535, 'at most 65535'),
)
const variable = v.record(line(64), v.pipe(v.string(), v.maxLength(1000), noBroken))
const content = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(20_000, 'at most 20000 characters'),
  noBroken,
)

export const NewUser = v.strictObject({ email, password, firstName: line(80), lastName: line(80) })
export const UserChange = v.strictObject({
  ...v.partial(v.object({ email, firstName: line(80), lastName: line(80) })).entries,
  password: v.optional(v.strictObject({ current: v.pipe(v.string(), v.maxLength(1000)), new: password })),
  role: v.optional(v.picklist(['member', 'moderator'])),
  status: v.optional(v.picklist(['active', 'suspended'])),
})
export const Credentials = v.strictObject({ email, password: v.pipe(v.string(), v.maxLength(1000)) })

const serverEntries = {
  name: line(120),
  host: line(128),
  port,
  gameType: v.optional(line(32)),
  description: v.optional(v.nullable(line(512))),
  settings: v.optional(v.nullable(variable)),
}
export const NewServer = v.strictObject(serverEntries)
export const ServerChange = v.partial(v.strictObject(serverEntries))
export const Membership = v.strictObject({ role: v.optional(v.picklist(['member', 'admin']), 'member') })

const position = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0), v.maxValue(10_000))
const categoryEntries = {
  name: line(80),
  description: v.optional(v.nullable(line(255))),
  position: v.optional(position),
}
export const NewCategory = v.strictObject(categoryEntries)
export const CategoryChange = v.partial(v.strictObject(categoryEntries))

const identifier = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_147_483_647))
export const NewThread = v.strictObject({ categoryId: identifier, title: line(255), content })
export const ThreadChange = v.partial(
  v.strictObject({ title: line(255), isPinned: v.boolean(), isLocked: v.boolean() }),
)
export const PostText = v.strictObject({ content })

type Schema = v.GenericSchema<unknown, unknown>

/** The body as JSON of the shape that the schema says; refuses anything else. */
export async function readBody<S extends Schema>(c: Request, schema: S): Promise<v.InferOutput<S>> {
  // A form of another site can send no JSON, so that a cookie alone never writes.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal('unsupported', 'Send JSON, with the header Content-Type: application/json.')
  }
  const given: unknown = await c.req.json().catch(() => {
    throw new Refusal('invalid', 'The body is not JSON.')
  })
  const result = v.safeParse(schema, given)
  if (result.success) return result.output
  const issues = result.issues.map((issue) => [v.getDotPath(issue) ?? '', toldOf(issue)] as const)
  throw new Refusal('invalid', 'The input is not as it must be.', Object.fromEntries(issues))
}

function toldOf({ message, expected, received }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'is not known here'
  return received === 'undefined' ? 'is missing' : message
}

/** A number in the path. Anything else names nothing, so it is not found. */
export function readId(c: Request, parameter = 'id'): number {
  const text = c.req.param(parameter) ?? ''
  const number = Number(text)
  if (/^[1-9]\d{0,9}$/.test(text) && number <= 2_147_483_647) return number
  throw new Refusal('not-found', 'There is no such thing.')
}

/** A number after the question mark; null where it is not given. */
export function readNumber(c: Request, name: string): number | null {
  const text = c.req.query(name)
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Refusal('invalid', `${name} is a whole number.`)
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

const whole = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,6}$/, 'a whole number'), v.transform(Number), v.maxValue(most))

/** `?limit=20&offset=40`; without them the first fifty. */
export function readPage(c: Request): Page {
  const schema = v.object({ limit: v.optional(whole(100), '50'), offset: v.optional(whole(100_000), '0') })
  const result = v.safeParse(schema, c.req.query())
  if (result.success) return result.output
  throw new Refusal('invalid', 'limit is a whole number up to 100, offset one up to 100000.')
}
