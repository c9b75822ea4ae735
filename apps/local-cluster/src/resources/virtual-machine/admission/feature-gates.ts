import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import type { ClusterConfiguration } from './configuration.ts'

const PANIC_MODELS = new Set(['hyperv', 'isa', 'pvpanic'])
const VIDEO_TYPES = new Set(['vga', 'cirrus', 'virtio', 'ramfb', 'bochs'])

/** Devices that are refused until an administrator opens their gate. */
export function gatedDeviceRules(
  field: string,
  spec: InstanceSpec,
  { featureGates }: ClusterConfiguration,
): StatusCause[] {
  const { devices } = spec.domain
  const closed = (gate: string, at: string) =>
    causeIf(
      !featureGates.has(gate),
      at,
      `${gate} feature gate is not enabled in kubevirt-config`,
    )
  const causes: StatusCause[] = []
  if (devices.hostDevices && !featureGates.has('HostDevices')) {
    const message = 'Host Devices feature gate is not enabled in kubevirt-config'
    causes.push(cause(`${field}.HostDevices`, message))
  }
  if (devices.autoattachVSOCK) {
    causes.push(...closed('VSOCK', `${field}.domain.devices.autoattachVSOCK`))
  }
  if (devices.disks?.some(({ lun }) => lun?.reservation)) {
    causes.push(
      ...closed('PersistentReservation', `${field}.domain.devices.disks.luns.reservation`),
    )
  }
  if (devices.downwardMetrics && !featureGates.has('DownwardMetrics')) {
    const message =
      'downwardMetrics virtio serial is not allowed: DownwardMetrics feature gate is not enabled'
    causes.push(cause(`${field}.domain.devices.downwardMetrics`, message))
  }
  return [
    ...causes,
    ...filesystems(field, spec, featureGates),
    ...video(field, spec, featureGates),
    ...panicDevices(field, spec, featureGates),
  ]
}

function filesystems(
  field: string,
  { domain, volumes = [] }: InstanceSpec,
  gates: ReadonlySet<string>,
): StatusCause[] {
  return (domain.devices.filesystems ?? []).flatMap(({ name }) => {
    const volume = volumes.find((candidate) => candidate.name === name)
    const at = `${field}.domain.devices.filesystems`
    const config =
      volume?.configMap ?? volume?.secret ?? volume?.serviceAccount ?? volume?.downwardAPI
    if (config) {
      return causeIf(
        !gates.has('EnableVirtioFsConfigVolumes') && !gates.has('ExperimentalVirtiofsSupport'),
        at,
        'virtiofs is not allowed: virtiofs feature gate is not enabled for config volumes',
      )
    }
    return causeIf(
      !!(volume?.persistentVolumeClaim ?? volume?.dataVolume) &&
        !gates.has('EnableVirtioFsStorageVolumes') &&
        !gates.has('ExperimentalVirtiofsSupport'),
      at,
      'virtiofs is not allowed: virtiofs feature gate is not enabled for PVC',
    )
  })
}

function video(
  field: string,
  { domain: { devices } }: InstanceSpec,
  gates: ReadonlySet<string>,
): StatusCause[] {
  if (!devices.video) return []
  const at = `${field}.video`
  if (!gates.has('VideoConfig')) {
    const message =
      'Video configuration is specified but the VideoConfig feature gate is not enabled'
    return [cause(at, message)]
  }
  const type = devices.video.type ?? ''
  const causes = causeIf(
    devices.autoattachGraphicsDevice === false,
    at,
    'Video configuration is not allowed when autoattachGraphicsDevice is set to false',
  )
  if (!VIDEO_TYPES.has(type)) {
    const message = `video model '${type}' is not supported on amd64 architecture`
    causes.push(cause(`${field}.domain.devices.video.type`, message, 'FieldValueNotSupported'))
  }
  return causes
}

function panicDevices(
  field: string,
  { domain: { devices } }: InstanceSpec,
  gates: ReadonlySet<string>,
): StatusCause[] {
  const list = devices.panicDevices ?? []
  const at = `${field}.domain.devices.panicDevices`
  if (list.length > 0 && !gates.has('PanicDevices')) {
    return [cause(at, 'Panic Devices feature gate is not enabled in kubevirt-config')]
  }
  return list.flatMap(({ model }, index) =>
    causeIf(
      model !== undefined && !PANIC_MODELS.has(model),
      `${at}[${index}].model`,
      `invalid PanicDeviceModel(${model})`,
    ),
  )
}
