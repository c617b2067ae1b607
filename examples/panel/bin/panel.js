#!/usr/bin/env node
// The `panel` command; `npm run build` makes what it imports.
import '../dist/cli.js'
