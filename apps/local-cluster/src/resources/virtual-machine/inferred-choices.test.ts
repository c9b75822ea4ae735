import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { inferChoices, preferMachineType } from './inferred-choices.ts'

const labels = { 'instancetype.kubevirt.io/default-instancetype': 'small' }
const stored: Record<string, KubernetesObject> = {
  'persistentvolumeclaims/n/labelled': { metadata: { labels } },
  'persistentvolumeclaims/n/bare': {},
  'virtualmachineclusterpreferences.instancetype.kubevirt.io//old': {
    spec: { machine: { preferredMachineType: 'pc' } },
  },
}

const requestFor = (claimName: string, matcher: object, more: object = {}) => ({
  operation: 'create' as const,
  user: { name: 'admin', groups: [] },
  object: {
    metadata: { namespace: 'n', name: 'vm' },
    spec: {
      instancetype: { inferFromVolume: 'root', ...matcher },
      ...more,
      template: {
        spec: {
          domain: { devices: {}, memory: { guest: '1Gi' } },
          volumes: [{ name: 'root', persistentVolumeClaim: { claimName } }],
        },
      },
    },
  } as VirtualMachine,
  lookup: (resource: string, namespace: string | undefined, name: string) =>
    stored[`${resource}/${namespace ?? ''}/${name}`],
  warn: () => undefined,
})

test('a volume names the instance type', () => {
  const request = requestFor('labelled', { inferFromVolumeFailurePolicy: 'Ignore' })
  inferChoices(request)
  expect(request.object.spec.instancetype).toEqual({ name: 'small' })
  expect(request.object.spec.template.spec?.domain.memory).toBeUndefined()
})

test('a volume that names none is refused, unless that is to be ignored', () => {
  expect(() => inferChoices(requestFor('bare', {}))).toThrow(
    'admission webhook "virtualmachines-mutator.kubevirt.io" denied the request: unable to find required instancetype.kubevirt.io/default-instancetype label on the volume',
  )
  const ignoring = requestFor('bare', { inferFromVolumeFailurePolicy: 'Ignore' })
  inferChoices(ignoring)
  expect(ignoring.object.spec.instancetype).toBeUndefined()
  expect(ignoring.object.spec.template.spec?.domain.memory).toEqual({ guest: '1Gi' })
})

test('the preference chooses the machine type', () => {
  const request = requestFor('bare', {}, { preference: { name: 'old' } })
  preferMachineType(request)
  expect(request.object.spec.template.spec?.domain.machine).toEqual({ type: 'pc' })
})
