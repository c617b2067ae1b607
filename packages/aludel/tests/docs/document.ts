// A document as a suite: each block a test, in order, in one project.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  type Block,
  inThisRun,
  learnIdentifiers,
  readable,
  runBlock,
  type Surroundings,
  steady,
  writeBlock,
} from './markdown.ts'
import { typeErrors } from './project.ts'

export interface BlockOptions {
  /** The document, to write real outputs into with ALUDEL_UPDATE=1. */
  readonly file?: string
  /** Programs that are missing here; blocks that need one are skipped. */
  readonly missing?: readonly string[]
  /** Ports of the document, and the free ones that stand for them in this run. */
  readonly ports?: ReadonlyMap<string, string>
}

/** Declares the tests of a document's blocks. `surroundings` is asked when a block runs. */
export function testBlocks(
  blocks: readonly Block[],
  surroundings: () => Surroundings,
  options: BlockOptions = {},
): void {
  const identifiers = new Map<string, string>()
  const outputs = new Map<number, string>()
  if (process.env.ALUDEL_UPDATE === '1' && options.file !== undefined) {
    const { file } = options
    afterAll(() => rewriteOutputs(file, outputs))
  }
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
      const needed = written.info.find((word) => word.startsWith('needs='))?.slice('needs='.length)
      const skipped = needed !== undefined && (options.missing ?? []).includes(needed)
      test.skipIf(skipped)(`line ${written.line}: ${written.text.split('\n')[0]}`, () => {
        const block = inThisRun(written, identifiers)
        const place = surroundings()
        const ran = runBlock(onPorts(block, options.ports), place)
        const code = Number(block.info.find((word) => word.startsWith('exit='))?.slice('exit='.length) ?? 0)
        expect(ran, ran.output).toMatchObject({ code })
        if (output === null) return
        if (
          process.env.ALUDEL_UPDATE === '1' &&
          options.file !== undefined &&
          steady(ran.output, place.cwd) !== steady(output.text, place.cwd)
        ) {
          outputs.set(output.line, readable(ran.output, place.cwd))
          return
        }
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

/** Puts outputs into a document, each after the line of its opening fence. */
function rewriteOutputs(file: string, outputs: ReadonlyMap<number, string>): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  for (const [line, text] of [...outputs].sort(([a], [b]) => b - a)) {
    const end = lines.findIndex((one, position) => position >= line && one.trim() === '```')
    lines.splice(line, end - line, ...text.split('\n'))
  }
  writeFileSync(file, lines.join('\n'))
}

function onPorts(block: Block, ports: BlockOptions['ports']): Block {
  const text = [...(ports ?? [])].reduce((one, [written, free]) => one.replaceAll(written, free), block.text)
  return { ...block, text }
}
