import { notFound, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { ADDRESS } from '../volatile.ts'

const NAMESPACE = '/api/v1/namespaces/golden'
const owned = (...paths: string[]): object => ({ managedFields: [managed('unknown', paths)] })
const LABELS = { app: 'containerized-data-importer' }
const PORT = 'k:{"port":20022,"protocol":"TCP"}'

export const coreKinds: Exchange[] = [
  {
    name: 'secret-create-stringdata',
    method: 'POST',
    path: `${NAMESPACE}/secrets`,
    body: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'endpoint-secret', labels: LABELS },
      stringData: { accessKeyId: 'user', secretKey: 'pass' },
    },
    status: 201,
    answer: {
      kind: 'Secret',
      apiVersion: 'v1',
      metadata: metadata('endpoint-secret', {
        labels: LABELS,
        ...owned(
          'data .',
          'data accessKeyId',
          'data secretKey',
          'metadata labels .',
          'metadata labels app',
          'type',
        ),
      }),
      data: { accessKeyId: 'dXNlcg==', secretKey: 'cGFzcw==' },
      type: 'Opaque',
    },
  },
  {
    name: 'pvc-create',
    method: 'POST',
    path: `${NAMESPACE}/persistentvolumeclaims`,
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'disk-a' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
    status: 201,
    answer: {
      kind: 'PersistentVolumeClaim',
      apiVersion: 'v1',
      metadata: metadata('disk-a', {
        finalizers: ['kubernetes.io/pvc-protection'],
        ...owned(
          'spec accessModes',
          'spec resources requests .',
          'spec resources requests storage',
          'spec volumeMode',
        ),
      }),
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        volumeMode: 'Filesystem',
      },
      status: { phase: 'Pending' },
    },
  },
  {
    name: 'svc-nodeport',
    method: 'POST',
    path: `${NAMESPACE}/services`,
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vm-ssh' },
      spec: {
        type: 'NodePort',
        selector: { 'kubevirt.io/domain': 'vm-a' },
        ports: [{ name: 'ssh', port: 20022, targetPort: 22, protocol: 'TCP' }],
      },
    },
    status: 201,
    answer: {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: metadata(
        'vm-ssh',
        owned(
          'spec externalTrafficPolicy',
          'spec internalTrafficPolicy',
          'spec ports .',
          `spec ports ${PORT} .`,
          ...['name', 'port', 'protocol', 'targetPort'].map(
            (field) => `spec ports ${PORT} ${field}`,
          ),
          'spec selector',
          'spec sessionAffinity',
          'spec type',
        ),
      ),
      spec: {
        ports: [
          { name: 'ssh', protocol: 'TCP', port: 20022, targetPort: 22, nodePort: ADDRESS },
        ],
        selector: { 'kubevirt.io/domain': 'vm-a' },
        clusterIP: ADDRESS,
        clusterIPs: [ADDRESS],
        type: 'NodePort',
        sessionAffinity: 'None',
        externalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    },
  },
  {
    name: 'pod-log-unscheduled',
    method: 'GET',
    path: `${NAMESPACE}/pods/none/log`,
    ...notFound('pods', 'none'),
  },
]
