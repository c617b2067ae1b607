// Reaching PostgreSQL: the connection, and the language to ask in.

import type { Connector } from '../dialect.ts'
import { connect } from './connect.ts'
import { explain } from './explain.ts'
import { lines, literal, quote } from './literal.ts'

export const connector: Connector = { language: { name: 'postgres', quote, literal, lines, explain }, connect }
