// What `npm start` runs. It needs nothing but Node.js: no dependencies of its own.
import { requireNode } from './tools/require-node.mjs'

requireNode()
const { runProgram } = await import('./tools/say.mjs')
const { start } = await import('./tools/start.mjs')
await runProgram(start)
