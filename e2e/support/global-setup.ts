import { removeDataDirectory, startVirtdeck } from './virtdeck.ts'

/** One Virtdeck for the whole run; the tests find it by these two variables. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const virtdeck = await startVirtdeck()
  process.env['VIRTDECK_URL'] = virtdeck.url
  process.env['VIRTDECK_DATA'] = virtdeck.dataDirectory
  return async () => {
    await virtdeck.stop()
    await removeDataDirectory(virtdeck.dataDirectory)
  }
}
