import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

type Row = [what: string, object: object, causes: string[], circumstances?: Circumstances]

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest })

describe('data volumes may not have', () => {
  const pvc = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  const volumeOf = (change: object) => ({ spec: { pvc, source: { blank: {} }, ...change } })
  const from = (source: object, more: object = {}) => volumeOf({ source, ...more })

  it.each<Row>([
    ['no size and place', volumeOf({ pvc: undefined }), ['spec.PVC: Missing Data volume PVC']],
    [
      'two places',
      volumeOf({ storage: {} }),
      [
        'spec.PVC.Storage: Duplicate storage definition, both target storage and target pvc defined',
      ],
    ],
    [
      'no size',
      volumeOf({ pvc: { ...pvc, resources: {} } }),
      ['spec.PVC.resources.requests.size: PVC size is missing'],
    ],
    [
      'zero bytes',
      volumeOf({ pvc: { ...pvc, resources: { requests: { storage: '0' } } } }),
      ["spec.PVC.resources.requests.size: PVC size can't be equal or less than zero"],
    ],
    [
      'no access mode',
      volumeOf({ pvc: { ...pvc, accessModes: [] } }),
      ['spec.PVC.accessModes: Required value: at least 1 access mode is required'],
    ],
    [
      'two access modes',
      volumeOf({ pvc: { ...pvc, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] } }),
      ['spec.PVC.accessModes: PVC multiple accessModes'],
    ],
    [
      'no source',
      volumeOf({ source: undefined }),
      [
        'spec.source: Data volume should have either Source or SourceRef, or be externally populated',
      ],
    ],
    ['an empty source', from({}), ['spec.source: Missing Data volume source']],
    [
      'two sources',
      from({ blank: {}, upload: {} }),
      ['spec.source: Multiple Data volume sources'],
    ],
    [
      'an empty URL',
      from({ http: { url: '' } }),
      ['spec.source.HTTP.url: spec.source source URL is empty'],
    ],
    [
      'a URL that is none',
      from({ http: { url: 'over there' } }),
      ['spec.source.HTTP.url: spec.source Invalid source URL: over there'],
    ],
    [
      'a URL of another kind',
      from({ http: { url: 'ftp://a/b' } }),
      ['spec.source.HTTP.url: spec.source Invalid source URL scheme: ftp://a/b'],
    ],
    [
      'a registry by HTTP',
      from({ registry: { url: 'https://a/b' } }),
      ['spec.source.Registry.URL: Illegal registry source URL scheme https://a/b'],
    ],
    [
      'unknown content',
      from({ blank: {} }, { contentType: 'music' }),
      ['spec.contentType: ContentType not one of: kubevirt, archive'],
    ],
    [
      'an archive of nothing',
      from({ blank: {} }, { contentType: 'archive' }),
      ['spec.contentType: SourceType cannot be blank and the contentType be archive'],
    ],
    [
      'a clone of no claim',
      from({ pvc: { namespace: '', name: 'a' } }),
      ['spec.source.PVC: spec.source.PVC source PVC is not valid'],
    ],
    [
      'a clone smaller than its source',
      from({ pvc: { namespace: 'other', name: 'big' } }),
      ['spec.source.PVC: target resources requests storage size is smaller than the source'],
      {
        existing: {
          persistentvolumeclaims: [
            named('big', { spec: { resources: { requests: { storage: '2Gi' } } } }),
          ],
        },
      },
    ],
    [
      'a source that is not there',
      volumeOf({ source: undefined, sourceRef: { kind: 'DataSource', name: 'fedora' } }),
      ['spec.sourceRef: SourceRef DataSource/development/fedora not found'],
    ],
    [
      'half a vSphere source',
      from({ vddk: { url: 'https://v' } }),
      ['spec.source.VDDK: spec.source.VDDK source VDDK is not valid'],
    ],
    [
      'the name of somebody else’s claim',
      volumeOf({}),
      ['DataVolume.Name: Destination PVC development/x already exists'],
      { existing: { persistentvolumeclaims: [named('x')] } },
    ],
    [
      'another source later',
      from({ upload: {} }),
      ['DataVolume.Spec: Cannot update DataVolume Spec'],
      { old: volumeOf({}) },
    ],
  ])('%s', (_what, object, causes, circumstances) => {
    const [kept] = [structuredClone(object) as { spec: Record<string, unknown> }]
    for (const [field, value] of Object.entries(kept.spec)) {
      if (value === undefined) delete kept.spec[field]
    }
    expect(refusal('DataVolume', kept, circumstances)?.causes).toEqual(causes)
  })
})
