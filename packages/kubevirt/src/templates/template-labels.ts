import type { Template } from './template.ts'

/** Labels of KubeVirt's common templates that say what a template is for; each is `"true"`. */
const PREFIXES = {
  operatingSystem: 'os.template.kubevirt.io/',
  workload: 'workload.template.kubevirt.io/',
  flavor: 'flavor.template.kubevirt.io/',
} as const

/** `base` templates come with the cluster, `vm` ones were made by its users. */
export const TEMPLATE_TYPE_LABEL = 'template.kubevirt.io/type'
export const DEFAULT_VARIANT_LABEL = 'template.kubevirt.io/default-os-variant'

/** All that the labels of one kind say: several operating systems share a template. */
export function templateLabels(
  template: Template,
  kind: keyof typeof PREFIXES,
): readonly string[] {
  const prefix = PREFIXES[kind]
  return Object.entries(template.metadata?.labels ?? {})
    .filter(([key, value]) => key.startsWith(prefix) && value === 'true')
    .map(([key]) => key.slice(prefix.length))
}

export const isBaseTemplate = (template: Template): boolean =>
  template.metadata?.labels?.[TEMPLATE_TYPE_LABEL] === 'base'

/** What a template is called on the screen. */
export const templateTitle = (template: Template): string =>
  template.metadata?.annotations?.['openshift.io/display-name'] ?? template.metadata?.name ?? ''

/** Who stands behind a template. */
export const templateProvider = ({ metadata }: Template): string | undefined =>
  metadata?.annotations?.['openshift.io/provider-display-name'] ??
  metadata?.annotations?.['template.kubevirt.io/provider']

/** What an operating system of a template is called: `Fedora 41 or higher`. */
export const operatingSystemTitle = (template: Template, id: string): string =>
  template.metadata?.annotations?.[`name.os.template.kubevirt.io/${id}`] ?? id
