// init and list-templates on the command line.

import { init as initCommand, listTemplates as listCommand } from '../../commands/init.ts'
import type { VerbContext } from '../context.ts'

export async function init(context: VerbContext<{ readonly template?: string }>): Promise<number> {
  const [directory] = context.operands
  const { template } = context.options
  const folder = directory ?? context.options.directory ?? (context.environment.ALUDEL_DIRECTORY || undefined)
  const result = await initCommand(context.cwd, {
    ...(folder === undefined ? {} : { directory: folder }),
    ...(template === undefined ? {} : { template }),
  })
  if (context.json(result)) return 0
  for (const file of result.created) context.print(`${context.style.green('created')} ${file}`)
  for (const file of result.kept) context.print(`${context.style.dim('kept')}    ${file} (it was there already)`)
  context.print(
    `\nNext: set \`url\` and \`schema\` in the config file, then ${context.style.bold(`${context.name} migrate -m "First tables"`)}.`,
  )
  return 0
}

export async function listTemplates(context: VerbContext): Promise<number> {
  const result = await listCommand()
  if (context.json(result)) return 0
  for (const { name, description } of result.templates) context.print(`${name} - ${description}`)
  context.print(`\nUse one with: ${context.name} init --template models`)
  return 0
}
