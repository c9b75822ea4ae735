import { parseDocument } from 'yaml'
import { z } from 'zod'
import { CLOUD_INIT_DISK } from '../create/attachments.ts'
import { cloudInitFindings } from '../create/cloud-init.ts'
import type { VirtualMachine } from '../types.ts'
import { report } from '../validation/problem.ts'
import { sshKeyFindings } from '../validation/ssh-key.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

const HEADER = '#cloud-config'
const KEYS = 'ssh_authorized_keys'

/** A VM's cloud-init, where it has some. */
export function cloudInitOf({ spec }: VirtualMachine) {
  for (const { name, cloudInitNoCloud, cloudInitConfigDrive } of spec.template?.spec?.volumes ??
    []) {
    const source = cloudInitNoCloud ?? cloudInitConfigDrive
    if (!source) continue
    const { userData, userDataBase64, networkData, networkDataBase64 } = source
    return {
      name,
      userData: userData ?? decoded(userDataBase64),
      networkData: networkData ?? decoded(networkDataBase64),
      /** Data in Secrets is named and never read. */
      userDataSecret: source.secretRef?.name,
      networkDataSecret: source.networkDataSecretRef?.name,
      source,
    }
  }
  return undefined
}

const decoded = (base64: string | undefined): string =>
  base64 === undefined
    ? ''
    : new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)))

const cloudInitValues = z
  .object({ userData: z.string(), networkData: z.string(), isSecret: z.boolean() })
  .superRefine(({ userData, networkData, isSecret }, context) => {
    const asked = { enabled: true, mode: 'script', hostname: '', sshKeys: [] } as const
    const check = (script: string) =>
      cloudInitFindings({ ...asked, sshKeys: [], installGuestAgent: false, script })
    if (!isSecret && (userData !== '' || networkData === '')) {
      report(context, ['userData'], check(userData))
    }
    // Network data has no first line of its own to be told by.
    const tooLarge = check(networkData).filter(({ code }) => code === 'cloudInit.tooLarge')
    report(context, ['networkData'], tooLarge)
  })
export type CloudInitDataValues = z.infer<typeof cloudInitValues>

export const cloudInitItem: EditItem<CloudInitDataValues> = {
  schema: cloudInitValues,
  read: (virtualMachine) => {
    const found = cloudInitOf(virtualMachine)
    return {
      userData: found?.userData ?? '',
      networkData: found?.networkData ?? '',
      isSecret: found?.userDataSecret !== undefined,
    }
  },
  write: (virtualMachine, { userData, networkData, isSecret }) => {
    if (!isSecret) writeData(virtualMachine, 'userData', userData)
    writeData(virtualMachine, 'networkData', networkData)
  },
  places: [
    [/networkData/, 'networkData'],
    [/userData|cloudInit|volumes/, 'userData'],
  ],
}

/** Text in its place; the form in base64 gives way to it. */
function writeData(
  virtualMachine: VirtualMachine,
  field: 'userData' | 'networkData',
  text: string,
): void {
  const found = cloudInitOf(virtualMachine) ?? addCloudInit(virtualMachine)
  if (found[field] === text) return
  delete found.source[`${field}Base64`]
  delete found.source[field]
  if (text !== '') found.source[field] = text
}

function addCloudInit(virtualMachine: VirtualMachine) {
  const spec = instanceSpecOf(virtualMachine)
  const { devices } = spec.domain
  devices.disks = [...(devices.disks ?? []), { name: CLOUD_INIT_DISK, disk: { bus: 'virtio' } }]
  const source: NonNullable<ReturnType<typeof cloudInitOf>>['source'] = {}
  spec.volumes = [...(spec.volumes ?? []), { name: CLOUD_INIT_DISK, cloudInitNoCloud: source }]
  return { userData: '', networkData: '', source }
}

const sshKeysValues = z
  .object({ sshKeys: z.array(z.string()) })
  .superRefine(({ sshKeys }, context) => {
    for (const [index, line] of sshKeys.entries()) {
      report(context, ['sshKeys', index], sshKeyFindings(line))
    }
  })
export type SshKeysValues = z.infer<typeof sshKeysValues>

/** The keys of the first user, in the cloud-config of the VM. */
export const sshKeysItem: EditItem<SshKeysValues> = {
  schema: sshKeysValues,
  read: (virtualMachine) => ({ sshKeys: keysOf(cloudInitOf(virtualMachine)?.userData ?? '') }),
  write: (virtualMachine, { sshKeys }) => {
    const userData = cloudInitOf(virtualMachine)?.userData ?? ''
    const keys = sshKeys.map((key) => key.trim())
    writeData(virtualMachine, 'userData', withKeys(userData, keys))
  },
  places: [[/./, 'sshKeys']],
}

/** Keys can be put into cloud-config only; scripts and Secrets are left alone. */
export function areSshKeysEditable(virtualMachine: VirtualMachine): boolean {
  const { userData = '', userDataSecret } = cloudInitOf(virtualMachine) ?? {}
  if (userDataSecret !== undefined) return false
  return userData === '' || (userData.startsWith(HEADER) && isReadable(userData))
}

const isReadable = (text: string): boolean => parseDocument(text).errors.length === 0

function keysOf(userData: string): string[] {
  if (!userData.startsWith(HEADER)) return []
  const content: unknown = isReadable(userData) ? parseDocument(userData).toJS() : undefined
  const keys: unknown = (content as Record<string, unknown> | null | undefined)?.[KEYS]
  return Array.isArray(keys) ? keys.map(String) : []
}

/** Comments and the order of everything else stay. */
function withKeys(userData: string, keys: readonly string[]): string {
  const document = parseDocument(userData === '' ? `${HEADER}\n{}\n` : userData)
  if (userData === '') document.contents = document.createNode({}) as never
  if (keys.length === 0) document.delete(KEYS)
  else document.set(KEYS, document.createNode(keys))
  const text = document.toString({ lineWidth: 0 })
  return text.startsWith(HEADER) ? text : `${HEADER}\n${text}`
}
