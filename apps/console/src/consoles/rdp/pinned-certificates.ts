/**
 * The certificates that somebody has confirmed in this browser, by the VM's uid: a VM that is
 * made anew under an old name is another one.
 */
const keyOf = (uid: string): string => `virtdeck.rdp.certificate.${uid}`
const pictureKeyOf = (uid: string): string => `virtdeck.rdp.whole-pictures.${uid}`

export const pinnedCertificate = (uid: string): string | undefined =>
  localStorage.getItem(keyOf(uid)) ?? undefined

export const pinCertificate = (uid: string, fingerprint: string): void =>
  localStorage.setItem(keyOf(uid), fingerprint)

/** Whether this VM's RDP server needs the workaround for padded pictures. */
export const wantsWholePictures = (uid: string): boolean =>
  localStorage.getItem(pictureKeyOf(uid)) === 'true'

export function setWholePictures(uid: string, wanted: boolean): void {
  if (wanted) localStorage.setItem(pictureKeyOf(uid), 'true')
  else localStorage.removeItem(pictureKeyOf(uid))
}
