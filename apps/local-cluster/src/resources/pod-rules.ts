import { isDeepStrictEqual } from 'node:util'
import type {
  IoK8sApiCoreV1Container as Container,
  IoK8sApiCoreV1Pod as Pod,
  IoK8sApiCoreV1PodSpec as PodSpec,
  IoK8sApiCoreV1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { parseQuantity, type StatusCause } from '@virtdeck/kubernetes'
import { duplicate, forbidden, invalid, notFound, required, when } from './field-errors.ts'
import { dnsLabelProblems, labelValueProblems, portNameProblems } from './names.ts'
import {
  affinityProblems,
  tolerationProblems,
  topologySpreadProblems,
} from './scheduling-rules.ts'

const PORT_RANGE = 'must be between 1 and 65535, inclusive'

/** What is wrong with a pod, in the words of kubernetes `pkg/apis/core/validation`. */
export function podCauses(pod: Pod, oldPod?: Pod): StatusCause[] {
  if (!pod.spec) return [required('spec.containers')]
  if (oldPod?.spec) return changeCauses(pod.spec, oldPod.spec)
  return specCauses(pod.spec)
}

function specCauses(spec: PodSpec): StatusCause[] {
  const { containers, initContainers = [], volumes = [], hostname = '' } = spec
  const grace = spec.terminationGracePeriodSeconds ?? 0
  const deadline = spec.activeDeadlineSeconds
  return [
    ...volumes.flatMap((volume, index) => volumeCauses(volumes, volume, index)),
    ...when(!containers?.length, () => required('spec.containers')),
    ...containerCauses('spec.containers', containers ?? [], volumes),
    ...containerCauses('spec.initContainers', initContainers, volumes),
    ...when(grace < 0, () =>
      invalid(
        'spec.terminationGracePeriodSeconds',
        grace,
        'must be greater than or equal to 0',
      ),
    ),
    ...when(deadline !== undefined && deadline < 1, () =>
      invalid(
        'spec.activeDeadlineSeconds',
        deadline,
        'must be between 1 and 2147483647, inclusive',
      ),
    ),
    ...Object.entries(spec.nodeSelector ?? {}).flatMap(([, value]) =>
      labelValueProblems(value).map((problem) => invalid('spec.nodeSelector', value, problem)),
    ),
    ...(hostname
      ? dnsLabelProblems(hostname).map((problem) => invalid('spec.hostname', hostname, problem))
      : []),
    ...(spec.affinity ? affinityProblems('spec.affinity', spec.affinity) : []),
    ...tolerationProblems('spec.tolerations', spec.tolerations),
    ...topologySpreadProblems('spec.topologySpreadConstraints', spec.topologySpreadConstraints),
  ]
}

function containerCauses(
  list: string,
  containers: readonly Container[],
  volumes: readonly Volume[],
): StatusCause[] {
  return containers.flatMap((container, index) => {
    const { name, image, env = [], volumeMounts = [] } = container
    const at = `${list}[${index}]`
    const first = containers.findIndex((other) => other.name === name)
    return [
      ...nameCauses(`${at}.name`, name),
      ...when(!!name && first < index, () => duplicate(`${at}.name`, name)),
      ...when(!image, () => required(`${at}.image`)),
      ...portCauses(`${at}.ports`, container),
      ...env.flatMap((variable, position) =>
        when(!variable.name, () => required(`${at}.env[${position}].name`)),
      ),
      ...volumeMounts.flatMap((mount, position) => {
        const field = `${at}.volumeMounts[${position}]`
        const same = volumeMounts.findIndex(({ mountPath }) => mountPath === mount.mountPath)
        const known = volumes.some((volume) => volume.name === mount.name)
        return [
          ...when(!mount.name, () => required(`${field}.name`)),
          ...when(!!mount.name && !known, () => notFound(`${field}.name`, mount.name)),
          ...when(!mount.mountPath, () => required(`${field}.mountPath`)),
          ...when(!!mount.mountPath && same < position, () =>
            invalid(`${field}.mountPath`, mount.mountPath, 'must be unique'),
          ),
        ]
      }),
      ...resourceCauses(`${at}.resources`, container),
    ]
  })
}

function nameCauses(field: string, name: string | undefined): StatusCause[] {
  if (!name) return [required(field)]
  return dnsLabelProblems(name).map((problem) => invalid(field, name, problem))
}

function portCauses(list: string, { ports = [] }: Container): StatusCause[] {
  return ports.flatMap(({ name, containerPort, hostPort }, index) => {
    const at = `${list}[${index}]`
    const first = ports.findIndex((other) => other.name === name)
    return [
      ...(name ? portNameProblems(name).map((rule) => invalid(`${at}.name`, name, rule)) : []),
      ...when(!!name && first < index, () => duplicate(`${at}.name`, name)),
      ...when(!containerPort, () => required(`${at}.containerPort`)),
      ...when(!!containerPort && !isPort(containerPort), () =>
        invalid(`${at}.containerPort`, containerPort, PORT_RANGE),
      ),
      ...when(!!hostPort && !isPort(hostPort), () =>
        invalid(`${at}.hostPort`, hostPort, PORT_RANGE),
      ),
    ]
  })
}

export function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535
}

function resourceCauses(field: string, { resources }: Container): StatusCause[] {
  const { requests = {}, limits = {} } = resources ?? {}
  const negative = (part: 'requests' | 'limits', amounts: Record<string, string>) =>
    Object.entries(amounts).flatMap(([name, amount]) =>
      when((parseQuantity(amount) ?? 0) < 0, () =>
        invalid(`${field}.${part}[${name}]`, amount, 'must be greater than or equal to 0'),
      ),
    )
  return [
    ...negative('limits', limits),
    ...negative('requests', requests),
    ...Object.entries(requests).flatMap(([name, amount]) => {
      const limit = limits[name]
      const above =
        limit !== undefined && (parseQuantity(amount) ?? 0) > (parseQuantity(limit) ?? 0)
      return when(above, () =>
        invalid(
          `${field}.requests`,
          amount,
          `must be less than or equal to ${name} limit of ${limit}`,
        ),
      )
    }),
  ]
}

function volumeCauses(
  volumes: readonly Volume[],
  { name, ...source }: Volume,
  index: number,
): StatusCause[] {
  const at = `spec.volumes[${index}]`
  const first = volumes.findIndex((other) => other.name === name)
  const types = Object.entries(source).filter(([, value]) => value)
  const { secret, configMap, persistentVolumeClaim: claim, hostPath } = source
  return [
    ...nameCauses(`${at}.name`, name),
    ...when(!!name && first < index, () => duplicate(`${at}.name`, name)),
    ...types
      .slice(1)
      .map(([type]) => forbidden(`${at}.${type}`, 'may not specify more than 1 volume type')),
    ...when(!!secret && !secret.secretName, () => required(`${at}.secret.secretName`)),
    ...when(!!configMap && !configMap.name, () => required(`${at}.configMap.name`)),
    ...when(!!claim && !claim.claimName, () =>
      required(`${at}.persistentVolumeClaim.claimName`),
    ),
    ...when(!!hostPath && !hostPath.path, () => required(`${at}.hostPath.path`)),
  ]
}

const FIXED =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** A pod runs as it was made; where it runs is said once, by the scheduler. */
function changeCauses(spec: PodSpec, old: PodSpec): StatusCause[] {
  const count = (list: readonly unknown[] | undefined) => list?.length ?? 0
  for (const list of ['containers', 'initContainers'] as const) {
    if (count(spec[list]) === count(old[list])) continue
    return [forbidden(`spec.${list}`, 'pod updates may not add or remove containers')]
  }
  const fixed = (one: PodSpec) => ({
    ...one,
    activeDeadlineSeconds: undefined,
    terminationGracePeriodSeconds: undefined,
    tolerations: undefined,
    schedulingGates: undefined,
    ephemeralContainers: undefined,
    nodeName: old.nodeName ? one.nodeName : undefined,
    containers: one.containers.map((container) => ({ ...container, image: '' })),
    initContainers: (one.initContainers ?? []).map((container) => ({
      ...container,
      image: '',
    })),
  })
  return when(!isDeepStrictEqual(fixed(spec), fixed(old)), () => forbidden('spec', FIXED))
}
