import packageJson from '../package.json' with { type: 'json' }

/** Virtdeck's own version. */
export const VERSION: string = packageJson.version
