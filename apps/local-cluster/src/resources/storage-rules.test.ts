import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

const named = (name: string) => ({ metadata: { name } })

describe('storage', () => {
  const claim = (spec: object = {}, status?: object) => ({
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '2Gi' } },
      volumeMode: 'Filesystem',
      storageClassName: 'local',
      volumeName: 'pv',
      ...spec,
    },
    ...(status && { status }),
  })
  const bound = { phase: 'Bound', capacity: { storage: '2Gi' } }
  const volume = (spec: object = {}) => ({
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      hostPath: { path: '/v' },
      volumeMode: 'Filesystem',
      ...spec,
    },
  })
  const storageClass = (change: object = {}) => ({
    provisioner: 'p',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    ...change,
  })

  it.each<[what: string, kind: string, ...rest: [object, string[], Circumstances?]]>([
    [
      'a claim of nothing',
      'PersistentVolumeClaim',
      { spec: {} },
      [
        'spec.accessModes: Required value: at least 1 access mode is required',
        'spec.resources[storage]: Required value',
      ],
    ],
    [
      'a claim of zero bytes',
      'PersistentVolumeClaim',
      claim({ resources: { requests: { storage: '0' } } }),
      ['spec.resources[storage]: Invalid value: "0": must be greater than zero'],
    ],
    [
      'an unknown access mode',
      'PersistentVolumeClaim',
      claim({ accessModes: ['WriteNever'] }),
      [
        'spec.accessModes[0]: Unsupported value: "WriteNever": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      ],
    ],
    [
      'one pod and more',
      'PersistentVolumeClaim',
      claim({ accessModes: ['ReadWriteOncePod', 'ReadWriteMany'] }),
      ['spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes'],
    ],
    [
      'an unknown volume mode',
      'PersistentVolumeClaim',
      claim({ volumeMode: 'Tape' }),
      ['spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"'],
    ],
    [
      'a claim that shrinks',
      'PersistentVolumeClaim',
      claim({ resources: { requests: { storage: '1Gi' } } }, bound),
      [
        'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
      ],
      { old: claim({}, bound) },
    ],
    [
      'a claim on another volume',
      'PersistentVolumeClaim',
      claim({ volumeName: 'other' }, bound),
      [
        'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ],
      { old: claim({}, bound) },
    ],
    [
      'a volume made of nothing',
      'PersistentVolume',
      volume({ hostPath: undefined }),
      ['spec: Required value: must specify a volume type'],
    ],
    [
      'a volume made of two things, without capacity',
      'PersistentVolume',
      volume({ nfs: { server: 's', path: '/p' }, capacity: undefined }),
      [
        'spec.capacity: Required value',
        'spec.nfs: Forbidden: may not specify more than 1 volume type',
      ],
    ],
    [
      'a local volume nowhere',
      'PersistentVolume',
      volume({ hostPath: undefined, local: { path: '/dev/loop10' } }),
      ['spec.nodeAffinity: Required value: Local volume requires node affinity'],
    ],
    [
      'a volume that moves',
      'PersistentVolume',
      volume({ hostPath: { path: '/w' } }),
      [
        'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
      ],
      { old: volume() },
    ],
    ['a class without a provisioner', 'StorageClass', {}, ['provisioner: Required value']],
    [
      'a class that changes',
      'StorageClass',
      storageClass({
        provisioner: 'q',
        reclaimPolicy: 'Retain',
        volumeBindingMode: 'WaitForFirstConsumer',
        parameters: { a: 'b' },
      }),
      [
        'parameters: Forbidden: updates to parameters are forbidden.',
        'provisioner: Forbidden: updates to provisioner are forbidden.',
        'reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
        'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
      ],
      { old: storageClass() },
    ],
  ])('may not be %s', (_what, kind, object, causes, circumstances) => {
    expect(refusal(kind, object, circumstances)?.causes).toEqual(causes)
  })

  const bigger = claim({ resources: { requests: { storage: '3Gi' } } }, bound)
  const classes = (allowVolumeExpansion: boolean) => ({
    'storageclasses.storage.k8s.io': [{ ...named('local'), allowVolumeExpansion }],
  })

  it('grows where the class allows it', () => {
    const old = claim({}, bound)
    const refused = (existing: Circumstances['existing'], before: object = old) =>
      refusal('PersistentVolumeClaim', bigger, { old: before, existing: existing ?? {} })
        ?.message
    expect(refused(classes(true))).toBeUndefined()
    expect(refused(classes(false))).toBe(
      'persistentvolumeclaims "x" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    )
    expect(refused(classes(true), claim({}, { phase: 'Pending' }))).toBe(
      'persistentvolumeclaims "x" is forbidden: Only bound persistent volume claims can be expanded',
    )
  })
})
