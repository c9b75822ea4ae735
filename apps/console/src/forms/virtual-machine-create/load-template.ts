import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import {
  isVirtualMachine,
  NAME_PARAMETER,
  parametersToAsk,
  processTemplate,
  type ChosenTemplate,
  type Template,
} from '@virtdeck/kubevirt'
import { ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

/** A template that makes no VM: of use to others, not to the wizard. */
export class NoVirtualMachineError extends Error {}

interface LoadedTemplate extends ChosenTemplate {
  /** All that it makes, the VM too. */
  objects: readonly KubernetesObject[]
}

/** Reads a template, `namespace/name`, and fills in its parameters, some as they are given. */
export async function loadTemplate(
  reference: string,
  namespace: string,
  given: Readonly<Record<string, string>> = {},
): Promise<LoadedTemplate> {
  const [templateNamespace = '', name = ''] = reference.split('/')
  const template = await kubernetes.get<Template>(RESOURCES.templates, {
    namespace: templateNamespace,
    name,
  })
  const objects = await processedObjects(open(template, given), namespace)
  const base = objects.find(isVirtualMachine)
  if (!base) throw new NoVirtualMachineError(reference)
  return { template, base, objects }
}

/**
 * The VM's name is filled in last, for it may still change. What has no value yet stays open, to
 * be seen: with nothing in its place a VM would lack it silently.
 */
function open(template: Template, given: Readonly<Record<string, string>>): Template {
  const left = new Set(parametersToAsk(template).map(({ name }) => name))
  for (const [name, value] of Object.entries(given)) if (value !== '') left.delete(name)
  left.add(NAME_PARAMETER)
  return {
    ...template,
    parameters: (template.parameters ?? [])
      .filter(({ name }) => !left.has(name))
      .map((parameter) => {
        const value = given[parameter.name] ?? parameter.value
        return { ...parameter, ...(value !== undefined && { value }) }
      }),
  }
}

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
