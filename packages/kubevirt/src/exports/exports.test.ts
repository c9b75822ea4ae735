import { expect, test } from 'vitest'
import {
  exportCommand,
  exportOf,
  exportState,
  isExportOf,
  type ExportTarget,
} from './exports.ts'

const machine: ExportTarget = { namespace: 'shop', kind: 'VirtualMachine', name: 'db' }
const claim: ExportTarget = { namespace: 'shop', kind: 'PersistentVolumeClaim', name: 'data' }

test.each([
  [machine, { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'db' }],
  [claim, { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'data' }],
])('F-34 an export of %j', (target, source) => {
  expect(exportOf(target, 8).spec).toEqual({ source, ttlDuration: '8h' })
  expect(isExportOf(exportOf(target, 2), target)).toBe(true)
})

test('F-34 an export of something else, or one that goes, is another', () => {
  expect(isExportOf(exportOf(claim, 2), machine)).toBe(false)
  const going = exportOf(machine, 2)
  going.metadata = { ...going.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' }
  expect(isExportOf(going, machine)).toBe(false)
})

const link = (format: string) => ({ format, url: `https://x/${format}` })

test.each([
  [undefined, { phase: 'pending', volumes: [] }],
  [
    {
      phase: 'Pending',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'InUse', message: 'VM db is running' },
      ],
    },
    { phase: 'pending', reason: 'VM db is running', volumes: [] },
  ],
  [
    {
      phase: 'Ready',
      conditions: [{ type: 'Ready', status: 'True', reason: 'PodReady' }],
      ttlExpirationTime: '2026-01-01T02:00:00Z',
      links: {
        internal: {
          cert: '',
          volumes: [
            { name: 'root', formats: [link('raw'), link('gzip')] },
            { name: 'files', formats: [link('dir'), link('tar.gz')] },
          ],
        },
      },
    },
    {
      phase: 'ready',
      expires: '2026-01-01T02:00:00Z',
      volumes: [
        { name: 'root', formats: ['raw', 'gzip'] },
        { name: 'files', formats: [] },
      ],
    },
  ],
  [
    {
      phase: 'Skipped',
      conditions: [{ type: 'Ready', status: 'False', reason: 'NoVolumes' }],
    },
    { phase: 'skipped', reason: 'NoVolumes', volumes: [] },
  ],
])('F-34 the state of an export with %j', (status, expected) => {
  const vmExport = { ...exportOf(machine, 2), ...(status && { status }) }
  expect(exportState(vmExport)).toEqual(expected)
})

test('F-34 the same with virtctl', () => {
  expect(exportCommand(machine, 'root')).toBe(
    'virtctl vmexport download db-export --vm=db --volume=root --output=root.img.gz --port-forward --namespace=shop',
  )
  expect(exportCommand(claim, 'data')).toBe(
    'virtctl vmexport download data-export --pvc=data --output=data.img.gz --port-forward --namespace=shop',
  )
})
