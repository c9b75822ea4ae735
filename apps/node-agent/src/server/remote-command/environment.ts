import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What a command finds in its environment: nothing of the agent's own. */
export function environmentOf(
  { metadata, spec }: Pod,
  { container, directory, tty }: { container: string; directory: string; tty: boolean },
): Record<string, string> {
  const declared = spec?.containers?.find(({ name }) => name === container)?.env ?? []
  // References to other objects are a container runtime's business, which there is none here.
  const literal = declared.flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return {
    PATH: SEARCH_PATH,
    HOME: directory,
    HOSTNAME: metadata?.name ?? '',
    ...(tty && { TERM: 'xterm' }),
    ...Object.fromEntries(literal),
  }
}
