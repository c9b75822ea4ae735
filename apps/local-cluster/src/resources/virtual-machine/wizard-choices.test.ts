import type { KubernetesObject } from '@virtdeck/kubernetes'
import {
  defaultValues,
  deviceDefaults,
  isVirtualMachine,
  newDisk,
  newNic,
  processTemplate,
  problemsOf,
  toManifests,
  toTemplate,
  virtualMachineCreateValues,
  withDevices,
  withSource,
  withTemplate,
  type ChosenTemplate,
  type GeneralValues,
  type ProvisionSource,
  type Template,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../../conformance/test-cluster.ts'

/*
 * Whatever somebody chooses in the console's wizard, admission takes what comes of it: every
 * source with every template of an operating system, and with every option.
 */

const NAMESPACE = 'development'
const SAMPLE = 'localhost/virtdeck/tiny-linux:latest'

const SOURCES: readonly ProvisionSource[] = ['container', 'url', 'clonedDisk', 'pxe']

const TEMPLATES = [
  undefined,
  'fedora-server-small',
  'ubuntu-desktop-large',
  'windows10-desktop-medium',
  'windows11-desktop-large',
  'windows2k22-server-large',
] as const

type Change = (values: VirtualMachineCreateValues) => VirtualMachineCreateValues

const general =
  (changes: Partial<GeneralValues>): Change =>
  (values) => ({ ...values, general: { ...values.general, ...changes } })

/** Another system, with the size and the devices that go with it. */
const system =
  (operatingSystem: string): Change =>
  (values) => {
    const changed = general({ operatingSystem })(values)
    return { ...changed, ...withDevices(changed) }
  }

const OPTIONS: Record<string, Change> = {
  'nothing else': (values) => values,
  'a custom size with overcommit': general({
    flavor: 'custom',
    cpus: '2',
    memory: '8',
    memoryUnit: 'Gi',
    memoryRequest: '4',
    overcommitGuestOverhead: true,
  }),
  'an instance type and a preference': (values) => {
    const changed = general({
      sizing: 'instancetype',
      instancetype: 'VirtualMachineClusterInstancetype/u1.small',
      preference: 'VirtualMachineClusterPreference/fedora',
    })(values)
    return { ...changed, ...withDevices(changed) }
  },
  'the profile for heavy loads': general({ workloadProfile: 'highPerformance' }),
  'the profile for screens': general({ workloadProfile: 'desktop' }),
  'Windows 11': system('windows11'),
  'Windows with an answer file': (values) =>
    system('windows2k22')(
      general({ windows: { drivers: true, unattend: '<unattend></unattend>' } })(values),
    ),
  'cloud-init and the guest agent': (values) =>
    general({
      cloudInit: {
        ...values.general.cloudInit,
        enabled: true,
        mode: 'fields',
        hostname: 'www',
        installGuestAgent: true,
      },
    })(values),
  'more disks': (values) => {
    const { disks } = values.storage
    const blank = newDisk(disks, { source: 'blank', bus: 'scsi' })
    const empty = newDisk([...disks, blank], { source: 'empty', bus: 'sata' })
    const claim = newDisk([...disks, blank, empty], { source: 'claim', bus: 'virtio' })
    const added = [blank, empty, { ...claim, claim: 'data' }]
    const bootDisk = values.storage.bootDisk || blank.name
    return { ...values, storage: { disks: [...disks, ...added], bootDisk } }
  },
  'ports and an address': (values) => ({
    ...values,
    networking: {
      ...values.networking,
      nics: values.networking.nics.map((nic) =>
        nic.binding === 'masquerade'
          ? {
              ...nic,
              macAddress: '02:00:00:aa:00:01',
              ports: [{ port: '22', protocol: 'TCP' }],
            }
          : nic,
      ),
    },
  }),
}

let cluster: TestCluster
const templates = new Map<string, ChosenTemplate>()

beforeAll(async () => {
  cluster = await startTestCluster()
  for (const name of TEMPLATES) if (name !== undefined) templates.set(name, await read(name))
})
afterAll(() => cluster.close())

/** As the wizard reads it: the name is filled in last. */
async function read(name: string): Promise<ChosenTemplate> {
  const path = `/apis/template.openshift.io/v1/namespaces/openshift/templates/${name}`
  const template = (await cluster.send('GET', path)).json as Template
  const parameters = template.parameters
    ?.filter((parameter) => parameter.name !== 'NAME')
    .map((parameter) => ({ ...parameter, required: false }))
  const objects = processTemplate(
    { ...template, parameters: parameters ?? [] },
    { random: () => 0 },
  )
  const base = objects.find(isVirtualMachine)
  if (!base) throw new Error(`${name} makes no VM`)
  return { template, base }
}

/** The wizard with a template and a source chosen, in this order. */
function chosen(template: ChosenTemplate | undefined, source: ProvisionSource) {
  const empty = defaultValues(NAMESPACE)
  empty.general.name = 'web'
  const values = template ? withTemplate(empty, { ...template }) : empty
  const { bus, model } = deviceDefaults(values.general)
  const { nics } = values.networking
  const boot = { ...newNic(nics, model), network: 'provisioning' }
  return {
    ...general({
      source,
      image: SAMPLE,
      url: 'https://example.com/os.qcow2',
      urlSecret: 'secret',
      urlCertificates: 'certificates',
      clone: { namespace: NAMESPACE, claim: 'golden', bytes: null, usedBy: '' },
    })(values),
    storage: withSource(values.storage, source, bus),
    networking:
      source === 'pxe' ? { nics: [...nics, boot], bootNic: boot.name } : values.networking,
  }
}

const PATHS: Record<string, string> = {
  Template: `/apis/template.openshift.io/v1/namespaces/${NAMESPACE}/templates`,
  ConfigMap: `/api/v1/namespaces/${NAMESPACE}/configmaps`,
  VirtualMachine: `/apis/kubevirt.io/v1/namespaces/${NAMESPACE}/virtualmachines`,
}

/** What the API server says to an object without keeping it. */
async function refusal(object: KubernetesObject): Promise<unknown> {
  const path = `${PATHS[object.kind ?? '']}?dryRun=All&fieldValidation=Strict`
  const { status, json } = await cluster.send('POST', path, { body: object })
  return status === 201 ? undefined : json
}

describe.each(SOURCES)('source %s', (source) => {
  test.each(TEMPLATES)('F-10 template %s with every option is accepted', async (name) => {
    const template = name === undefined ? undefined : templates.get(name)
    const refused: unknown[] = []
    for (const [option, change] of Object.entries(OPTIONS)) {
      const values = change(chosen(template, source))
      const problems = problemsOf(virtualMachineCreateValues, values)
      if (problems.length > 0) refused.push({ option, problems })
      for (const object of toManifests(values, { base: template?.base })) {
        const answer = await refusal(object)
        if (answer !== undefined) refused.push({ option, kind: object.kind, answer })
      }
    }
    expect(refused).toEqual([])
  })

  test.each(TEMPLATES)('F-60 a template begun with %s, and its VMs', async (name) => {
    const template = name === undefined ? undefined : templates.get(name)
    const refused: unknown[] = []
    for (const [option, change] of Object.entries(OPTIONS)) {
      const values = change(chosen(template, source))
      const made = toTemplate(values, { base: template?.base })
      const objects = processTemplate(made, { random: () => 0 })
      for (const object of [made, ...objects]) {
        const answer = await refusal(object)
        if (answer !== undefined) refused.push({ option, kind: object.kind, answer })
      }
    }
    expect(refused).toEqual([])
  })
})
