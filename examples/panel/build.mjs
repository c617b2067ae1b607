// Builds the Panel's command into `dist`, the packages that it uses left outside.
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

await build({
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && id !== 'src/cli.ts',
  logLevel: 'warn',
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    // Beside the entry: `settings.ts` finds the Panel's folder from where it lies itself.
    chunkFileNames: '[name].js',
    cleanDir: true,
  },
})
