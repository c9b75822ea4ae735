import type { V1Volume as Volume } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { cloudInitRules } from './cloud-init.ts'

const SOURCES = [
  'persistentVolumeClaim',
  'sysprep',
  'cloudInitNoCloud',
  'cloudInitConfigDrive',
  'containerDisk',
  'ephemeral',
  'emptyDisk',
  'hostDisk',
  'dataVolume',
  'configMap',
  'secret',
  'downwardAPI',
  'serviceAccount',
  'downwardMetrics',
  'memoryDump',
] as const satisfies (keyof Volume)[]

/** Sources of which a VMI can have one at most, and what virt-api calls them. */
const SINGLE_SOURCES = [
  ['serviceAccount', 'serviceAccount'],
  ['downwardMetrics', 'downwardMetric'],
  ['memoryDump', 'memory dump'],
] as const satisfies [keyof Volume, string][]

export function volumeRules(field: string, spec: InstanceSpec): StatusCause[] {
  const list = `${field}.volumes`
  const volumes = spec.volumes ?? []
  const causes = volumes.flatMap((volume, index) => {
    const at = `${list}[${index}]`
    const first = volumes.findIndex(({ name }) => name === volume.name)
    const sources = SOURCES.filter((source) => volume[source])
    return [
      ...causeIf(
        first < index,
        `${at}.name`,
        `${at} and ${list}[${first}] must not have the same Name.`,
      ),
      ...(volume.dataVolume && !volume.dataVolume.name
        ? [cause(`${at}.name`, "DataVolume 'name' must be set", 'FieldValueRequired')]
        : []),
      ...causeIf(sources.length !== 1, at, `${at} must have exactly one source type set`),
      ...cloudInitRules(at, volume),
      ...requiredNames(at, volume),
      ...hostDisk(at, volume),
    ]
  })
  for (const [source, title] of SINGLE_SOURCES) {
    const count = volumes.filter((volume) => volume[source]).length
    if (count > 1) causes.push(cause(list, `${list} must have max one ${title} volume set`))
  }
  return [
    ...causes,
    ...volumes.flatMap((volume, index) => containerDiskPath(list, index, volume)),
  ]
}

function requiredNames(
  at: string,
  { configMap, secret, serviceAccount }: Volume,
): StatusCause[] {
  const required = (present: unknown, value: string | undefined, path: string) =>
    causeIf(!!present && !value, `${at}.${path}`, `${at}.${path} is a required field`)
  return [
    ...required(configMap, configMap?.name, 'configMap.name'),
    ...required(secret, secret?.secretName, 'secret.secretName'),
    ...required(
      serviceAccount,
      serviceAccount?.serviceAccountName,
      'serviceAccount.serviceAccountName',
    ),
  ]
}

/** Host disks need a feature gate that is off unless an administrator asks for it. */
function hostDisk(at: string, volume: Volume): StatusCause[] {
  return causeIf(!!volume.hostDisk, at, 'HostDisk feature gate is not enabled')
}

function containerDiskPath(list: string, index: number, volume: Volume): StatusCause[] {
  const path = volume.containerDisk?.path
  if (!path) return []
  const at = `${list}[${index}].containerDisk`
  if (path === '/') return [cause(at, `${at} must not point to root`)]
  const relative =
    !path.startsWith('/') || /(^|\/)\.{0,2}(\/|$)/.test(path.slice(1).replace(/\/$/, ''))
  return causeIf(
    relative,
    at,
    `${at} must be an absolute path to a file without relative components`,
  )
}

/** Only for VMIs: defaults have given every volume of a running VM its disk. */
export function volumesHaveDisks(
  field: string,
  { domain, volumes }: InstanceSpec,
): StatusCause[] {
  const names = new Set(
    [...(domain.devices.disks ?? []), ...(domain.devices.filesystems ?? [])].map(
      ({ name }) => name,
    ),
  )
  return (volumes ?? []).flatMap(({ name, memoryDump }, index) => {
    const at = `${field}.domain.volumes[${index}].name`
    return causeIf(!memoryDump && !names.has(name), at, `${at} '${name}' not found.`)
  })
}
