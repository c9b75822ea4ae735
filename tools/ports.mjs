import { createServer } from 'node:net'
import { PlainError } from './say.mjs'

const HOST = '127.0.0.1'

/** The port itself if it is free, a free one for 0; refuses one that is in use. */
export function claimPort(port, option) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', (error) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`
      reject(new PlainError(`Port ${port} ${why}. Choose another with ${option} PORT.`))
    })
    server.listen(port, HOST, () => {
      const claimed = server.address().port
      server.close(() => resolve(claimed))
    })
  })
}
