import type {
  V1VirtualMachineInstanceFileSystem as FileSystem,
  V1VirtualMachineInstanceGuestAgentInfo as GuestAgentInfo,
  V1VirtualMachineInstanceGuestOSInfo as GuestOsInfo,
  V1VirtualMachineInstanceGuestOSUser as GuestUser,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

/** Asks a guest agent. */
export type AskAgent = (command: string, args?: Record<string, unknown>) => Promise<unknown>

/** A network card as the guest sees it. */
export interface AgentInterface {
  name: string
  mac: string
  /** Version 4 first. */
  addresses: string[]
}

/** The parts that a VMI's status shows. */
export interface AgentFacts {
  os: GuestOsInfo
  interfaces: AgentInterface[]
  frozen: boolean
}

/** An agent whose file systems are frozen answers nothing else: what it told before stands. */
export async function readFacts(
  ask: AskAgent,
  before: AgentFacts | undefined,
): Promise<AgentFacts> {
  const frozen = (await ask('guest-fsfreeze-status').catch(() => 'thawed')) === 'frozen'
  if (frozen) return { os: {}, interfaces: [], ...before, frozen }
  return { os: await readOs(ask), interfaces: await readInterfaces(ask), frozen }
}

async function readOs(ask: AskAgent): Promise<GuestOsInfo> {
  const info = (await ask('guest-get-osinfo')) as Record<string, string | undefined>
  const fields: Record<keyof GuestOsInfo, string | undefined> = {
    name: info['name'],
    kernelRelease: info['kernel-release'],
    version: info['version'],
    prettyName: info['pretty-name'],
    versionId: info['version-id'],
    kernelVersion: info['kernel-version'],
    machine: info['machine'],
    id: info['id'],
  }
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as GuestOsInfo
}

interface RawInterface {
  name: string
  'hardware-address'?: string
  'ip-addresses'?: { 'ip-address': string; 'ip-address-type': 'ipv4' | 'ipv6' }[]
}

async function readInterfaces(ask: AskAgent): Promise<AgentInterface[]> {
  const all = (await ask('guest-network-get-interfaces')) as RawInterface[]
  return all
    .filter(({ name }) => name !== 'lo')
    .map((one) => {
      const addresses = one['ip-addresses'] ?? []
      const ofType = (type: string) =>
        addresses
          .filter((address) => address['ip-address-type'] === type)
          .map((address) => address['ip-address'])
      return {
        name: one.name,
        mac: one['hardware-address'] ?? '',
        addresses: [...ofType('ipv4'), ...ofType('ipv6')],
      }
    })
}

export async function readUsers(ask: AskAgent): Promise<GuestUser[]> {
  const users = (await ask('guest-get-users')) as {
    user: string
    domain?: string
    'login-time': number
  }[]
  return users.map((user) => ({
    userName: user.user,
    ...(user.domain && { domain: user.domain }),
    loginTime: user['login-time'],
  }))
}

interface RawFileSystem {
  name: string
  mountpoint: string
  type: string
  'used-bytes'?: number
  'total-bytes'?: number
  disk: { 'bus-type': string; serial?: string }[]
}

export async function readFileSystems(ask: AskAgent): Promise<FileSystem[]> {
  const all = (await ask('guest-get-fsinfo')) as RawFileSystem[]
  return all.map((one) => ({
    diskName: one.name,
    mountPoint: one.mountpoint,
    fileSystemType: one.type,
    usedBytes: one['used-bytes'] ?? 0,
    totalBytes: one['total-bytes'] ?? 0,
    disk: one.disk.map((disk) => ({
      ...(disk.serial && { serial: disk.serial }),
      busType: disk['bus-type'],
    })),
  }))
}

/** What the subresource `guestosinfo` answers. */
export async function readGuestInfo(ask: AskAgent): Promise<GuestAgentInfo> {
  const { version, supported_commands } = (await ask('guest-info')) as {
    version: string
    supported_commands: { name: string; enabled: boolean }[]
  }
  const hostname = (await ask('guest-get-host-name')) as { 'host-name': string }
  const timezone = (await ask('guest-get-timezone')) as { zone?: string; offset: number }
  const frozen = await ask('guest-fsfreeze-status').catch(() => 'thawed')
  return {
    guestAgentVersion: version,
    supportedCommands: supported_commands.map(({ name, enabled }) => ({ name, enabled })),
    hostname: hostname['host-name'],
    os: await readOs(ask),
    timezone: [timezone.zone ?? '', timezone.offset].filter((part) => part !== '').join(', '),
    userList: await readUsers(ask),
    fsInfo: { disks: await readFileSystems(ask) },
    fsFreezeStatus: String(frozen),
  }
}
