// A line from whoever sits at the terminal, for one question after another.

import type { Input, Output } from './index.ts'

/** What was typed ahead answers the questions that follow; the end of the input is an empty answer to all of them. */
export function createAsk(stdin: Input, stderr: Output): (question: string) => Promise<string> {
  const ahead: string[] = []
  let isOver = false
  return async (question) => {
    const known = isOver ? '' : ahead.shift()
    if (known !== undefined) {
      stderr.write(`${question}${known}\n`)
      return known
    }
    const { createInterface } = await import('node:readline/promises')
    const lines = createInterface({ input: stdin, output: stderr as NodeJS.WritableStream })
    lines.on('line', (line) => ahead.push(line))
    // The end of the input must not leave the question open for ever.
    const ended = new Promise<null>((resolve) => lines.once('close', () => resolve(null)))
    const answer = await Promise.race([lines.question(question), ended])
    lines.close()
    isOver = answer === null
    return answer ?? ''
  }
}
