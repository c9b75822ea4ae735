import { DEFAULT_VARIANT_LABEL, TEMPLATE_TYPE_LABEL } from './template-labels.ts'
import type { Template } from './template.ts'

interface Target {
  namespace: string
  name: string
}

const VERSION_LABEL = 'template.kubevirt.io/version'

/** What says that a template came with the cluster; and the title, or both would look alike. */
const OWN_ANNOTATIONS = new Set([
  'openshift.io/display-name',
  'openshift.io/provider-display-name',
  'template.kubevirt.io/provider',
  'template.kubevirt.io/version',
  'kubectl.kubernetes.io/last-applied-configuration',
])

/** F-60: a clone of a template that belongs to its user, whatever the original was. */
export function copyTemplate(template: Template, { namespace, name }: Target): Template {
  const { metadata, ...content } = template
  const {
    [DEFAULT_VARIANT_LABEL]: _default,
    [VERSION_LABEL]: _version,
    ...labels
  } = metadata?.labels ?? {}
  const annotations = Object.entries(metadata?.annotations ?? {}).filter(
    ([key]) => !OWN_ANNOTATIONS.has(key),
  )
  return {
    ...content,
    apiVersion: 'template.openshift.io/v1',
    kind: 'Template',
    metadata: {
      name,
      namespace,
      labels: { ...labels, [TEMPLATE_TYPE_LABEL]: 'vm' },
      annotations: Object.fromEntries(annotations),
    },
  }
}
