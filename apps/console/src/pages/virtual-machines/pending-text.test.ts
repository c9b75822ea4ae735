import type { PendingChange } from '@virtdeck/kubevirt'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { en } from '../../locales/en.ts'
import { pendingText } from './pending-text.ts'

const topology = { sockets: 2, cores: 1, threads: 1 }

test.each<[PendingChange, string]>([
  [
    { subject: 'cpu', before: { ...topology, sockets: 1 }, after: topology },
    'CPU: 1 CPU (1 × 1 × 1) → 2 CPUs (2 × 1 × 1)',
  ],
  [{ subject: 'memory', before: '1024Mi', after: '2Gi' }, 'Memory: 1 GiB → 2 GiB'],
  [{ subject: 'hostname', before: undefined, after: 'web' }, 'Hostname: None → web'],
  [{ subject: 'dedicatedCpu', before: false, after: true }, 'Dedicated CPUs: No → Yes'],
  [
    { subject: 'bootOrder', before: [], after: ['nic', 'root'] },
    'Boot order: None → nic, root',
  ],
  [{ subject: 'disk', name: 'data', change: 'added' }, 'Disk data added'],
  [{ subject: 'sshKeys' }, 'SSH keys changed'],
  [{ subject: 'other', path: 'domain.clock' }, 'Other: domain.clock'],
])('%o', async (change, text) => {
  const i18n = createInstance()
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  expect(pendingText(i18n.t, change)).toBe(text)
})
