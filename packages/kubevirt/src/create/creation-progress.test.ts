import { expect, test } from 'vitest'
import type { DataVolume, VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { creationProgress } from './creation-progress.ts'

interface Case {
  status?: string
  runStrategy?: string
  disks?: string[]
  node?: string
}

function progress({ status, runStrategy = 'Always', disks = [], node }: Case): string {
  const virtualMachine = {
    spec: { runStrategy, dataVolumeTemplates: disks.map(() => ({ spec: {} })), template: {} },
    ...(status && { status: { printableStatus: status } }),
  } as VirtualMachine
  const instance = node && ({ status: { nodeName: node } } as VirtualMachineInstance)
  const dataVolumes = disks.map((phase) => ({ status: { phase } }) as DataVolume)
  return creationProgress({ virtualMachine, dataVolumes, instance: instance || null })
    .map(({ phase, state, detail }) => `${phase}:${state}${detail ? `(${detail})` : ''}`)
    .join(' ')
}

test.each<[Case, string]>([
  [{}, 'created:done scheduled:active running:waiting'],
  [{ runStrategy: 'Halted', status: 'Stopped' }, 'created:done'],
  [
    { status: 'Provisioning', disks: ['ImportInProgress', 'Succeeded'] },
    'created:done disks:active scheduled:waiting running:waiting',
  ],
  [
    { status: 'DataVolumeError', disks: ['Failed'] },
    'created:done disks:failed scheduled:waiting running:waiting',
  ],
  [
    { status: 'Starting', disks: ['Succeeded'], node: 'node01' },
    'created:done disks:done scheduled:done(node01) running:active',
  ],
  [{ status: 'Running', node: 'node01' }, 'created:done scheduled:done(node01) running:done'],
  [{ status: 'ErrorUnschedulable' }, 'created:done scheduled:failed running:waiting'],
  [{ status: 'ErrorPvcNotFound' }, 'created:done scheduled:failed running:waiting'],
  [
    { status: 'ImagePullBackOff', disks: ['Succeeded'] },
    'created:done disks:done scheduled:done running:failed',
  ],
  [
    { status: 'ErrImagePull', node: 'node01' },
    'created:done scheduled:done(node01) running:failed',
  ],
])('%o', (given, expected) => expect(progress(given)).toBe(expected))
