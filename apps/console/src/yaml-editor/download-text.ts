/** Saves a text (YAML), or a file as it came, on the user's computer. */
export function downloadText(fileName: string, content: string | Blob): void {
  const blob =
    typeof content === 'string' ? new Blob([content], { type: 'application/yaml' }) : content
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The click has started the download; the text need not stay in memory.
  URL.revokeObjectURL(url)
}
