import type { SshCredentials } from '@virtdeck/bff-contract'
import type { AnyAuthMethod, AuthenticationType } from 'ssh2'
import { readPrivateKey } from './private-key.ts'
import { SshError } from './ssh-error.ts'

interface Attempt {
  userName: string
  credentials: SshCredentials
}

/**
 * What is offered to a server, one after the other: nothing, to hear what it takes; then what
 * the user gave, as far as it takes that.
 */
export function createAuthentication({ userName, credentials }: Attempt) {
  const methods = methodsFor({ userName, credentials })
  const takes = new Set<string>()
  let isTried = false

  return {
    next: (
      left: AuthenticationType[] | null,
      offer: (method: AnyAuthMethod | false) => void,
    ) => {
      if (left === null) return offer({ type: 'none', username: userName })
      for (const name of left) takes.add(name)
      while (methods.length > 0) {
        const method = methods.shift()
        if (!method || !left.includes(method.type)) continue
        isTried = true
        return offer(method)
      }
      offer(false)
    },
    /** Why it did not work. */
    failure: (): SshError => {
      const isKey = 'privateKey' in credentials
      if (!isTried && takes.size > 0) {
        return new SshError(isKey ? 'keyNotAllowed' : 'passwordNotAllowed')
      }
      return new SshError(isKey ? 'wrongKey' : 'wrongPassword')
    },
  }
}

function methodsFor({ userName: username, credentials }: Attempt): AnyAuthMethod[] {
  if ('privateKey' in credentials) {
    const key = readPrivateKey(credentials.privateKey, credentials.passphrase)
    return [{ type: 'publickey', username, key }]
  }
  const { password } = credentials
  return [
    { type: 'password', username, password },
    {
      type: 'keyboard-interactive',
      username,
      // What is asked for without an echo is the password; nothing else is known here.
      prompt: (_name, _instructions, _language, prompts, answer) =>
        answer(prompts.map(({ echo }) => (echo ? '' : password))),
    },
  ]
}
