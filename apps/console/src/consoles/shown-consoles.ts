import type { ConsoleOwner } from './console-sessions.ts'

/** As many as can be looked at, and as browsers and clusters carry without a second thought. */
export const MAX_SHOWN = 4

/** Pure: the VMs in the `show` parameter of a URL, `namespace/name,…`; each once. */
export function shownConsoles(parameter: string | null): ConsoleOwner[] {
  const names = new Set(
    (parameter ?? '').split(',').filter((each) => /^[^/]+\/[^/]+$/.test(each)),
  )
  return [...names].slice(0, MAX_SHOWN).map((each) => {
    const [namespace = '', name = ''] = each.split('/')
    return { namespace, name }
  })
}
