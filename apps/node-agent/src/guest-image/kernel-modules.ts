import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../run-program.ts'

interface Module {
  path: string
  needs: string[]
  aliases: string[]
}

/**
 * The wanted modules of an unpacked kernel package with all that they need, and the tables by
 * which the guest's `modprobe` finds them. What the kernel has built in, or has no module for,
 * is left out.
 */
export async function collectModules(
  unpacked: string,
  wanted: string[],
): Promise<Map<string, Buffer>> {
  const [release] = await readdir(join(unpacked, 'lib/modules'))
  if (release === undefined) throw new Error('the kernel package has no modules')
  const base = `lib/modules/${release}`
  const root = join(unpacked, base)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = new Map(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ko'))
      .map((entry) => [moduleName(entry.name), join(entry.parentPath, entry.name)]),
  )
  const modules = new Map<string, Module>()
  const names = new Set(wanted)
  for (const name of names) {
    const file = paths.get(name)
    if (file === undefined) continue
    const needs = (await modinfo('depends', file)).flatMap((line) => line.split(','))
    const needed = needs.filter(Boolean).map(moduleName)
    for (const other of needed) names.add(other)
    const path = file.slice(root.length + 1)
    modules.set(name, { path, needs: needed, aliases: await modinfo('alias', file) })
  }
  const files = new Map<string, Buffer>()
  for (const { path } of modules.values()) {
    files.set(`${base}/${path}`, await readFile(join(root, path)))
  }
  files.set(`${base}/modules.dep`, Buffer.from(dependencyTable(modules)))
  files.set(`${base}/modules.alias`, Buffer.from(aliasTable(modules)))
  return files
}

/** `a.ko: b.ko c.ko` for each module, with the needs of its needs. */
function dependencyTable(modules: Map<string, Module>): string {
  const lines = [...modules].map(([name, { path }]) => {
    const needed = new Set(modules.get(name)?.needs)
    for (const other of needed) {
      for (const further of modules.get(other)?.needs ?? []) needed.add(further)
    }
    const others = [...needed].flatMap((other) => modules.get(other)?.path ?? [])
    return `${path}: ${others.join(' ')}`.trimEnd()
  })
  return `${lines.join('\n')}\n`
}

function aliasTable(modules: Map<string, Module>): string {
  const lines = [...modules].flatMap(([name, { aliases }]) =>
    aliases.map((alias) => `alias ${alias} ${name}`),
  )
  return `${lines.join('\n')}\n`
}

async function modinfo(field: string, file: string): Promise<string[]> {
  const text = (await runProgram('modinfo', ['-F', field, file])).toString('utf8')
  return text.split('\n').filter(Boolean)
}

const moduleName = (file: string): string => file.replace(/\.ko$/, '').replaceAll('-', '_')
