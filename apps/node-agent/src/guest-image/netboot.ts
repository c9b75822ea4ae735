import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KERNEL_ARGUMENTS, type GuestParts } from './disk.ts'

const NAME = 'tiny-linux'

/**
 * The sample guest for networks with a boot server: an iPXE script and what it loads. Whoever
 * wants to boot something else puts it beside these files.
 */
export async function writeNetbootFiles(
  dataDirectory: string,
  { kernel, initrd }: GuestParts,
): Promise<void> {
  const folder = join(dataDirectory, 'netboot')
  await mkdir(folder, { recursive: true })
  const script = `#!ipxe
kernel ${NAME}.vmlinuz initrd=${NAME}.initrd.gz ${KERNEL_ARGUMENTS}
initrd ${NAME}.initrd.gz
boot
`
  const files = { vmlinuz: kernel, 'initrd.gz': initrd, ipxe: script }
  for (const [suffix, content] of Object.entries(files)) {
    const file = join(folder, `${NAME}.${suffix}`)
    // A guest may be loading the old one.
    await writeFile(`${file}.new`, content)
    await rename(`${file}.new`, file)
  }
}
