/** More than any cluster takes: etcd refuses objects above 1.5 MB. */
const MAX_BYTES = 8 * 1024 * 1024

export type ChosenText = { text: string } | { problem: 'tooLarge' | 'notText'; name: string }

/** The text of files as one, each a document of its own or several. */
export async function textOfFiles(files: readonly File[]): Promise<ChosenText> {
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const largest = files.toSorted((a, b) => b.size - a.size)[0]
  if (size > MAX_BYTES) return { problem: 'tooLarge', name: largest?.name ?? '' }
  const texts: string[] = []
  for (const file of files) {
    const text = decode(await file.arrayBuffer())
    if (text === undefined) return { problem: 'notText', name: file.name }
    texts.push(text.replaceAll('\r\n', '\n'))
  }
  return {
    text: texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n'),
  }
}

/** undefined for what is not text: images, archives. */
function decode(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
