// `aludel test`: every seeded mistake is found with its code, and what is right gives no finding, on every engine.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestResult } from '../../src/commands/test/result.ts'
import { test as testRevisions } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { mistakes, tables } from './mistakes.ts'
import { type LiveProject, liveProject } from './project.ts'

const panel = resolve(fileURLToPath(import.meta.url), '../../../../../examples/panel')

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a', tables)
  })
  afterEach(() => project.end())

  const run = (options: Parameters<typeof testRevisions>[1] = {}) =>
    testRevisions(undefined, { ...project.where, dev: project.where.url, ...options })
  const codesOf = ({ findings }: TestResult) => findings.map(({ code }) => code)
  const linesOf = ({ findings }: TestResult) =>
    findings
      .flatMap(({ difference }) => difference)
      .flatMap(({ expected, actual }) => [
        ...(expected === null ? [] : [`- ${expected}`]),
        ...(actual === null ? [] : [`+ ${actual}`]),
      ])
      .join('\n')

  describe('a mistake is found', () => {
    for (const { title, revision, codes, on, shows, not, files } of mistakes) {
      test.skipIf(not?.[engine.name] !== undefined)(title, async () => {
        project.revision('b', { down: files === undefined ? 'a' : 'a2', ...revision })
        for (const [path, text] of Object.entries(files ?? {})) project.write(path, text)
        const result = await run()
        expect(codesOf(result), JSON.stringify(result.findings, null, 2)).toEqual(on?.[engine.name] ?? codes)
        for (const finding of result.findings)
          expect(finding).toMatchObject({ revision: 'b', file: 'migrations/versions/b.ts' })
        if (shows !== undefined) expect(linesOf(result)).toMatch(shows)
      })
    }

    test('two heads', async () => {
      for (const id of ['b', 'c']) project.revision(id, { down: 'a' })
      expect(codesOf(await run())).toEqual(['several-heads'])
    })

    test('two bases', async () => {
      project.revision('b', {})
      project.revision('c', { down: ['a', 'b'] })
      expect(codesOf(await run())).toEqual(['several-bases'])
    })

    test('models that are ahead of the head', async () => {
      project.write(
        'aludel.config.ts',
        `import { defineConfig } from 'aludel'
         import { defineSchema, integer, table } from 'aludel/schema'
         export default defineConfig({ schema: defineSchema([table('extra', { id: integer().primaryKey() })]), include: ['extra'] })`,
      )
      const result = await run()
      expect(codesOf(result)).toEqual(['models-differ'])
      expect(linesOf(result)).toContain('extra')
    })
  })

  test('the Panel has no mistakes', async () => {
    const result = await testRevisions(undefined, { cwd: panel, url: project.where.url, dev: project.where.url })
    expect(result.findings).toEqual([])
    expect(result.revisions.flatMap(({ notes }) => notes)).toEqual([])
    expect(result.revisions.length).toBe(14)
    expect(result.revisions.filter(({ rows }) => rows === 'passed').length).toBeGreaterThan(10)
    expect(result.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed', 'passed'])
  })
})
