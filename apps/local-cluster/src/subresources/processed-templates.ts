import { randomInt } from 'node:crypto'
import { statusErrors } from '@virtdeck/kubernetes'
import { MissingParametersError, processedTemplate, type Template } from '@virtdeck/kubevirt'
import type { SubresourceHandler } from './subresource.ts'

const KIND = { group: 'template.openshift.io', kind: 'Template' }

/** A posted Template comes back with its parameters filled in; nothing is stored. */
export const processedTemplates: SubresourceHandler = {
  group: KIND.group,
  versions: ['v1'],
  resource: 'processedtemplates',
  subresource: undefined,
  scope: 'namespace',
  namespaced: true,
  methods: ['POST'],
  discovery: { kind: KIND.kind, verbs: ['create'] },
  handle: async (request) => {
    const body = await request.body()
    if (typeof body !== 'object' || body === null) {
      throw statusErrors.badRequest('the request has no Template')
    }
    return { status: 201, body: answerFor(body, request.namespace) }
  },
}

/** What the cluster answers to a template that is processed in a namespace. */
export function answerFor(template: Template, namespace: string): Template {
  try {
    return {
      ...processedTemplate(template, { random: randomInt }),
      kind: KIND.kind,
      apiVersion: `${KIND.group}/v1`,
      metadata: { ...template.metadata, namespace },
    }
  } catch (error) {
    if (error instanceof MissingParametersError) throw refusal(template, error)
    throw error
  }
}

function refusal(template: Template, { parameters }: MissingParametersError): Error {
  const causes = parameters.map((name) => {
    const index = template.parameters?.findIndex((parameter) => parameter.name === name)
    const field = `template.parameters[${index}]`
    const message = `Required value: ${field}: parameter ${name} is required and must be specified`
    return { reason: 'FieldValueRequired', message, field }
  })
  return statusErrors.invalid(KIND, template.metadata?.name ?? '', causes)
}
