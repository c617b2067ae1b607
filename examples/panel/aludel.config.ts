// How Aludel reaches the Panel's database, for `panel db ...` and for `aludel ...` alike.

import { defineConfig } from 'aludel'
import { defaultDatabase } from './src/settings.ts'

export default defineConfig({
  // DATABASE_URL wins over this.
  url: defaultDatabase,
  schema: () => import('./src/models.ts').then((models) => models.schema),
  engines: ['sqlite', 'postgres', 'mysql'],
  migrations: './migrations',
})
