// What `npm test` runs: installs what is missing, then every check, as CI does.
import { requireNode } from './tools/require-node.mjs'

requireNode()
const { runProgram } = await import('./tools/say.mjs')
const { test } = await import('./tools/test.mjs')
await runProgram(test)
