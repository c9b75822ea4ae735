import type {
  V1InstancetypeStatusRef as StatusRef,
  V1beta1VirtualMachineInstancetypeSpec as InstancetypeSpec,
  V1beta1VirtualMachinePreferenceSpec as PreferenceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { IoK8sApiAppsV1ControllerRevision as ControllerRevision } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import {
  ownerReferenceTo,
  RESOURCES,
  StatusError,
  type KubernetesClient,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import { failedWith } from '../controller.ts'
import type { VirtualMachine } from '../informers.ts'

/** A matcher as VMs have one for instance types and one for preferences. */
interface Matcher {
  name?: string
  kind?: string
  revisionName?: string
}

interface Choice {
  matcher: (virtualMachine: VirtualMachine) => Matcher | undefined
  before: (virtualMachine: VirtualMachine) => StatusRef | undefined
  resource: (kind: string) => ResourceRef
  defaultKind: string
  /** The reason of the condition Failure when it cannot be found. */
  reason: string
}

const INSTANCETYPE: Choice = {
  matcher: ({ spec }) => spec.instancetype,
  before: ({ status }) => status?.instancetypeRef,
  resource: (kind) =>
    isNamespaced(kind, 'virtualmachineinstancetype')
      ? RESOURCES.virtualMachineInstancetypes
      : RESOURCES.virtualMachineClusterInstancetypes,
  defaultKind: 'VirtualMachineClusterInstancetype',
  reason: 'FailedFindInstancetype',
}

const PREFERENCE: Choice = {
  matcher: ({ spec }) => spec.preference,
  before: ({ status }) => status?.preferenceRef,
  resource: (kind) =>
    isNamespaced(kind, 'virtualmachinepreference')
      ? RESOURCES.virtualMachinePreferences
      : RESOURCES.virtualMachineClusterPreferences,
  defaultKind: 'VirtualMachineClusterPreference',
  reason: 'FailedFindPreference',
}

/** Kinds are written in any case, and also as plurals. */
const isNamespaced = (kind: string, singular: string): boolean =>
  [singular, `${singular}s`].includes(kind.toLowerCase())

/** What a VM is to be expanded with, as it was when the VM first chose it. */
export interface Chosen {
  instancetype: InstancetypeSpec | undefined
  preference: PreferenceSpec | undefined
  refs: ChosenRefs
}

export interface ChosenRefs {
  instancetypeRef: StatusRef | undefined
  preferenceRef: StatusRef | undefined
}

/** A chosen instance type or preference that does not exist. */
export class ChoiceNotFoundError extends Error {
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

/**
 * Keeps the chosen instance type and preference in ControllerRevisions, so that later edits of
 * them do not change the VM. Throws ChoiceNotFoundError.
 */
export async function keepChoices(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
): Promise<ChosenRefs> {
  return {
    instancetypeRef: await keep(client, virtualMachine, INSTANCETYPE),
    preferenceRef: await keep(client, virtualMachine, PREFERENCE),
  }
}

/** Reads what has been kept. */
export async function readChoices(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
  refs: ChosenRefs,
): Promise<Chosen> {
  const { namespace } = virtualMachine.metadata ?? {}
  const read = async (ref: StatusRef | undefined, { reason }: Choice): Promise<unknown> => {
    const name = ref?.controllerRevisionRef?.name
    if (name === undefined) return undefined
    const target = { namespace, name }
    try {
      const revision = await client.get<ControllerRevision>(
        RESOURCES.controllerRevisions,
        target,
      )
      const { spec } = (revision.data ?? {}) as { spec?: unknown }
      return spec
    } catch (error) {
      throw notFound(error, reason)
    }
  }
  return {
    instancetype: (await read(refs.instancetypeRef, INSTANCETYPE)) as
      | InstancetypeSpec
      | undefined,
    preference: (await read(refs.preferenceRef, PREFERENCE)) as PreferenceSpec | undefined,
    refs,
  }
}

async function keep(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
  choice: Choice,
): Promise<StatusRef | undefined> {
  const { name, kind = choice.defaultKind, revisionName } = choice.matcher(virtualMachine) ?? {}
  if (name === undefined) return undefined
  const before = choice.before(virtualMachine)
  if (revisionName) return { name, kind, controllerRevisionRef: { name: revisionName } }
  const same = before?.name === name && before.kind === kind
  if (same && before.controllerRevisionRef) return before
  const resource = choice.resource(kind)
  const namespace = resource.namespaced ? virtualMachine.metadata?.namespace : undefined
  try {
    const object = await client.get<KubernetesObject>(resource, { namespace, name })
    const revision = await createRevision(client, virtualMachine, { resource, object })
    return { name, kind, controllerRevisionRef: { name: revision } }
  } catch (error) {
    throw notFound(error, choice.reason)
  }
}

const notFound = (error: unknown, reason: string): unknown =>
  error instanceof StatusError && error.code === 404
    ? new ChoiceNotFoundError(reason, error.message)
    : error

const LONGEST_NAME = 253

async function createRevision(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
  { resource, object }: { resource: ResourceRef; object: KubernetesObject },
): Promise<string> {
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { name = '', uid = '', generation = 1, labels, annotations } = object.metadata ?? {}
  const tail = `${uid}-${generation}`
  const revisionName = `${`${owner}-${name}`.slice(0, LONGEST_NAME - tail.length - 1)}-${tail}`
  const revision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName,
      namespace,
      ownerReferences: [ownerReferenceTo(virtualMachine)],
      labels: {
        'instancetype.kubevirt.io/object-name': name,
        'instancetype.kubevirt.io/object-kind': resource.kind,
        'instancetype.kubevirt.io/object-uid': uid,
        'instancetype.kubevirt.io/object-generation': String(generation),
        'instancetype.kubevirt.io/object-version': resource.version,
      },
    },
    data: {
      apiVersion: `${resource.group}/${resource.version}`,
      kind: resource.kind,
      metadata: {
        name,
        uid,
        generation,
        ...(labels && { labels }),
        ...(annotations && { annotations }),
      },
      spec: object.spec,
    },
    revision: 0,
  }
  try {
    await client.create(RESOURCES.controllerRevisions, revision)
  } catch (error) {
    if (!failedWith(error, 409)) throw error
  }
  return revisionName
}

/** The annotations by which a VMI names what it was expanded with. */
export function choiceAnnotations({ spec }: VirtualMachine): Record<string, string> {
  const { instancetype, preference } = spec
  const of = (matcher: Matcher | undefined, choice: Choice, what: string) => {
    if (!matcher?.name) return {}
    const { namespaced } = choice.resource(matcher.kind ?? choice.defaultKind)
    return { [`kubevirt.io/${namespaced ? '' : 'cluster-'}${what}-name`]: matcher.name }
  }
  return {
    ...of(instancetype, INSTANCETYPE, 'instancetype'),
    ...of(preference, PREFERENCE, 'preference'),
  }
}
