import type { InterfaceInfo } from '@virtdeck/kubevirt'
import { expect, it } from 'vitest'
import { missingForRdp } from './missing-for-rdp.ts'
import { rdpFile, virtViewerFile } from './viewer-files.ts'

const POD: InterfaceInfo = {
  name: 'default',
  model: undefined,
  network: undefined,
  binding: 'masquerade',
  macAddress: undefined,
  ipAddresses: ['10.244.0.7'],
}
const LAN: InterfaceInfo = {
  ...POD,
  name: 'lan',
  network: 'default/lan',
  binding: 'bridge',
  ipAddresses: ['192.0.2.7'],
}

interface Guest {
  os?: string
  hasAgent?: boolean
  phase?: string
}

const missing = (
  { os = '', hasAgent = false, phase = 'Running' }: Guest,
  nics: InterfaceInfo[],
) =>
  missingForRdp(
    {
      virtualMachine: {
        metadata: { annotations: { 'vm.kubevirt.io/os': os } },
        spec: {},
      } as never,
      instance: {
        status: {
          phase,
          conditions: [{ type: 'AgentConnected', status: hasAgent ? 'True' : 'False' }],
        },
      } as never,
    },
    { interfaces: nics, chosen: nics.at(-1) },
  )

it.each([
  [{ phase: 'Scheduled' }, [POD], ['notRunning']],
  [{}, [POD], ['notWindows', 'noAgent', 'noLayerTwo']],
  [{ os: 'windows11' }, [POD, LAN], ['noAgent']],
  [{ os: 'windows2k22', hasAgent: true }, [POD, LAN], []],
  [{ os: 'windows11', hasAgent: true }, [LAN, POD], ['otherInterface']],
  [{ os: 'windows10', hasAgent: true }, [{ ...LAN, ipAddresses: [] }], ['noAddress']],
])('%o lacks what it lacks', (guest, nics, expected) => {
  expect(missing(guest, nics)).toEqual(expected)
})

it('files for clients', () => {
  expect(rdpFile('192.0.2.7')).toContain('full address:s:192.0.2.7:3389\r\n')
  expect(rdpFile('fd00::7')).toContain('full address:s:[fd00::7]:3389\r\n')
  expect(virtViewerFile('default/web')).toContain('title=default/web\n')
})
