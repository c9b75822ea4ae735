import { RESOURCES } from '@virtdeck/kubernetes'
import {
  isVirtualMachine,
  NAME_PARAMETER,
  processTemplate,
  type ChosenTemplate,
  type Template,
} from '@virtdeck/kubevirt'
import { ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

/** A template that makes no VM: of use to others, not to the wizard. */
export class NoVirtualMachineError extends Error {}

/** Reads a template, `namespace/name`, and fills in its parameters. */
export async function loadTemplate(
  reference: string,
  namespace: string,
): Promise<ChosenTemplate> {
  const [templateNamespace = '', name = ''] = reference.split('/')
  const template = await kubernetes.get<Template>(RESOURCES.templates, {
    namespace: templateNamespace,
    name,
  })
  const objects = await processedObjects(open(template), namespace)
  const base = objects.find(isVirtualMachine)
  if (!base) throw new NoVirtualMachineError(reference)
  return { template, base }
}

/**
 * The VM's name is filled in last, for it may still change; and what has no value yet is asked
 * by the wizard's own fields.
 */
const open = (template: Template): Template => ({
  ...template,
  parameters: (template.parameters ?? [])
    .filter(({ name }) => name !== NAME_PARAMETER)
    .map((parameter) => ({ ...parameter, required: false })),
})

/** By the cluster where it can, as `oc process` does; here where it cannot or may not. */
async function processedObjects(template: Template, namespace: string) {
  try {
    const processed = await kubernetes.create<Template>(
      RESOURCES.processedTemplates,
      { ...template, metadata: { ...template.metadata, namespace } },
      { fieldValidation: 'Ignore' },
    )
    return processed.objects ?? []
  } catch (error) {
    const isUnavailable = error instanceof ApiError && [403, 404, 405].includes(error.status)
    if (!isUnavailable) throw error
    return processTemplate(template, { random: secureRandom })
  }
}

/** Passwords are made of these: no number may come more often than another. */
function secureRandom(limit: number): number {
  const range = 2 ** 32
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return number < range - (range % limit) ? number % limit : secureRandom(limit)
}
