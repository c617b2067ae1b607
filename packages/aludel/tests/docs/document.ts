// A document as a suite: each block a test, in order, in one project.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Block, inThisRun, learnIdentifiers, runBlock, type Surroundings, steady, writeBlock } from './markdown.ts'
import { typeErrors } from './project.ts'

/** Declares the tests of a document's blocks. `surroundings` is asked when a block runs. */
export function testBlocks(blocks: readonly Block[], surroundings: () => Surroundings): void {
  const identifiers = new Map<string, string>()
  for (const [position, written] of blocks.entries()) {
    const output = outputAfter(blocks, position)
    if (written.language === 'ts' && written.info[0] !== 'output') {
      test(`line ${written.line}: the TypeScript is right`, () => {
        const block = inThisRun(written, identifiers)
        const place = surroundings()
        const file = block.info[0] ?? `block${block.line}.ts`
        if (block.info.length > 0) writeBlock(block, place)
        else writeFileSync(join(place.cwd, file), `${block.text}\nexport {}\n`)
        expect(typeErrors(place.cwd, [file])).toBe('')
      })
    }
    if (written.language === 'sh') {
      test(`line ${written.line}: ${written.text.split('\n')[0]}`, () => {
        const block = inThisRun(written, identifiers)
        const place = surroundings()
        const ran = runBlock(block, place)
        const code = Number(block.info.find((word) => word.startsWith('exit='))?.slice('exit='.length) ?? 0)
        expect(ran, ran.output).toMatchObject({ code })
        if (output === null) return
        learnIdentifiers(output.text, ran.output, identifiers)
        expect(steady(ran.output, place.cwd)).toBe(steady(output.text, place.cwd))
      })
    }
  }
}

function outputAfter(blocks: readonly Block[], position: number): Block | null {
  const next = blocks[position + 1]
  return next?.info[0] === 'output' ? next : null
}
