import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingPrograms, NAMESPACE } from './testing/agent-cluster.ts'
import type { Terminal } from './testing/terminal.ts'
import { WholeCluster } from './testing/whole-cluster.ts'

const IMAGE = 'localhost/virtdeck/tiny-linux:latest'
const missing = missingPrograms()
const PATIENCE = { timeout: 90_000, interval: 200 }
const metadata = (name: string) => ({ namespace: NAMESPACE, name })

const USER_DATA = `#cloud-config
hostname: from-cloud-init
write_files:
  - path: /root/written
    content: |
      two
        lines
runcmd:
  - echo once >> /data/ran
`
const NETWORK_DATA = `version: 2
ethernets:
  eth0:
    addresses:
      - 10.0.2.2/24
      - 192.168.77.5/24
    gateway4: 10.0.2.1
`

describe.skipIf(missing.length > 0)(
  `guests of a whole cluster (missing: ${missing.join(' ') || 'none'})`,
  () => {
    const cluster = new WholeCluster()
    let web: Terminal

    beforeAll(async () => {
      await cluster.start()
      await create(RESOURCES.secrets, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('web-secret'),
        stringData: { userdata: USER_DATA, networkdata: NETWORK_DATA },
      })
      await create(RESOURCES.configMaps, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata('web-settings'),
        data: { 'app.conf': 'colour=blue\n' },
      })
      await create(RESOURCES.virtualMachines, webMachine())
    })
    afterAll(() => cluster.stop())

    const expectStatus = (name: string, expected: object) =>
      expect.poll(cluster.status(name), PATIENCE).toMatchObject(expected)

    const expectCondition = (name: string, condition: object) => {
      const conditions = expect.arrayContaining([expect.objectContaining(condition)]) as unknown
      return expectStatus(name, { conditions })
    }

    function create(
      resource: Parameters<typeof cluster.client.create>[0],
      object: KubernetesObject & Record<string, unknown>,
    ) {
      return cluster.client.create(resource, object)
    }

    test('a guest reads cloud-init from a secret, and its volumes', async () => {
      await expectStatus('web', { phase: 'Running' })
      web = await cluster.agents.openConsole('web')
      await web.login()
      expect(await web.run('hostname')).toContain('from-cloud-init')
      expect(await web.run('cat /root/written')).toContain('two\n  lines')
      expect(await web.run('ip -4 addr show eth0; ip route')).toMatch(
        /10\.0\.2\.2\/24[^]*192\.168\.77\.5\/24[^]*default via 10\.0\.2\.1/,
      )
      const show = (label: string, file: string) =>
        web.run(
          `mount -o ro $(findfs LABEL=${label}) /mnt; cat /mnt/${file}; echo; umount /mnt`,
        )
      expect(await show('settings', 'app.conf')).toContain('colour=blue')
      expect(await show('keys', 'userdata')).toContain('#cloud-config')
      expect(await show('about', 'labels')).toContain('app="web"')
      expect(await show('cfgdata', 'namespace')).toContain(NAMESPACE)
      // The empty disk has its size and its serial number.
      expect(await web.run('cat /sys/block/vd?/serial /sys/block/vd?/size')).toMatch(
        /EMPTY1[^]*65536/,
      )
    })

    test('the guest agent tells of the guest', async () => {
      await expectCondition('web', { type: 'AgentConnected', status: 'True' })
      await expectStatus('web', {
        guestOSInfo: { id: 'tiny', name: 'Tiny Linux' },
        machine: { type: expect.stringMatching(/^pc-q35-/) as string },
        interfaces: [
          {
            name: 'default',
            ipAddress: expect.stringMatching(/^10\.129\./) as string,
            interfaceName: 'eth0',
            infoSource: 'domain, guest-agent',
          },
        ],
      })
      const read = async (subresource: string) =>
        JSON.parse(
          await cluster.call('virtualmachineinstances', 'web', { subresource, method: 'GET' }),
        ) as unknown
      expect(await read('guestosinfo')).toMatchObject({
        hostname: 'from-cloud-init',
        os: { id: 'tiny' },
        fsFreezeStatus: 'thawed',
      })
      expect(await read('userlist')).toMatchObject({ items: [{ userName: 'root' }] })
      expect(await read('filesystemlist')).toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({ mountPoint: '/data', fileSystemType: 'ext4' }),
        ]) as unknown,
      })
    })

    test('the node tells what it has', async () => {
      const { metadata: about, status } = await cluster.client.get<Node>(RESOURCES.nodes, {
        name: 'node01',
      })
      expect(about?.labels).toMatchObject({
        'kubevirt.io/schedulable': 'true',
        'cpu-model.node.kubevirt.io/Nehalem': 'true',
      })
      expect(status?.images).toContainEqual({
        names: [IMAGE],
        sizeBytes: expect.any(Number) as number,
      })
    })

    test('file systems are frozen and thawed', async () => {
      const call = (subresource: string) =>
        cluster.call('virtualmachineinstances', 'web', { subresource, body: {} })
      await call('freeze')
      await expectStatus('web', { fsFreezeStatus: 'frozen' })
      await call('unfreeze')
      await expect
        .poll(async () => (await cluster.agents.instance('web')).status, PATIENCE)
        .not.toHaveProperty('fsFreezeStatus')
      expect(await web.run('echo alive > /data/x; cat /data/x')).toContain('alive')
    })

    test('a disk is plugged in, grows, outlives the agent and is taken out', async () => {
      await create(RESOURCES.dataVolumes, {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataVolume',
        metadata: metadata('extra'),
        spec: {
          source: { blank: {} },
          storage: { resources: { requests: { storage: '64Mi' } } },
        },
      })
      const body = {
        name: 'extra',
        disk: { disk: { bus: 'scsi' }, serial: 'EXTRA' },
        volumeSource: { dataVolume: { name: 'extra' } },
      }
      await cluster.call('virtualmachines', 'web', { subresource: 'addvolume', body })
      const plugged = expect.objectContaining({
        name: 'extra',
        phase: 'Ready',
        persistentVolumeClaimInfo: { claimName: 'extra' },
      }) as unknown
      await expectStatus('web', {
        volumeStatus: expect.arrayContaining([plugged]) as unknown,
      })
      expect(await web.run('cat /sys/block/sda/size')).toContain('131072')

      // A virtio disk needs a port of the machine.
      const virtio = {
        ...body,
        disk: { disk: { bus: 'virtio' } },
        volumeSource: { persistentVolumeClaim: { claimName: 'extra-virtio' } },
        name: 'virtio',
      }
      await create(RESOURCES.persistentVolumeClaims, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: metadata('extra-virtio'),
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '32Mi' } },
        },
      })
      const subresource = 'addvolume'
      await cluster.call('virtualmachineinstances', 'web', { subresource, body: virtio })
      const both = [plugged, expect.objectContaining({ name: 'virtio', phase: 'Ready' })]
      await expectStatus('web', {
        volumeStatus: expect.arrayContaining(both) as unknown,
      })
      await cluster.agents.killAgent('node01')
      await cluster.agents.startAgent('node01', 'qemu')
      web = await cluster.agents.openConsole('web')
      await expectStatus('web', {
        volumeStatus: expect.arrayContaining(both) as unknown,
      })
      await expectCondition('web', { type: 'AgentConnected', status: 'True' })

      await cluster.client.patch(RESOURCES.persistentVolumeClaims, metadata('extra'), {
        spec: { resources: { requests: { storage: '96Mi' } } },
      })
      await expect.poll(() => web.run('cat /sys/block/sda/size'), PATIENCE).toContain('196608')

      for (const [resource, name] of [
        ['virtualmachines', 'extra'],
        ['virtualmachineinstances', 'virtio'],
      ] as const) {
        await cluster.call(resource, 'web', { subresource: 'removevolume', body: { name } })
      }
      await expect
        .poll(async () => {
          const { status } = await cluster.agents.instance('web')
          return status?.volumeStatus?.map(({ name }) => name)
        }, PATIENCE)
        .not.toEqual(expect.arrayContaining(['extra']))
      await expect
        .poll(() => web.run('ls /dev/sd* /dev/vdd'), PATIENCE)
        .not.toMatch(/\/dev\/sda\n/)
    })

    test('a guest is rebooted by its agent', async () => {
      web.clear()
      await cluster.call('virtualmachineinstances', 'web', { subresource: 'softreboot' })
      await web.waitFor(/hypervisor asked for a shutdown[^]*boot number 2[^]*login: $/)
      // What cloud-init runs once per instance ran once.
      await web.login()
      expect((await web.run('cat /data/ran')).match(/once/g)).toHaveLength(1)
    })

    test('a killed QEMU fails the instance and the VM starts another one', async () => {
      const first = await cluster.agents.instance('web')
      process.kill(await pidOf(first.metadata?.uid ?? ''), 'SIGKILL')
      await expect
        .poll(
          async () => {
            const instance = await cluster.agents.instance('web').catch(() => undefined)
            return instance?.metadata?.uid === first.metadata?.uid
          },
          { timeout: 90_000, interval: 200 },
        )
        .toBe(false)
      const { items } = await cluster.client.list<KubernetesObject & Record<string, unknown>>(
        RESOURCES.events,
        { namespace: NAMESPACE },
      )
      expect(items).toContainEqual(
        expect.objectContaining({
          type: 'Warning',
          reason: 'Stopped',
          message: 'The VirtualMachineInstance crashed.',
        }),
      )
    })

    test('all hardware that a VM asks for is there', async () => {
      await cluster.client.delete(RESOURCES.virtualMachines, metadata('web'))
      await cluster.client.patch(
        RESOURCES.kubeVirts,
        { namespace: 'kubevirt', name: 'kubevirt' },
        {
          spec: {
            configuration: { developerConfiguration: { featureGates: ['PanicDevices'] } },
          },
        },
      )
      await create(RESOURCES.virtualMachines, partsMachine())
      await expectStatus('parts', { phase: 'Running' })
      const parts = await cluster.agents.openConsole('parts')
      await parts.login()
      // SATA disks are seen: the kernel with all drivers was booted.
      expect(await parts.run('cat /run/data-device; ls /dev/sr* /dev/sdb')).toMatch(
        /\/dev\/sda2[^]*\/dev\/sdb[^]*\/dev\/sr0[^]*\/dev\/sr1/,
      )
      expect(await parts.run('hostname; cat /root/proof')).toMatch(/parts[^]*config drive/)
      expect(await parts.run('nproc; cat /sys/class/dmi/id/product_serial')).toMatch(
        /2\n[^]*PARTS-1/,
      )
      expect(await parts.run('cat /sys/class/dmi/id/product_uuid')).toContain(
        '5d307ca9-b3ef-428c-8861-06e72d69f223',
      )
      expect(await parts.run('cat /sys/bus/usb/devices/*/product')).toContain('QEMU USB Tablet')
      expect(
        await parts.run('ls /dev/watchdog; cat /sys/class/misc/hw_random/rng_available'),
      ).toMatch(/\/dev\/watchdog\n[^]*virtio_rng/)
      expect(await parts.run('cat /sys/class/net/eth0/address')).toContain('02:00:00:00:00:aa')
      expect(
        await parts.run('basename $(readlink /sys/class/net/eth0/device/driver)'),
      ).toContain('e1000e')

      // A medium is put into the empty drive and taken out again.
      const blocks = 'cat /sys/block/sr0/size /sys/block/sr1/size'
      const before = await parts.run(blocks)
      await create(RESOURCES.persistentVolumeClaims, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: metadata('medium'),
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Mi' } } },
      })
      const volumes = partsMachine().spec.template.spec?.volumes ?? []
      const medium = {
        name: 'empty',
        persistentVolumeClaim: { claimName: 'medium', hotpluggable: true },
      }
      const patch = (content: unknown[]) =>
        cluster.client.patch(RESOURCES.virtualMachines, metadata('parts'), {
          spec: { template: { spec: { volumes: content } } },
        })
      const read =
        'dd if=/dev/sr0 of=/dev/null bs=2048 count=1; dd if=/dev/sr1 of=/dev/null bs=2048 count=1'
      expect(await parts.run(read)).toMatch(/No medium found/)
      await patch([...volumes, medium])
      await expect.poll(() => parts.run(read), PATIENCE).not.toMatch(/No medium found/)
      await patch(volumes)
      await expect.poll(() => parts.run(read), PATIENCE).toMatch(/No medium found/)
      expect(before).toBeDefined()

      // Its kernel panics: the machine has a device that tells.
      parts.type('echo c > /proc/sysrq-trigger\n')
      const { uid } = (await cluster.agents.instance('parts')).metadata ?? {}
      await expect
        .poll(async () => {
          const instance = await cluster.agents.instance('parts').catch(() => undefined)
          return instance?.metadata?.uid === uid ? instance?.status?.phase : 'Failed'
        }, PATIENCE)
        .toBe('Failed')
    })

    /** Of the QEMU process of a guest. */
    async function pidOf(uid: string): Promise<number> {
      const root = join(cluster.agents.directory, 'nodes/node01/guests')
      expect(await readdir(root)).toContain(uid)
      const text = await readFile(join(root, uid, 'process.json'), 'utf8')
      return (JSON.parse(text) as { pid: number }).pid
    }
  },
)

function webMachine(): VirtualMachine & Record<string, unknown> {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: metadata('web'),
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 5,
          domain: {
            memory: { guest: '128Mi' },
            devices: {
              disks: [
                { name: 'root', disk: { bus: 'virtio' } },
                { name: 'cloudinit', disk: { bus: 'virtio' } },
                { name: 'empty', disk: { bus: 'virtio' }, serial: 'EMPTY1' },
                { name: 'settings', cdrom: { bus: 'scsi' } },
                { name: 'keys', cdrom: { bus: 'scsi' } },
                { name: 'about', cdrom: { bus: 'scsi' } },
                { name: 'account', cdrom: { bus: 'scsi' } },
              ],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [
            { name: 'root', containerDisk: { image: IMAGE } },
            {
              name: 'cloudinit',
              cloudInitNoCloud: {
                secretRef: { name: 'web-secret' },
                networkDataSecretRef: { name: 'web-secret' },
              },
            },
            { name: 'empty', emptyDisk: { capacity: '32Mi' } },
            { name: 'settings', configMap: { name: 'web-settings', volumeLabel: 'settings' } },
            { name: 'keys', secret: { secretName: 'web-secret', volumeLabel: 'keys' } },
            {
              name: 'about',
              downwardAPI: {
                volumeLabel: 'about',
                fields: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }],
              },
            },
            { name: 'account', serviceAccount: { serviceAccountName: 'default' } },
          ],
        },
      },
    },
  }
}

function partsMachine(): VirtualMachine & Record<string, unknown> {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: metadata('parts'),
    spec: {
      runStrategy: 'RerunOnFailure',
      template: {
        spec: {
          terminationGracePeriodSeconds: 5,
          domain: {
            cpu: { sockets: 2 },
            memory: { guest: '192Mi' },
            firmware: { uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223', serial: 'PARTS-1' },
            clock: { timezone: 'Asia/Tokyo', timer: { hpet: { present: false } } },
            devices: {
              disks: [
                { name: 'root', disk: { bus: 'sata' }, bootOrder: 1 },
                { name: 'usb', disk: { bus: 'usb' } },
                { name: 'drive', cdrom: { bus: 'sata' } },
                { name: 'empty', cdrom: { bus: 'sata' } },
              ],
              interfaces: [
                {
                  name: 'default',
                  masquerade: {},
                  model: 'e1000e',
                  macAddress: '02:00:00:00:00:aa',
                },
              ],
              inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
              rng: {},
              watchdog: { name: 'dog', i6300esb: { action: 'reset' } },
              sound: { name: 'sound', model: 'ich9' },
              panicDevices: [{ model: 'pvpanic' }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [
            { name: 'root', containerDisk: { image: IMAGE } },
            { name: 'usb', emptyDisk: { capacity: '16Mi' } },
            {
              name: 'drive',
              cloudInitConfigDrive: {
                userDataBase64: Buffer.from(
                  '#cloud-config\nruncmd:\n  - echo config drive > /root/proof\n',
                ).toString('base64'),
              },
            },
          ],
        },
      },
    },
  }
}
