import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { ImageStore } from '../../disks/image-store.ts'
import { createOverlay } from '../../disks/qemu-img.ts'
import { buildSampleGuest, SAMPLE_IMAGE } from '../../guest-image/build.ts'
import { missingPrograms } from '../../testing/agent-cluster.ts'
import { testDriverContract } from '../testing/driver-contract.ts'
import { QemuDriver } from './driver.ts'
import { probeAccelerator } from './probe.ts'
import { findQemu } from './process.ts'

const missing = missingPrograms()

describe.skipIf(missing.length > 0)(
  `a QEMU guest (missing: ${missing.join(' ') || 'none'})`,
  () => {
    let directory = ''
    afterAll(() => rm(directory, { recursive: true, force: true }))

    testDriverContract(async () => {
      directory = await mkdtemp(join(tmpdir(), 'virtdeck-contract-'))
      await buildSampleGuest({ dataDirectory: directory, report: () => undefined })
      const accelerator = await probeAccelerator(directory)
      if (accelerator === undefined) throw new Error('QEMU does not work here')
      return {
        driver: new QemuDriver(accelerator),
        prepare: async () => {
          const uid = randomUUID()
          const place = { uid, directory: join(directory, 'guests', uid) }
          await mkdir(place.directory, { recursive: true })
          const image = await new ImageStore(join(directory, 'images')).find(SAMPLE_IMAGE)
          const base = { file: image?.disk ?? '', format: image?.format ?? 'raw' }
          const disk = await createOverlay(join(place.directory, 'root.qcow2'), base)
          const shape = { bus: 'virtio', cdrom: false, readOnly: false } as const
          return { place, disks: [{ ...disk, name: 'root', ...shape }] }
        },
        crash: async (place) => {
          const found = await findQemu(place)
          process.kill(found?.pid ?? 0, 'SIGKILL')
        },
      }
    })
  },
)
