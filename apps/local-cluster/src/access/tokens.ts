import { randomBytes } from 'node:crypto'
import { readIfThere, writeSecretFile } from './secret-file.ts'
import { AUTHENTICATED, MASTERS, serviceAccountUser, type User } from './user.ts'

/** Random static tokens of the users and components that the cluster comes with. */
export interface StaticTokens {
  tokenOf: (user: string) => string
  userOf: (token: string) => User | undefined
}

function knownUsers(nodeNames: string[]): Map<string, User> {
  return new Map<string, User>([
    ['admin', { name: 'admin', groups: [MASTERS, AUTHENTICATED] }],
    ['developer', { name: 'developer', groups: [AUTHENTICATED] }],
    ['controllers', serviceAccountUser('kube-system', 'controllers')],
    ...nodeNames.map((name): [string, User] => [
      name,
      { name: `system:node:${name}`, groups: ['system:nodes', AUTHENTICATED] },
    ]),
  ])
}

/** Reads the tokens from `file`; makes those that are missing. */
export function loadStaticTokens(file: string, nodeNames: string[]): StaticTokens {
  const stored = JSON.parse(readIfThere(file) ?? '{}') as Record<string, string>
  const users = knownUsers(nodeNames)
  const tokens = new Map<string, string>()
  for (const name of users.keys()) {
    tokens.set(name, stored[name] ?? randomBytes(24).toString('base64url'))
  }
  if ([...tokens].some(([name, token]) => stored[name] !== token)) {
    const all = { ...stored, ...Object.fromEntries(tokens) }
    writeSecretFile(file, `${JSON.stringify(all, undefined, 2)}\n`)
  }
  const byToken = new Map([...tokens].map(([name, token]) => [token, users.get(name)]))
  return {
    tokenOf: (user) => {
      const token = tokens.get(user)
      if (token === undefined) throw new Error(`no token for ${user}`)
      return token
    },
    // A map lookup leaks less than a comparison in a loop, and the tokens are 192 random bits.
    userOf: (token) => byToken.get(token),
  }
}
