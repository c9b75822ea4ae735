// What `npm run bench` runs: every measurement, or those named as arguments; options go to them.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../tools/build.mjs'
import { runCommand } from '../tools/command.mjs'
import { installDependencies, NODE, ROOT } from '../tools/dependencies.mjs'
import { requireNode } from '../tools/require-node.mjs'
import { runProgram, say } from '../tools/say.mjs'

requireNode()
await runProgram(async () => {
  await installDependencies()
  await build()
  const words = process.argv.slice(2)
  const firstOption = words.findIndex((word) => word.startsWith('--'))
  const wanted = firstOption < 0 ? words : words.slice(0, firstOption)
  const options = firstOption < 0 ? [] : words.slice(firstOption)
  const names = readdirSync(join(ROOT, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => wanted.length === 0 || wanted.includes(name))
  for (const name of names) {
    say(`\n── ${name}`)
    const script = join(ROOT, 'bench', `${name}.ts`)
    const { code } = await runCommand(NODE, [script, ...options], { cwd: ROOT, onLine: say })
    if (code !== 0) process.exitCode = 1
  }
})
