// The `panel` command: serves, promotes, and hands `panel db ...` to Aludel.

import { parseArgs } from 'node:util'
import { isAludelError } from 'aludel'
import { configFile, databaseUrlOf } from './settings.ts'

const help = `Usage: panel <command>

  serve [--port 8080] [--host 127.0.0.1]   answer requests until told to stop
  db <verb> ...                            look after the database; panel db --help lists the verbs
  promote <email>                          make a user a moderator

  -h, --help                               print this

Environment:
  DATABASE_URL    sqlite:panel.db, postgresql://user:password@host/name or mysql://user:password@host/name
  PANEL_SECRET    signs the tokens; at least 32 characters, needed in production
`

const print = (text: string) => process.stdout.write(`${text}\n`)
const log = (text: string) => process.stderr.write(`${text}\n`)

/** Wrong usage: told with a pointer to the help, exit code 2. */
class WrongUsage extends Error {}

async function run([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case 'db': {
      const { runCli } = await import('aludel/cli')
      return runCli(rest, { name: 'panel db', config: configFile, defaults: 'flask' })
    }
    case 'serve': {
      const options = {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
      } as const
      const { values } = parsed(() => parseArgs({ args: rest, options }))
      const { serve } = await import('./serve.ts')
      await serve({ port: portOf(values.port), hostname: values.host, environment: process.env, print, log })
      return 0
    }
    case 'promote': {
      const [email, ...more] = parsed(() => parseArgs({ args: rest, allowPositionals: true })).positionals
      if (email === undefined || more.length > 0) throw new WrongUsage('promote takes one e-mail address.')
      const { promote } = await import('./promote.ts')
      const isThere = await promote(email, databaseUrlOf(process.env))
      if (isThere) print(`${email} is a moderator now.`)
      else log(`There is no user ${email}.`)
      return isThere ? 0 : 1
    }
    case '-h':
    case '--help':
    case 'help':
      process.stdout.write(help)
      return 0
    default:
      throw new WrongUsage(command === undefined ? 'Say which command.' : `There is no command "${command}".`)
  }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

function portOf(text: string): number {
  const port = Number(text)
  // 0 takes any that is free.
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new WrongUsage(`--port takes a number up to 65535, not "${text}".`)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  log(error instanceof Error ? error.message : String(error))
  if (isAludelError(error) && error.hint !== null) log(error.hint)
  if (error instanceof WrongUsage) log('\nType panel --help for the commands.')
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
