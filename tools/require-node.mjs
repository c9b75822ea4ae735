// Kept to syntax that even old versions of Node.js read, so that they get this sentence.
const OLDEST = 20

export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST) return
  process.stderr.write(
    `Virtdeck needs Node.js ${OLDEST} or newer; this is ${process.version}.\n`,
  )
  process.exit(1)
}
