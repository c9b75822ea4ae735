import type { GuestDisk } from '../../guest-spec.ts'
import type { AttachedDisk } from '../driver.ts'
import { blockDevice, deviceId, deviceOf, HOTPLUG_PORTS, nodeName } from './disk-devices.ts'
import type { QmpEvent } from './qmp.ts'

type Execute = (command: string, args?: Record<string, unknown>) => Promise<unknown>

interface BlockInfo {
  qdev?: string
  inserted?: { file: string; drv: string; image: { 'virtual-size': number } }
}

interface PciDevice {
  qdev_id: string
  pci_bridge?: { devices?: PciDevice[] }
}

/** A guest must let go of a disk; one that boots, or has hung, does not. */
const RELEASE_PATIENCE_MS = 10_000
const DEVICE_NAME = /(?:^|\/)disk-([^/]+)/

/** Disks that come and go while a guest runs. */
export class HotPlug {
  readonly #execute: Execute
  readonly #machine: 'q35' | 'pc'
  readonly #released = new Map<string, () => void>()

  constructor(execute: Execute, machine: 'q35' | 'pc') {
    this.#execute = execute
    this.#machine = machine
  }

  /** The disks and drives that the machine has now. */
  async disks(): Promise<AttachedDisk[]> {
    const all = (await this.#execute('query-block')) as BlockInfo[]
    return all.flatMap(({ qdev = '', inserted }) => {
      // `disk-root`, or a path to it: `/machine/peripheral/disk-root/virtio-backend`.
      const name = DEVICE_NAME.exec(qdev)?.[1]
      if (name === undefined) return []
      const bytes = inserted?.image['virtual-size'] ?? 0
      return [{ name, file: inserted?.file, format: inserted?.drv ?? '', bytes }]
    })
  }

  async attach(disk: GuestDisk): Promise<void> {
    if (disk.bus !== 'scsi' && disk.bus !== 'virtio') {
      throw new Error(`${disk.bus} disks cannot be plugged in while the guest runs`)
    }
    const bus = disk.bus === 'virtio' ? await this.#freePort() : {}
    await this.#addNode(disk)
    try {
      await this.#execute('device_add', {
        ...deviceOf(disk, { port: 0, machine: this.#machine }),
        ...bus,
      })
    } catch (error) {
      await this.#execute('blockdev-del', { 'node-name': nodeName(disk) })
      throw error
    }
  }

  /** Resolves when the guest has let go of it. */
  async detach(name: string): Promise<void> {
    const id = deviceId(name)
    let timer: NodeJS.Timeout | undefined
    const released = new Promise<void>((resolve, reject) => {
      this.#released.set(id, resolve)
      timer = setTimeout(
        () => reject(new Error(`the guest does not let go of disk "${name}"`)),
        RELEASE_PATIENCE_MS,
      )
    })
    released.catch(() => undefined)
    try {
      await this.#execute('device_del', { id })
      await released
    } finally {
      clearTimeout(timer)
      this.#released.delete(id)
    }
    await this.#execute('blockdev-del', { 'node-name': nodeName({ name }) })
  }

  /** Puts another medium, or none, into a CD-ROM drive. */
  async changeMedium(name: string, disk: GuestDisk | undefined): Promise<void> {
    const id = deviceId(name)
    await this.#execute('blockdev-open-tray', { id, force: true })
    await this.#execute('blockdev-remove-medium', { id })
    // There may have been nothing in it.
    await this.#execute('blockdev-del', { 'node-name': nodeName({ name }) }).catch(
      () => undefined,
    )
    if (disk?.file !== undefined) {
      await this.#addNode(disk)
      await this.#execute('blockdev-insert-medium', { id, 'node-name': nodeName(disk) })
    }
    await this.#execute('blockdev-close-tray', { id })
  }

  async resize(name: string, bytes: number): Promise<void> {
    await this.#execute('block_resize', { 'node-name': nodeName({ name }), size: bytes })
  }

  handle({ event, data }: QmpEvent): void {
    if (event === 'DEVICE_DELETED') this.#released.get(String(data?.['device']))?.()
  }

  #addNode(disk: GuestDisk): Promise<unknown> {
    return this.#execute('blockdev-add', blockDevice(disk))
  }

  /** A q35's root complex takes no new devices; its ports do, one each. */
  async #freePort(): Promise<{ bus?: string }> {
    if (this.#machine === 'pc') return {}
    const buses = (await this.#execute('query-pci')) as { devices: PciDevice[] }[]
    const devices = buses.flatMap((bus) => bus.devices)
    const free = HOTPLUG_PORTS.find(
      (port) =>
        (devices.find(({ qdev_id }) => qdev_id === port)?.pci_bridge?.devices ?? []).length ===
        0,
    )
    if (free === undefined) {
      throw new Error(
        `no PCI port is free: at most ${HOTPLUG_PORTS.length} virtio disks can be plugged in; use the bus scsi`,
      )
    }
    return { bus: free }
  }
}
