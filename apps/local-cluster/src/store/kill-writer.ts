/*
 * Writes objects as fast as it can and prints each name once its write is acknowledged, until it
 * is killed. Run by kill.test.ts.
 */
import { ObjectStore } from './object-store.ts'

const [directory = '', round = '0'] = process.argv.slice(2)
const store = new ObjectStore({ directory })

async function writer(number: number): Promise<never> {
  for (let index = 0; ; index += 1) {
    const name = `${round}-${number}-${index}`
    const change = await store.write(
      { resource: 'configmaps', namespace: 'default', name },
      {
        type: 'put',
        json: (version) =>
          JSON.stringify({ name, version, filler: name.repeat(200), end: name }),
      },
    )
    process.stdout.write(`${name} ${change.version}\n`)
  }
}

await Promise.all(Array.from({ length: 200 }, (_, number) => writer(number)))
