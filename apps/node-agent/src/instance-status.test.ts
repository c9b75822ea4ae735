import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { describe, expect, test } from 'vitest'
import {
  finalStatus,
  runningStatus,
  unsynchronizedStatus,
  type ObservedGuest,
} from './instance-status.ts'

const INSTANCE: VirtualMachineInstance = {
  metadata: { name: 'web', namespace: 'default', uid: 'u-1' },
  spec: {
    domain: {
      memory: { guest: '1Gi' },
      cpu: { cores: 2 },
      devices: {
        disks: [
          { name: 'root', disk: { bus: 'virtio' } },
          { name: 'data', disk: { bus: 'virtio' } },
          { name: 'iso', cdrom: { bus: 'sata' } },
        ],
        interfaces: [{ name: 'default', masquerade: {}, macAddress: '02-00-00-00-00-01' }],
      },
    },
    volumes: [
      { name: 'root', containerDisk: { image: 'a' } },
      { name: 'data', dataVolume: { name: 'web-data' } },
      { name: 'iso', persistentVolumeClaim: { claimName: 'iso' } },
    ],
  },
  status: {
    phase: 'Scheduled',
    nodeName: 'node01',
    phaseTransitionTimestamps: [{ phase: 'Scheduled' }],
  },
}

const OBSERVED: ObservedGuest = {
  paused: false,
  pausedBy: 'user',
  podAddress: '10.129.0.5',
  simulated: false,
  machineType: 'pc-q35-7.2',
  agent: undefined,
}

const conditionsOf = (status: ReturnType<typeof runningStatus>) =>
  Object.fromEntries(
    (status.conditions ?? []).map(({ type, status, reason }) => [type, reason ?? status]),
  )

describe('a running guest', () => {
  test('is told of as virt-handler does', () => {
    const status = runningStatus(INSTANCE, OBSERVED)
    expect(status).toMatchObject({
      phase: 'Running',
      nodeName: 'node01',
      phaseTransitionTimestamps: [{ phase: 'Scheduled' }, { phase: 'Running' }],
      interfaces: [{ name: 'default', mac: '02:00:00:00:00:01', ipAddress: '10.129.0.5' }],
      currentCPUTopology: { sockets: 1, cores: 2, threads: 1 },
      memory: { guestCurrent: '1Gi' },
      volumeStatus: [
        { name: 'root', target: 'vda' },
        { name: 'data', target: 'vdb', persistentVolumeClaimInfo: { claimName: 'web-data' } },
        { name: 'iso', target: 'sr0', persistentVolumeClaimInfo: { claimName: 'iso' } },
      ],
    })
    expect(conditionsOf(status)).toEqual({
      Ready: 'True',
      LiveMigratable: 'HypervisorNotLiveMigratable',
      StorageLiveMigratable: 'True',
      Synchronized: 'True',
    })
  })

  test('stays as it is when nothing changed', () => {
    const first = runningStatus(INSTANCE, OBSERVED)
    expect(runningStatus({ ...INSTANCE, status: first }, OBSERVED)).toEqual(first)
  })

  test('that is paused is not ready, and loses the condition when it goes on', () => {
    const paused = runningStatus(INSTANCE, { ...OBSERVED, paused: true })
    expect(conditionsOf(paused)).toMatchObject({
      Ready: 'ReadinessGatesNotReady',
      Paused: 'PausedByUser',
    })
    const resumed = runningStatus({ ...INSTANCE, status: paused }, OBSERVED)
    expect(conditionsOf(resumed)).not.toHaveProperty('Paused')
    const broken = runningStatus(INSTANCE, { ...OBSERVED, paused: true, pausedBy: 'io-error' })
    expect(conditionsOf(broken)).toMatchObject({ Paused: 'PausedIOError' })
  })

  test('shows what its agent tells, as long as that is connected', () => {
    const agent = {
      os: { id: 'tiny', name: 'Tiny Linux' },
      interfaces: [
        { name: 'enp1s0', mac: '02:00:00:00:00:01', addresses: ['10.0.2.2', 'fe80::1'] },
        { name: 'docker0', mac: '02:42:00:00:00:01', addresses: ['172.17.0.1'] },
      ],
      frozen: true,
    }
    const connected = runningStatus(INSTANCE, { ...OBSERVED, agent })
    expect(conditionsOf(connected)).toMatchObject({ AgentConnected: 'True' })
    expect(connected).toMatchObject({
      guestOSInfo: { id: 'tiny' },
      fsFreezeStatus: 'frozen',
      machine: { type: 'pc-q35-7.2' },
      interfaces: [
        {
          name: 'default',
          // Behind the masquerade the guest's own address reaches nobody.
          ipAddresses: ['10.129.0.5'],
          interfaceName: 'enp1s0',
          infoSource: 'domain, guest-agent',
        },
        { interfaceName: 'docker0', ipAddress: '172.17.0.1', infoSource: 'guest-agent' },
      ],
    })
    const gone = runningStatus({ ...INSTANCE, status: connected }, OBSERVED)
    expect(conditionsOf(gone)).not.toHaveProperty('AgentConnected')
    expect(gone.interfaces).toHaveLength(1)
    expect(gone).not.toHaveProperty('fsFreezeStatus')
  })
})

test.each(['Succeeded', 'Failed'] as const)('an ended guest: %s', (phase) => {
  const running = runningStatus(INSTANCE, OBSERVED)
  const status = finalStatus({ ...INSTANCE, status: running }, phase)
  expect(status.phase).toBe(phase)
  expect(conditionsOf(status)).toMatchObject({ Ready: 'GuestNotRunning' })
})

test('a guest that cannot be started says why and keeps its phase', () => {
  const status = unsynchronizedStatus(INSTANCE, 'QEMU refused to start')
  expect(status.phase).toBe('Scheduled')
  expect(status.conditions).toMatchObject([
    { type: 'Synchronized', status: 'False', message: 'QEMU refused to start' },
  ])
})
