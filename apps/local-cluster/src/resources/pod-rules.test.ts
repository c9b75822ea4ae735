import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

type Row = [what: string, object: object, causes: string[], circumstances?: Circumstances]

describe('pods', () => {
  const container = { name: 'a', image: 'i' }
  const pod = (spec: object) => ({ spec: { containers: [container], ...spec } })

  it('may be as simple as one container', () => {
    expect(refusal('Pod', pod({}))).toBeUndefined()
  })

  it.each<Row>([
    ['no containers', { spec: {} }, ['spec.containers: Required value']],
    [
      'a container without name and image',
      pod({ containers: [{}] }),
      ['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
    ],
    [
      'two containers of one name',
      pod({ containers: [container, container] }),
      ['spec.containers[1].name: Duplicate value: "a"'],
    ],
    [
      'a container in capitals',
      pod({ containers: [{ name: 'A', image: 'i' }] }),
      [
        `spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      ],
    ],
    [
      'ports out of range and named twice',
      pod({
        containers: [
          {
            ...container,
            ports: [
              { name: 'web', containerPort: 80 },
              { name: 'web', containerPort: 70_000 },
            ],
          },
        ],
      }),
      [
        'spec.containers[0].ports[1].name: Duplicate value: "web"',
        'spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a mount of no volume',
      pod({ containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "v"'],
    ],
    [
      'two mounts at one path',
      pod({
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [
          {
            ...container,
            volumeMounts: [
              { name: 'v', mountPath: '/v' },
              { name: 'v', mountPath: '/v' },
            ],
          },
        ],
      }),
      ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/v": must be unique'],
    ],
    [
      'more requested than allowed',
      pod({
        containers: [
          { ...container, resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
        ],
      }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      'negative memory',
      pod({ containers: [{ ...container, resources: { requests: { memory: '-1Gi' } } }] }),
      [
        'spec.containers[0].resources.requests[memory]: Invalid value: "-1Gi": must be greater than or equal to 0',
      ],
    ],
    [
      'a variable without a name',
      pod({ containers: [{ ...container, env: [{ value: 'v' }] }] }),
      ['spec.containers[0].env[0].name: Required value'],
    ],
    [
      'a volume of two kinds, and a name twice',
      pod({
        volumes: [
          { name: 'a' },
          { name: 'b', emptyDir: {}, secret: { secretName: 's' } },
          { name: 'b', configMap: {} },
        ],
      }),
      [
        'spec.volumes[1].secret: Forbidden: may not specify more than 1 volume type',
        'spec.volumes[2].name: Duplicate value: "b"',
        'spec.volumes[2].configMap.name: Required value',
      ],
    ],
    [
      'an unknown restart policy',
      pod({ restartPolicy: 'Sometimes' }),
      [
        'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
      ],
    ],
    [
      'a negative grace period',
      pod({ terminationGracePeriodSeconds: -1 }),
      [
        'spec.terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a deadline of zero',
      pod({ activeDeadlineSeconds: 0 }),
      [
        'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
      ],
    ],
    [
      'an affinity without terms',
      pod({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          },
        },
      }),
      [
        'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
      ],
    ],
    [
      'a weight of zero and no topology',
      pod({
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 0, podAffinityTerm: { topologyKey: 'zone' } },
            ],
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: 'zone',
                labelSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] },
              },
            ],
          },
        },
      }),
      [
        'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
        'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100',
      ],
    ],
    [
      'a toleration of everything that is Equal, and a time without NoExecute',
      pod({
        tolerations: [
          { operator: 'Equal' },
          { key: 'k', tolerationSeconds: 5, effect: 'NoSchedule' },
        ],
      }),
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
        'spec.tolerations[1].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      ],
    ],
    [
      'a skew of zero',
      pod({
        topologySpreadConstraints: [
          { maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
        ],
      }),
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      ],
    ],
    [
      'another container later',
      pod({ containers: [container, { name: 'b', image: 'i' }] }),
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
      { old: pod({}) },
    ],
    [
      'another host name later',
      pod({ hostname: 'b' }),
      [
        'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      ],
      { old: pod({ hostname: 'a' }) },
    ],
  ])('may not have %s', (_what, object, causes, circumstances) => {
    expect(refusal('Pod', object, circumstances)?.causes).toEqual(causes)
  })
})
