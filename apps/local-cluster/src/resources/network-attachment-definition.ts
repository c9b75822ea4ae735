import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'
import { withMetadata } from './handwritten-schema.ts'

/** Its only field is a CNI configuration, JSON in a string that nobody checks. */
export const networkAttachmentDefinition = customKind({
  group: 'k8s.cni.cncf.io',
  versions: ['v1'],
  kind: 'NetworkAttachmentDefinition',
  resource: 'network-attachment-definitions',
  singular: 'network-attachment-definition',
  shortNames: ['net-attach-def'],
  namespaced: true,
  columns: [CUSTOM_AGE],
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
