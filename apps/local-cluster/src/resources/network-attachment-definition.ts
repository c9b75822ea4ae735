import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'
import { withMetadata } from './handwritten-schema.ts'

interface NetworkAttachmentDefinition extends KubernetesObject {
  spec?: { config?: string }
}

const WEBHOOK = 'multus-validating-config.k8s.io'

/**
 * Its only field is a CNI configuration, JSON in a string. Plain Multus leaves it alone; OpenShift's
 * webhook, which the guide's clusters have, looks whether it is JSON.
 */
export const networkAttachmentDefinition = customKind<NetworkAttachmentDefinition>({
  group: 'k8s.cni.cncf.io',
  versions: ['v1'],
  kind: 'NetworkAttachmentDefinition',
  resource: 'network-attachment-definitions',
  singular: 'network-attachment-definition',
  shortNames: ['net-attach-def'],
  namespaced: true,
  columns: [CUSTOM_AGE],
  admit: ({ object }) => {
    const config = object.spec?.config
    if (!config || isJson(config)) return
    throw statusErrors.other(
      400,
      '',
      `admission webhook "${WEBHOOK}" denied the request: configuration string is not in JSON format`,
    )
  },
  schema: withMetadata({
    description:
      'NetworkAttachmentDefinition is a CRD schema specified by the Network Plumbing Working Group to express the intent for attaching pods to one or more logical or physical networks.',
    spec: {
      type: 'object',
      description:
        'NetworkAttachmentDefinition spec defines the desired state of a network attachment',
      properties: {
        config: {
          type: 'string',
          description:
            'NetworkAttachmentDefinition config is a JSON-formatted CNI configuration',
        },
      },
    },
  }),
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
