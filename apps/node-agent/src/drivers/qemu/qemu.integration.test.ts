import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { noCloudFiles } from '../../disks/cloud-init.ts'
import { ImageStore } from '../../disks/image-store.ts'
import { writeIso } from '../../disks/iso.ts'
import { createOverlay } from '../../disks/qemu-img.ts'
import { SerialBroker } from '../../displays/serial-broker.ts'
import { buildSampleGuest, SAMPLE_IMAGE } from '../../guest-image/build.ts'
import type { GuestSpec } from '../../guest-spec.ts'
import { hardwareOf } from '../../hardware-spec.ts'
import type { GuestEnd, GuestPlace } from '../driver.ts'
import { QemuDriver } from './driver.ts'
import { probeAccelerator, type Accelerator } from './probe.ts'
import { findQemu, killQemu } from './process.ts'

const missing = ['qemu-system-x86_64', 'qemu-img', 'syslinux', 'mcopy'].filter((program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return false
  } catch {
    return true
  }
})

describe.skipIf(missing.length > 0)(
  `QEMU guests (missing: ${missing.join(' ') || 'none'})`,
  () => {
    let directory: string
    let accelerator: Accelerator

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'virtdeck-qemu-'))
      await buildSampleGuest({ dataDirectory: directory, report: () => undefined })
      const probed = await probeAccelerator(directory)
      if (probed === undefined) throw new Error('QEMU does not work here')
      accelerator = probed
    })
    afterAll(() => rm(directory, { recursive: true, force: true }))

    async function prepareGuest(uid: string) {
      const place: GuestPlace = { uid, directory: join(directory, 'guests', uid) }
      await mkdir(place.directory, { recursive: true })
      onTestFinished(async () => {
        const left = await findQemu(place)
        if (left) await killQemu(left, place)
      })
      const image = await new ImageStore(join(directory, 'images')).find(SAMPLE_IMAGE)
      const base = { file: image?.disk ?? '', format: image?.format ?? 'raw' }
      const disk = await createOverlay(join(place.directory, 'root.qcow2'), base)
      const cloudInit = join(place.directory, 'cloud-init.iso')
      const userData = '#cloud-config\nruncmd:\n  - echo applied > /root/proof\n'
      const instance = { name: 'web', namespace: 'default', hostname: 'web' }
      const content = noCloudFiles({ userData }, instance)
      await writeIso({ file: cloudInit, label: 'cidata', content })
      const spec: GuestSpec = {
        name: 'web',
        namespace: 'default',
        hostname: 'web',
        uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
        cpu: { sockets: 1, cores: 1, threads: 1 },
        memoryBytes: 128 * 1024 * 1024,
        firmware: 'bios',
        hardware: hardwareOf({ devices: {} }),
        graphics: true,
        serialConsole: true,
        disks: [
          { ...disk, name: 'root', bus: 'virtio', cdrom: false, readOnly: false },
          {
            name: 'cloudinit',
            file: cloudInit,
            format: 'raw',
            bus: 'scsi',
            cdrom: true,
            readOnly: true,
          },
        ],
        interfaces: [
          {
            name: 'default',
            macAddress: '02:00:00:aa:bb:01',
            model: 'virtio',
            network: { kind: 'user', address: '10.0.2.2' },
          },
        ],
      }
      return { place, spec }
    }

    test('boots, talks on its consoles, survives its agent, reboots and shuts down', async () => {
      const { place, spec } = await prepareGuest('0f9a4c1e-2f7e-4d6b-9a57-6d3f9b8f0001')
      const ends: GuestEnd[] = []
      const events = { onEnd: (end: GuestEnd) => ends.push(end), onChange: () => undefined }
      const driver = new QemuDriver(accelerator)
      const first = await driver.start(place, spec, events)
      let broker = new SerialBroker()
      broker.connect(await first.openSerial())
      let console = new Screen(broker.openViewer())
      await console.waitFor(/boot number 1[^]*web login: $/)
      console.type('root\n')
      await console.waitFor(/root@web:\/root# /)
      console.type('cat /root/proof; ip -4 addr show eth0; echo $((6 * 7))-done\n')
      await console.waitFor(/applied[^]*10\.0\.2\.2\/24[^]*42-done/)

      // A second viewer sees what was said before.
      const late = new Screen(broker.openViewer())
      await late.waitFor(/42-done/)

      // VNC: the protocol's version and a picture that changes.
      const vnc = await first.openVnc()
      const [greeting] = (await once(vnc)) as [Buffer]
      expect(greeting.toString('latin1')).toMatch(/^RFB 003\.008\n/)
      vnc.destroy()
      const picture = await first.screenshot()
      expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')

      // A service in the guest, reached through a port forward.
      console.type('while true; do echo hi-from-guest | nc -l -p 8080; done &\n')
      await vi.waitFor(
        async () => {
          const port = new Screen(await first.openPort({ nic: 0, port: 8080, protocol: 'tcp' }))
          await port.waitFor(/hi-from-guest/, 1_000)
          port.close()
        },
        { timeout: 15_000 },
      )

      // The agent goes away and another one finds the guest.
      first.detach()
      broker.close()
      const second = await new QemuDriver(accelerator).attach(place, events)
      if (second === undefined) throw new Error('the guest was not found again')
      broker = new SerialBroker()
      broker.connect(await second.openSerial())
      console = new Screen(broker.openViewer())
      console.type('echo still-$((40 + 2))\n')
      await console.waitFor(/still-42/)

      await second.pause()
      await vi.waitFor(() => expect(second.paused).toBe(true))
      await second.resume()
      await vi.waitFor(() => expect(second.paused).toBe(false))

      console.clear()
      await second.softReboot()
      await console.waitFor(/boot number 2[^]*web login: $/)
      console.clear()
      await second.reset()
      await console.waitFor(/boot number 3[^]*web login: $/)
      const stats = await second.stats()
      expect(stats.cpuSeconds).toBeGreaterThan(0)
      expect(stats.memoryBytes).toBeGreaterThan(50 * 1024 * 1024)
      expect(stats.memorySizeBytes).toBe(spec.memoryBytes)
      const root = stats.disks.find(({ name }) => name === 'root')
      expect(root?.readBytes).toBeGreaterThan(1024 * 1024)

      expect(ends).toEqual([])
      await second.powerDown()
      await vi.waitFor(() => expect(ends).toEqual([{ kind: 'shutdown' }]), { timeout: 10_000 })
      expect(await driver.attach(place, events)).toBeUndefined()
    })

    test('a killed QEMU is a crash; a refused start says why', async () => {
      const { place, spec } = await prepareGuest('0f9a4c1e-2f7e-4d6b-9a57-6d3f9b8f0002')
      const driver = new QemuDriver(accelerator)
      const ends: GuestEnd[] = []
      const events = { onEnd: (end: GuestEnd) => ends.push(end), onChange: () => undefined }
      const missingDisk = { ...spec.disks[0]!, file: '/nowhere/disk.img' }
      await expect(
        driver.start(place, { ...spec, disks: [missingDisk] }, events),
      ).rejects.toThrow(/QEMU refused to start: .*\/nowhere\/disk\.img.*No such file/)
      await driver.start(place, spec, events)
      const found = await findQemu(place)
      process.kill(found?.pid ?? 0, 'SIGKILL')
      await vi.waitFor(() => expect(ends).toMatchObject([{ kind: 'crash' }]))
    })
  },
)

function once(stream: Duplex): Promise<unknown[]> {
  return new Promise((resolve) => stream.once('data', (...args: unknown[]) => resolve(args)))
}

/** What a person at a terminal does: reads what is there and types. */
class Screen {
  readonly #stream: Duplex
  #text = ''
  #changed: () => void = () => undefined

  constructor(stream: Duplex) {
    this.#stream = stream
    stream.on('error', () => undefined)
    stream.on('data', (chunk: Buffer) => {
      // eslint-disable-next-line no-control-regex
      this.#text += chunk.toString('utf8').replaceAll(/\x1b\[[0-9;]*[A-Za-z]|\r/g, '')
      this.#changed()
    })
  }

  type(text: string): void {
    this.#stream.write(text)
  }

  clear(): void {
    this.#text = ''
  }

  close(): void {
    this.#stream.destroy()
  }

  waitFor(pattern: RegExp, timeoutMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ${pattern} in:\n${this.#text}`)),
        timeoutMs,
      )
      this.#changed = () => {
        if (!pattern.test(this.#text)) return
        clearTimeout(timer)
        resolve()
      }
      this.#changed()
    })
  }
}
