// The pages on operations: one for each call, and one that lists them all.

import { isIrreversible } from '../../../src/ops/definition.ts'
import { type Answer, type Example, engines, exampleOf } from './examples.ts'
import { readSurface, type SurfaceCall } from './surface.ts'

export interface Entry extends SurfaceCall {
  readonly page: string
  /** The case that shows it; null where its comment holds an example instead. */
  readonly shown: Example | null
  /** What it does, in a sentence. */
  readonly sentence: string | null
}

export function readEntries(): readonly Entry[] {
  return readSurface().map((call) => {
    const shown = exampleOf(call.name)
    const page = `${call.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`
    return { ...call, page, shown, sentence: call.summary ?? shown?.title ?? null }
  })
}

const golden = 'packages/aludel/tests/golden/operations'

export function pageText({ name, sentence, signature, example, shown }: Entry): string {
  const parts = [`# ${name}`, sentence ?? '', block('ts', signature)]
  if (shown === null) return written([...parts, '## Example', block('ts', example ?? '')])
  return written([
    ...parts,
    '## Example',
    block('ts', shown.source),
    `From [${golden}/${shown.folder}](../../${golden}/${shown.folder}), where the tables stand to which this is done.`,
    '## What is sent',
    ...answersText(shown.answers),
    '## The way back',
    backText(shown),
  ])
}

function answersText(answers: readonly Answer[]): readonly string[] {
  const together = new Map<string, string[]>()
  for (const { title, sql, refusal } of answers) {
    const text = refusal === null ? sqlText(sql) : `Refused: ${refusal.message} ${refusal.hint ?? ''}`.trimEnd()
    together.set(text, [...(together.get(text) ?? []), title])
  }
  return [...together].flatMap(([text, titles]) => [`**${titles.join(', ')}**`, text])
}

function sqlText(sql: string): string {
  return sql === '' ? 'Nothing is sent.' : block('sql', sql)
}

function backText({ back }: Example): string {
  if (isIrreversible(back)) return `It cannot be undone: ${back.irreversible}`
  return back.length === 0 ? 'Nothing has to be undone.' : block('ts', back.join('\n'))
}

const opening = `Everything that \`upgrade(op)\` and \`downgrade(op)\` may call, in Alembic's order of arguments. Each page has the call with all of
its options, an example, the SQL that every engine is sent for it, and what undoes it. They are written by \`npm run docs\` from the
types and from the cases in \`${golden}\`, which run on every engine; [engines.md](engines.md) says what differs.

A table, view, sequence or type is a name or \`{ namespace, name }\`. Where a name is \`null\`, the naming convention gives one.
\`op.dialect\`, \`op.features\` and \`op.arguments\` (\`-x key=value\`) tell where and how a revision runs.`

const key = `\`refused\`: the call is refused as it is recorded, and the message names another way. \`nothing\`: there is nothing to send. The
columns are about the example of the page; options that an engine does not have are refused by themselves.`

const fromAlembic = `What has another form here than in Alembic:

| Alembic | here |
| --- | --- |
| \`op.f('name')\` | a name that is given is final; \`null\` takes the convention's |
| \`existing_type\`, \`existing_nullable\`, \`existing_server_default\` | not needed: the column is read, or known from the chain |
| \`op.get_bind()\`, \`op.run_async()\` | \`op.run(async ({ db }) => ...)\` |
| \`op.inline_literal(value)\`, bound parameters | a value in a \`sql\` template; in a plain text a colon is a colon |
| \`with op.batch_alter_table(...)\` | the calls themselves, or \`op.batchAlterTable\`; SQLite makes the table anew once for neighbours |
| \`context.get_x_argument()\` | \`op.arguments\` |
| \`op.register_operation\`, \`op.invoke\` | a function of yours that takes \`op\` |
| \`with context.autocommit_block()\` | \`op.autocommit\`; \`concurrently\` leaves the transaction by itself |
| \`alter_column(new_column_name=...)\` | \`renameColumn\`, or \`name\` in \`alterColumn\` |
| \`mysql_engine\`, \`postgresql_where\`, ... | \`mysql: { engine }\`, \`where\`, \`postgres: { using, include, ... }\` |
| \`if_exists\`, \`if_not_exists\` | \`ifExists\`, \`ifNotExists\` |`

export function indexText(entries: readonly Entry[]): string {
  const titles = engines.map(({ title }) => title)
  const rows = entries.map(({ name, page, sentence, shown }) =>
    row([`[${name}](operations/${page})`, sentence ?? '', ...titles.map((title) => cell(shown, title)), undone(shown)]),
  )
  const head = [row(['', '', ...titles, 'undone']), row(['---', '---', ...titles.map(() => '---'), '---'])]
  return written([
    '# Operations',
    opening,
    [...head, ...rows].join('\n'),
    key,
    '## For those who know Alembic',
    fromAlembic,
  ])
}

function cell(shown: Example | null, title: string): string {
  const answer = shown?.answers.find((one) => one.title === title)
  if (answer === undefined) return 'yes'
  if (answer.refusal !== null) return 'refused'
  return answer.sql === '' ? 'nothing' : 'yes'
}

function undone(shown: Example | null): string {
  if (shown === null || isIrreversible(shown.back)) return 'by what you write'
  return 'yes'
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

function written(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
