/**
 * The host keys that somebody has confirmed in this browser, by the VM's uid: a VM that is
 * made anew under an old name is another one.
 */
const keyOf = (uid: string): string => `virtdeck.ssh.host-key.${uid}`

export const pinnedHostKey = (uid: string): string | undefined =>
  localStorage.getItem(keyOf(uid)) ?? undefined

export const pinHostKey = (uid: string, fingerprint: string): void =>
  localStorage.setItem(keyOf(uid), fingerprint)
