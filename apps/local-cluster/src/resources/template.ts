import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { JsonSchema } from '../openapi/json-schema.ts'
import { builtInKind } from './define.ts'
import { ANYTHING, fields, withMetadata } from './handwritten-schema.ts'

interface Parameter {
  name: string
  value?: string
  generate?: string
}

/** OpenShift's Template is flat: its objects and parameters stand beside the metadata. */
interface Template extends KubernetesObject {
  objects?: object[]
  parameters?: Parameter[]
}

const LONGEST_DESCRIPTION = 80
const text: JsonSchema = { type: 'string' }

const parameter: JsonSchema = {
  ...fields({
    description: { ...text, description: 'Description of a parameter. Optional.' },
    displayName: {
      ...text,
      description: 'Optional: The name that will show in UI instead of parameter ‘Name’',
    },
    from: { ...text, description: 'From is an input value for the generator. Optional.' },
    generate: {
      ...text,
      description:
        'generate specifies the generator to be used to generate random string from an input value specified by From field. The only supported generator is “expression”.',
    },
    name: {
      ...text,
      description:
        'Name must be set and it can be referenced in Template Items using ${PARAMETER_NAME}. Required.',
    },
    required: {
      type: 'boolean',
      description: 'Optional: Indicates the parameter must have a value. Defaults to false.',
    },
    value: {
      ...text,
      description:
        'Value holds the Parameter data. If specified, the generator will be ignored.',
    },
  }),
  required: ['name'],
}

export const template = builtInKind<Template>({
  group: 'template.openshift.io',
  versions: ['v1'],
  kind: 'Template',
  resource: 'templates',
  namespaced: true,
  columns: [
    { name: 'Description', type: 'string', cell: description },
    { name: 'Parameters', type: 'string', cell: parameters },
    { name: 'Objects', type: 'integer', cell: ({ objects }) => objects?.length ?? 0 },
  ],
  schema: withMetadata({
    description: 'Template contains the inputs needed to produce a Config.',
    required: ['objects'],
    properties: {
      labels: {
        type: 'object',
        additionalProperties: text,
        description:
          'labels is a optional set of labels that are applied to every object during the Template to Config transformation.',
      },
      message: {
        ...text,
        description:
          'message is an optional instructional message that will be displayed when this template is instantiated.',
      },
      objects: {
        type: 'array',
        items: ANYTHING,
        description: 'objects is an array of resources to include in this template.',
      },
      parameters: {
        type: 'array',
        items: parameter,
        description:
          'parameters is an optional array of Parameters used during the Template to Config transformation.',
      },
    },
  }),
})

/** The first line, cut where a terminal would break it. */
function description({ metadata }: Template): string {
  const [first = '', ...more] = (metadata?.annotations?.description ?? '').split('\n')
  const line = more.length > 0 ? `${first}...` : first
  return line.length > LONGEST_DESCRIPTION
    ? `${line.slice(0, LONGEST_DESCRIPTION - 3)}...`
    : line
}

function parameters({ parameters: all = [] }: Template): string {
  const unset = all.filter(({ value }) => !value)
  const blank = unset.filter(({ generate }) => !generate).length
  if (blank > 0) return `${all.length} (${blank} blank)`
  return `${all.length} (${unset.length > 0 ? `${unset.length} generated` : 'all set'})`
}
