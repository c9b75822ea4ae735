import { RESOURCES } from '@virtdeck/kubernetes'
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

    beforeAll(async () => {
      await cluster.start('qemu', ['node01', 'node02'])
      await cluster.client.create(RESOURCES.networkAttachmentDefinitions, {
        apiVersion: 'k8s.cni.cncf.io/v1',
        kind: 'NetworkAttachmentDefinition',
        metadata: { namespace: NAMESPACE, name: 'lab' },
        spec: { config: JSON.stringify({ type: 'cnv-bridge', bridge: 'br1' }) },
      })
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

    test('the network heals after an agent was killed', async () => {
      second.close()
      await cluster.killAgent('node02')
      expect(await first.run('ping -c 1 -W 1 192.168.77.2')).toContain('100% packet loss')
      await cluster.startAgent('node02', 'qemu')
      const healed = 'until ping -c 1 -W 1 192.168.77.2; do sleep 1; done'
      expect(await first.run(healed)).toContain(' 0% packet loss')
    })
  },
)
