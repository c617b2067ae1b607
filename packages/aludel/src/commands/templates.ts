// What `init` writes, by template.

export interface Template {
  readonly name: string
  readonly description: string
  /** Files by path; `migrations/` stands for the folder that was chosen. */
  files(migrations: string): Readonly<Record<string, string>>
}

const readme = `# Migrations

Every file in \`versions/\` is one revision: what it follows, how to go up, how to go down.

| to do | type |
|---|---|
| change the models, then write the revision | \`aludel migrate -m "Add user status"\` |
| read what was written | \`aludel show head\`, then the file itself |
| apply what is pending | \`aludel upgrade\` |
| see where the database stands | \`aludel current\`, \`aludel history -i\` |
| go back one step | \`aludel downgrade -1\` |
| compare models and database | \`aludel check\` (exit code 3 where they differ) |
| join two branches | \`aludel merge heads -m "Merge"\` |
| find what is wrong with the chain, and mend it | \`aludel doctor\`, \`aludel fix-chain\` |
| hand the SQL to somebody else | \`aludel upgrade --sql\` |
| take over a database that is there already | \`aludel stamp head\` |

Review every revision before it is applied, test the way up and the way down, and never change one that others have applied.
`

const models = `import { defineSchema, integer, string, table } from 'aludel/schema'

export const user = table('user', {
  id: integer().identity().primaryKey(),
  email: string(120).notNull().unique(),
})

export const schema = defineSchema([user])
`

interface Shape {
  readonly name: string
  readonly description: string
  /** The ending of source files. */
  readonly ending: 'ts' | 'mjs'
  /** The first model; null where the project has its own already. */
  readonly models: string | null
}

function template({ name, description, ending, models: first }: Shape): Template {
  const schema = `schema: () => import('./models.${ending}').then((m) => m.schema),`
  const wanted =
    first === null ? `// Where the wanted schema comes from: the application's models.\n  // ${schema}` : schema
  return {
    name,
    description,
    files: (migrations) => ({
      [`aludel.config.${ending}`]: `import { defineConfig } from 'aludel'

export default defineConfig({
  url: process.env.DATABASE_URL ?? 'sqlite:app.db',
  ${wanted}
  migrations: '${migrations}',
})
`,
      ...(first === null ? {} : { [`models.${ending}`]: first }),
      'migrations/versions/.gitkeep': '',
      'migrations/README.md': readme,
    }),
  }
}

export const templates: readonly Template[] = [
  template({
    name: 'typescript',
    description: 'A config file in TypeScript and an empty chain',
    ending: 'ts',
    models: null,
  }),
  template({ name: 'models', description: 'The same, with a first model to begin from', ending: 'ts', models }),
  template({
    name: 'javascript',
    description: 'A config file in JavaScript and an empty chain',
    ending: 'mjs',
    models: null,
  }),
]

export function findTemplate(name: string): Template | null {
  return templates.find((template) => template.name === name) ?? null
}
