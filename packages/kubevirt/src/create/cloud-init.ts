import { finding, type Finding } from '../validation/problem.ts'
import type { CloudInitValues } from './values.ts'

/** What KubeVirt takes inline; more would need a Secret. */
const MAX_USER_DATA_BYTES = 2048

/** How cloud-init tells user data apart: by its first line. */
const HEADER = /^(#cloud-config|#!|#include|#cloud-boothook|## template:|Content-Type:|From )/

/** F-11: installed from the distribution, and started also where that does not do it. */
const GUEST_AGENT = [
  'packages:',
  '  - qemu-guest-agent',
  'runcmd:',
  '  - [systemctl, enable, --now, qemu-guest-agent]',
]

/** The user data; undefined if the fields are empty and there is nothing to say. */
export function userDataOf(cloudInit: CloudInitValues): string | undefined {
  if (!cloudInit.enabled) return undefined
  if (cloudInit.mode === 'script') return cloudInit.script
  const { hostname } = cloudInit
  const keys = cloudInit.sshKeys.map((key) => key.trim()).filter((key) => key !== '')
  const lines = [
    ...(hostname === '' ? [] : [`hostname: ${hostname}`]),
    ...(keys.length === 0 ? [] : ['ssh_authorized_keys:']),
    // A JSON string is a YAML string whatever the comment contains.
    ...keys.map((key) => `  - ${JSON.stringify(key)}`),
    ...(cloudInit.installGuestAgent ? GUEST_AGENT : []),
  ]
  return lines.length === 0 ? undefined : `#cloud-config\n${lines.join('\n')}\n`
}

export function cloudInitFindings(cloudInit: CloudInitValues): Finding[] {
  const { mode, script } = cloudInit
  if (mode === 'script' && script.trim() === '') return [{ code: 'required' }]
  const bytes = new TextEncoder().encode(userDataOf(cloudInit) ?? '').length
  return [
    ...finding(mode === 'script' && !HEADER.test(script), 'cloudInit.noHeader'),
    ...finding(bytes > MAX_USER_DATA_BYTES, 'cloudInit.tooLarge', {
      max: MAX_USER_DATA_BYTES,
      bytes,
    }),
  ]
}
