import type { V1DomainSpec as DomainSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { expectSupported } from './unsupported.ts'

test.each<[string, DomainSpec, string]>([
  [
    'host devices',
    { devices: { hostDevices: [{ name: 'a', deviceName: 'a/b' }] } },
    'this node passes no host devices through',
  ],
  ['GPUs', { devices: { gpus: [{ name: 'a', deviceName: 'a/b' }] } }, 'this node has no GPUs'],
  [
    'shared file systems',
    { devices: { filesystems: [{ name: 'a', virtiofs: {} }] } },
    'this node shares no file systems',
  ],
  [
    'huge pages',
    { devices: {}, memory: { hugepages: { pageSize: '2Mi' } } },
    'this node has no huge pages',
  ],
  [
    'kernels in containers',
    { devices: {}, firmware: { kernelBoot: { container: { image: 'a' } } } },
    'this node boots no kernels from container images',
  ],
])('%s are refused', (_title, domain, message) => {
  expect(() => expectSupported(domain)).toThrow(message)
})

test('an ordinary machine is not', () => {
  expect(() => expectSupported({ devices: {} })).not.toThrow()
})
