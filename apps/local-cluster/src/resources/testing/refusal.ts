import { type KubernetesObject, StatusError } from '@virtdeck/kubernetes'
import { runAdmission } from '../../http/admission.ts'
import type { AdmissionRequest } from '../../registry.ts'
import { RESOURCES } from '../index.ts'

export interface Circumstances {
  /** The object before an update. */
  old?: object
  /** Other objects, by `plural.group`. */
  existing?: Record<string, object[]>
  user?: string
  operation?: 'delete'
}

/** What the API server answers; the causes as `field: message`. */
export function refusal(kind: string, object: object, circumstances: Circumstances = {}) {
  const { old, existing = {}, user = 'admin', operation } = circumstances
  const definition = RESOURCES.find((resource) => resource.kind === kind)
  if (!definition) throw new Error(`no kind ${kind}`)
  const metadata = { name: 'x', ...(definition.namespaced && { namespace: 'development' }) }
  const whole = (part: object) =>
    structuredClone({ metadata, ...part }) as unknown as KubernetesObject
  const all = (resource: string) => (existing[resource] ?? []) as KubernetesObject[]
  const request: AdmissionRequest = {
    operation: operation ?? (old ? 'update' : 'create'),
    user: { name: user, groups: [] },
    object: whole(object),
    ...(old && { oldObject: whole(old) }),
    lookup: (resource, _namespace, name) =>
      all(resource).find((candidate) => candidate.metadata?.name === name),
    lookupAll: all,
    warn: () => {},
  }
  try {
    if (operation === 'delete') definition.admit?.(request)
    else {
      runAdmission({
        definition,
        request,
        options: {
          fieldValidation: 'Ignore',
          version: definition.versions[0] ?? '',
          warn: () => {},
        } as never,
        track: () => {},
      })
    }
    return undefined
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    const { code, message, details } = error.status
    return {
      code,
      message,
      causes: details?.causes?.map((cause) => `${cause.field}: ${cause.message}`),
    }
  }
}
