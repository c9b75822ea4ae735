import { once } from 'node:events'
import { connect } from 'node:net'
import type { IoK8sApiCoreV1Service as Service } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AgentCluster, missingPrograms, NAMESPACE } from '../testing/agent-cluster.ts'
import type { Terminal } from '../testing/terminal.ts'

const missing = missingPrograms()
const POD_NETWORK = { name: 'default', masquerade: {}, network: { pod: {} } }
const LAB = { name: 'lab', bridge: {}, network: { multus: { networkName: 'lab' } } }

describe.skipIf(missing.length > 0)(
  `networks of QEMU guests (missing: ${missing.join(' ') || 'none'})`,
  () => {
    const cluster = new AgentCluster()
    let first: Terminal
    let second: Terminal

    const createBridge = (
      name: string,
      bridge: string,
      annotations: Record<string, string> = {},
    ) =>
      cluster.client.create(RESOURCES.networkAttachmentDefinitions, {
        apiVersion: 'k8s.cni.cncf.io/v1',
        kind: 'NetworkAttachmentDefinition',
        metadata: { namespace: NAMESPACE, name, annotations },
        spec: { config: JSON.stringify({ type: 'cnv-bridge', bridge }) },
      })

    beforeAll(async () => {
      await cluster.start('qemu', ['node01', 'node02'])
      const bootFile = { 'virtdeck.io/netboot': 'tiny-linux.ipxe' }
      await createBridge('lab', 'br1')
      await createBridge('boot', 'br2', bootFile)
      const launch = async (name: string, nodeName: string) => {
        await cluster.launch({ name, nodeName, interfaces: [POD_NETWORK, LAB] })
        const terminal = await cluster.openConsole(name)
        await terminal.login()
        return terminal
      }
      ;[first, second] = await Promise.all([
        launch('first', 'node01'),
        launch('second', 'node02'),
      ])
    })
    afterAll(() => cluster.stop())

    test('guests on a bridge reach each other, whichever nodes they are on', async () => {
      await first.run('ip addr add 192.168.77.1/24 dev eth1')
      await second.run('ip addr add 192.168.77.2/24 dev eth1')
      expect(await first.run('ping -c 3 192.168.77.2')).toContain(' 0% packet loss')
      expect(await second.run('ping -c 3 192.168.77.1')).toContain(' 0% packet loss')
    })

    test('what went over the bridge is counted', async () => {
      const metrics = await cluster.askAgent('node02', '/metrics')
      const of = `node="node02",namespace="${NAMESPACE}",name="second"`
      const valueOf = (name: string, labels: string) => {
        const line = metrics
          .split('\n')
          .find((one) => one.startsWith(`${name}{${of}${labels}} `))
        return Number(line?.split(' ').at(-1))
      }
      const received = 'kubevirt_vmi_network_receive_packets_total'
      expect(valueOf(received, ',interface="lab"')).toBeGreaterThanOrEqual(6)
      expect(valueOf('kubevirt_vmi_cpu_usage_seconds_total', '')).toBeGreaterThan(0)
      const read = 'kubevirt_vmi_storage_read_traffic_bytes_total'
      expect(valueOf(read, ',drive="root"')).toBeGreaterThan(0)
    })

    test('SSH and datagrams reach the guest through forwarded ports', async () => {
      const ssh = await cluster.open('first', 'portforward/22/tcp')
      const [greeting] = (await once(ssh, 'data')) as [Buffer]
      expect(greeting.toString()).toMatch(/^SSH-2\.0-/)
      ssh.destroy()
      // The guest has no server for datagrams, and counts those to closed ports.
      const datagrams = await cluster.open('first', 'portforward/9000/udp')
      const count = `awk '/^Udp: [0-9]/ { print "refused:" $3 }' /proc/net/snmp`
      await expect
        .poll(() => datagrams.write('ping') && first.run(count), { timeout: 10_000 })
        .toMatch(/refused:[1-9]/)
      datagrams.destroy()
    })

    test('the network heals after an agent was killed', async () => {
      second.close()
      await cluster.killAgent('node02')
      expect(await first.run('ping -c 1 -W 1 192.168.77.2')).toContain('100% packet loss')
      await cluster.startAgent('node02', 'qemu')
      second = await cluster.openConsole('second')
      const healed = 'until ping -c 1 -W 1 192.168.77.2; do sleep 1; done'
      expect(await first.run(healed)).toContain(' 0% packet loss')
    })

    test('a NodePort leads to the guests of all nodes', async () => {
      const addresses = []
      for (const [name, terminal] of Object.entries({ first, second })) {
        await terminal.run(`while :; do echo from-${name} | nc -l -p 8080; done >/dev/null &`)
        const { status } = await cluster.instance(name)
        addresses.push({ ip: status?.interfaces?.[0]?.ipAddress })
      }
      const metadata = { namespace: NAMESPACE, name: 'web' }
      const service = await cluster.client.create<Service>(RESOURCES.services, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { type: 'NodePort', ports: [{ port: 80 }] },
      })
      await cluster.client.create<KubernetesObject & { subsets: unknown }>(
        RESOURCES.endpoints,
        {
          apiVersion: 'v1',
          kind: 'Endpoints',
          metadata,
          subsets: [{ addresses, ports: [{ port: 8080 }] }],
        },
      )
      const port = service.spec?.ports?.[0]?.nodePort ?? 0
      // Connections that come before the guest listens are answered by nobody.
      const answers = new Set([''])
      await expect
        .poll(async () => answers.add(await readAll(port)), { timeout: 30_000 })
        .toEqual(new Set(['', 'from-first\n', 'from-second\n']))
    })

    test('a guest without a disk boots from the network', async () => {
      const network = { multus: { networkName: 'boot' } }
      const interfaces = [{ name: 'boot', bridge: {}, bootOrder: 1, network }]
      await cluster.launch({ name: 'diskless', nodeName: 'node02', interfaces, disk: false })
      const terminal = await cluster.openConsole('diskless')
      await terminal.login()
      expect(await terminal.run('ip -4 addr show eth0')).toMatch(/inet 172\.30\.3\.10\/16/)
    })
  },
)

/** What a port says until it hangs up. */
async function readAll(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  socket.setTimeout(1_000, () => socket.destroy())
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}
