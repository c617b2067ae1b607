// Every way in which a chain breaks, a case each: what doctor and fix-chain find, plan and write, and how it is taken back.

import { expect, test } from 'vitest'
import type { TestProject } from '../cli/project.ts'
import { cases } from './chains/case.ts'
import { bytesOf, drawn, staged, withoutJournals } from './chains/stage.ts'
import { answerTo, expectShape, findingsText, hiddenText, planText, section, short } from './chains/telling.ts'

test.each(cases.map((one) => [`${one.name}: ${one.sentence}`, one] as const))('%s', async (_, one) => {
  const project = await staged(one)
  const before = bytesOf(project)
  const { code, told, refusal } = await answerTo(project, one.command)
  expect(refusal).toBe(null)
  expectShape(told, one.command)
  expect(bytesOf(project)).toEqual(before)
  const mended = one.command.startsWith('fix-chain') ? await mending(project, one.command) : null
  const text = [
    section('findings', findingsText(told.findings)),
    section('plan', planText(told.plan)),
    section('hidden', hiddenText(told)),
    section('exit', mended === null ? `${code}\n` : `${code}, with --fix ${mended.exit}\n`),
    mended === null ? '' : section('left', findingsText(mended.left)) + section('after', mended.after),
  ]
  await expect(one.given + short(text.join(''), project.folder)).toMatchFileSnapshot(`chains/${one.name}.txt`)
})

/** What `--fix` comes to; a repair is looked at from all sides and taken back. */
async function mending(project: TestProject, command: string) {
  const before = bytesOf(project)
  const { code, told, refusal } = await answerTo(project, `${command} --fix`)
  if (!told.written) {
    expect(bytesOf(project)).toEqual(before)
    return { exit: refusal === null ? `${code}` : `${code} (${refusal})`, left: [], after: 'unchanged\n' }
  }
  const again = await answerTo(project, command)
  expect(again.told.plan).toEqual([])
  expect(again.told.findings).toEqual(told.remaining)
  expect(code).toBe(told.remaining?.length === 0 ? 0 : 3)
  const after = drawn(project)
  expectOnlyHeaders(before, bytesOf(project))
  const undone = await project.run('fix-chain --undo')
  expect(undone).toMatchObject({ code: 0, stderr: '' })
  expect(withoutJournals(bytesOf(project))).toEqual(withoutJournals(before))
  return { exit: `${code}`, left: told.remaining ?? [], after }
}

const value = String.raw`(?:\[[^\]]*\]|\([^)]*\)|'[^'\n]*'|"[^"\n]*"|[\w.-]+)`
const header = new RegExp(String.raw`\b((?:revision|downRevision|branchLabels|dependsOn)\b[^=\r\n]*=\s*)${value}`, 'g')
const added = /^[ \t]*export const (?:dependsOn|branchLabels) = VALUE;?\r?\n/gm

/** In a file that stays, nothing but the values of its header and its `Revises:` line may be another byte. */
function expectOnlyHeaders(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(before)) {
    const now = after[path]
    if (path.endsWith('.ts') && now !== undefined && now !== text) expect(rest(now)).toBe(rest(text))
  }
}

function rest(text: string): string {
  return text
    .replace(header, '$1VALUE')
    .replace(/(Revises:)[^\r\n]*?(?=\*\/|\r?\n)/, '$1')
    .replace(added, '')
}

test('every fault that doctor and fix-chain can find has a case', () => {
  const found = cases.flatMap(({ findings }) => findings.match(/(?<=^(?:error|warning) )[\w-]+/gm) ?? [])
  expect([...new Set(found)].sort()).toEqual(codes)
})

/** What a script may ask for: a code never changes. */
const codes = [
  'broken-body',
  'computed-header',
  'cycle',
  'dependency-cycle',
  'duplicate-file',
  'duplicate-revision',
  'half-applied',
  'heads-lock',
  'hides-revisions',
  'illegal-id',
  'illegal-label',
  'incomplete-header',
  'interrupted-repair',
  'invalid-header',
  'label-conflict',
  'long-id',
  'merge-conflict',
  'misnamed-dependency',
  'misnamed-parent',
  'missing-dependency',
  'missing-parent',
  'multiple-heads',
  'multiple-roots',
  'no-downgrade',
  'no-revision',
  'no-upgrade',
  'not-utf-8',
  'redundant-parent',
  'removed-revision',
  'renamed-revision',
  'row-abbreviated',
  'row-duplicated',
  'row-empty',
  'row-unknown',
  'rows-overlap',
  'self-dependency',
  'self-reference',
  'twin-merges',
  'typed-id',
  'unmet-need',
  'unreadable-revision',
  'unstamped-database',
]
