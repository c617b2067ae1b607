// How Aludel reaches the broken chain beside this file.

import { defineConfig } from 'aludel'

export default defineConfig({
  // DATABASE_URL wins over this.
  url: 'sqlite:panel.db',
  engines: ['sqlite', 'postgres', 'mysql'],
  migrations: './migrations',
})
