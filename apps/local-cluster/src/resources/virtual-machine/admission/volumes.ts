import type { V1Volume as Volume } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { cloudInitRules } from './cloud-init.ts'
import type { ClusterConfiguration } from './configuration.ts'
import { pathProblems } from './paths.ts'
import { amount } from './quantities.ts'

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

export function volumeRules(
  field: string,
  spec: InstanceSpec,
  { featureGates }: ClusterConfiguration,
): StatusCause[] {
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
      ...causeIf(
        !!volume.downwardMetrics && !featureGates.has('DownwardMetrics'),
        at,
        'downwardMetrics disks are not allowed: DownwardMetrics feature gate is not enabled.',
      ),
      ...hostDisk(at, volume, featureGates.has('HostDisk')),
      ...requiredNames(at, volume),
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
function hostDisk(at: string, { hostDisk: disk }: Volume, allowed: boolean): StatusCause[] {
  if (!disk) return []
  const { path, type, capacity } = disk
  const causes = causeIf(!allowed, at, 'HostDisk feature gate is not enabled')
  const [pathField, typeField] = [`${at}.hostDisk.path`, `${at}.hostDisk.type`]
  if (!path) {
    const message = `${pathField} is required for hostDisk volume`
    causes.push(cause(pathField, message, 'FieldValueNotFound'))
  }
  return [
    ...causes,
    ...causeIf(
      type !== 'Disk' && type !== 'DiskOrCreate',
      typeField,
      `${typeField} has invalid value '${type}', allowed are 'Disk' or 'DiskOrCreate'`,
    ),
    ...causeIf(
      type === 'Disk' && amount(capacity) !== 0,
      `${at}.hostDisk.capacity`,
      `${at}.hostDisk.capacity is allowed to pass only with ${typeField} equal to 'DiskOrCreate'`,
    ),
  ]
}

function containerDiskPath(list: string, index: number, volume: Volume): StatusCause[] {
  const path = volume.containerDisk?.path
  return path ? pathProblems(`${list}[${index}].containerDisk`, path) : []
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
