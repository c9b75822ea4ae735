/** Saves a text as a file on the user's computer. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The click has started the download; the text need not stay in memory.
  URL.revokeObjectURL(url)
}
