interface KeptText {
  user: string
  text: string
}

let kept: KeptText | undefined

/**
 * The text of a page that went away because the session ended, for the same user's return.
 * In memory only: it may hold secrets.
 */
export const keepText = (text: KeptText | undefined): void => {
  kept = text
}

export const keptTextOf = (user: string): string | undefined =>
  kept?.user === user ? kept.text : undefined
