import type { SshFailureReason } from '@virtdeck/bff-contract'

/** What keeps an SSH session from beginning, or ends it. */
export class SshError extends Error {
  override name = 'SshError'
  readonly reason: SshFailureReason

  constructor(reason: SshFailureReason, message: string = WORDS[reason]) {
    super(message)
    this.reason = reason
  }
}

/** In the browser's language they are said there. */
const WORDS: Record<SshFailureReason, string> = {
  refused: 'The guest closed the connection: nothing listens on its port 22.',
  timeout: 'The guest did not answer on its port 22 in time.',
  notSsh: 'What listens on the guest’s port 22 does not speak SSH.',
  handshake: 'The guest’s SSH server and this console have no encryption in common.',
  hostKeyChanged: 'The guest has another host key than the one that was confirmed.',
  keyUnreadable: 'The private key cannot be read.',
  passphrase: 'The passphrase does not open the private key.',
  wrongPassword: 'The guest does not accept the user name and password.',
  wrongKey: 'The guest does not accept the user name and key.',
  passwordNotAllowed: 'The guest takes no passwords.',
  keyNotAllowed: 'The guest takes no keys.',
  noTerminal: 'The guest gives no terminal.',
  protocol: 'The browser sent what was not expected.',
  lost: 'The connection to the guest was lost.',
}
