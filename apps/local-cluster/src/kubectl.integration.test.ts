import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCluster, startLocalCluster } from './local-cluster.ts'
import { RESOURCES } from './resources/index.ts'
import { seedCluster } from './seed/index.ts'
import { SUBRESOURCES } from './subresources/index.ts'

/** Runs the real kubectl against a fresh API server, without controllers. */
const version = spawnSync('kubectl', ['version', '--client', '-o', 'json'], {
  encoding: 'utf8',
})
const missing = version.status !== 0
if (missing) process.stderr.write('kubectl is not installed: its tests are skipped\n')

const NAMESPACE = 'development'
let directory: string
let cluster: LocalCluster

interface Result {
  code: number
  stdout: string
  stderr: string
}
interface RunOptions {
  input?: string
  as?: 'admin' | 'developer'
  environment?: Record<string, string>
}

function environmentOf({ as = 'admin', environment = {} }: RunOptions) {
  const kubeconfig = as === 'admin' ? 'kubeconfig' : 'kubeconfig-developer'
  return {
    PATH: process.env.PATH,
    // A cache of its own: discovery of another cluster must not answer here.
    HOME: directory,
    KUBECONFIG: path.join(directory, kubeconfig),
    ...environment,
  }
}

function kubectl(command: string, options: RunOptions = {}): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(
      'kubectl',
      command.split(' '),
      { env: environmentOf(options), timeout: 30_000 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
      },
    )
    child.stdin?.end(options.input ?? '')
  })
}

async function succeed(command: string, options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await kubectl(command, options)
  expect({ command, code, stderr }).toMatchObject({ code: 0 })
  return stdout
}

async function fail(command: string, options: RunOptions = {}): Promise<string> {
  const { code, stderr } = await kubectl(command, options)
  expect({ command, code }).not.toMatchObject({ code: 0 })
  return stderr.trim()
}

function manifest(
  name: string,
  changes: { bus?: string; memory?: string; extra?: string } = {},
) {
  const { bus = 'virtio', memory = '128Mi', extra = '' } = changes
  return `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ${name}
  namespace: ${NAMESPACE}
  labels: {app: ${name}}
spec:
  ${extra}
  runStrategy: Halted
  template:
    spec:
      domain:
        devices:
          disks: [{name: rootdisk, disk: {bus: ${bus}}}]
          interfaces: [{name: default, masquerade: {}}]
        resources: {requests: {memory: ${memory}}}
      networks: [{name: default, pod: {}}]
      volumes: [{name: rootdisk, containerDisk: {image: quay.io/kubevirt/cirros}}]
`
}

describe.skipIf(missing)('kubectl', () => {
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'kubectl-'))
    cluster = await startLocalCluster({
      dataDirectory: directory,
      port: 0,
      nodeNames: ['node01'],
      resources: RESOURCES,
      subresources: SUBRESOURCES,
      seed: seedCluster,
    })
  })

  afterAll(async () => {
    await cluster?.close()
    await rm(directory, { recursive: true })
  })

  it('gets VMs, VMIs and pods of all namespaces', async () => {
    expect((await kubectl('get vm,vmi,pods -A')).stderr).toBe('No resources found\n')
    await succeed('create -f -', { input: manifest('listed') })
    const table = await succeed('get vm -A -o wide')
    expect(table).toMatch(/^NAMESPACE +NAME +AGE +STATUS +READY/)
    expect(table).toMatch(/development +listed +\d+s/)
    expect(await succeed(`get vm -n ${NAMESPACE} -l app=listed -o name`)).toBe(
      'virtualmachine.kubevirt.io/listed\n',
    )
    expect(await succeed(`get vm listed -n ${NAMESPACE} -o jsonpath={.spec.runStrategy}`)).toBe(
      'Halted',
    )
  })

  it('creates, and says what is wrong', async () => {
    expect(await succeed('create -f -', { input: manifest('made') })).toBe(
      'virtualmachine.kubevirt.io/made created\n',
    )
    expect(await fail('create -f -', { input: manifest('made') })).toContain(
      'virtualmachines.kubevirt.io "made" already exists',
    )
    expect(
      await fail('create -f -', { input: manifest('odd', { extra: 'bogus: 1' }) }),
    ).toContain(
      'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.bogus"',
    )
    expect(await fail('create -f -', { input: manifest('odd', { bus: 'floppy9' }) })).toBe(
      'The request is invalid: spec.template.spec.domain.devices.disks[0].disk.bus: spec.template.spec.domain.devices.disks[0] is set with an unrecognized bus floppy9, must be one of: [virtio scsi sata usb]',
    )
    expect(await fail('create -f -', { input: manifest('odd', { memory: 'lots' }) })).toContain(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
    expect(await fail('create -f -', { input: manifest('Bad_Name') })).toContain(
      'The VirtualMachine "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of',
    )
    const wrongType = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: 5}\n'
    expect(await fail('create -f -', { input: wrongType })).toContain(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    )
  })

  it('applies, client-side and server-side', async () => {
    const input = manifest('applied')
    expect(await succeed('apply -f -', { input })).toContain('applied created')
    expect(await succeed('apply -f -', { input })).toContain('applied unchanged')
    const more = manifest('applied', { memory: '256Mi' })
    expect(await succeed('apply -f -', { input: more })).toContain('applied configured')
    const memory = '{.spec.template.spec.domain.resources.requests.memory}'
    expect(await succeed(`get vm applied -n ${NAMESPACE} -o jsonpath=${memory}`)).toBe('256Mi')
    const force = 'apply --server-side --force-conflicts -f -'
    expect(await succeed(force, { input })).toContain('applied serverside-applied')
    expect(await succeed(`get vm applied -n ${NAMESPACE} -o jsonpath=${memory}`)).toBe('128Mi')
  })

  it('edits', async () => {
    await succeed('create -f -', { input: manifest('edited') })
    const editor = path.join(directory, 'editor.sh')
    await writeFile(editor, '#!/bin/sh\nsed -i "s/memory: 128Mi/memory: 192Mi/" "$1"\n')
    await chmod(editor, 0o755)
    const environment = { KUBE_EDITOR: editor }
    expect(await succeed(`edit vm edited -n ${NAMESPACE}`, { environment })).toContain(
      'virtualmachine.kubevirt.io/edited edited',
    )
    expect(await succeed(`get vm edited -n ${NAMESPACE} -o yaml`)).toContain('memory: 192Mi')
  })

  it('describes, with events', async () => {
    await succeed('create -f -', { input: manifest('described') })
    const uid = await succeed(`get vm described -n ${NAMESPACE} -o jsonpath={.metadata.uid}`)
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'described.1', namespace: NAMESPACE },
      involvedObject: {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        name: 'described',
        namespace: NAMESPACE,
        uid,
      },
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: 'Started the virtual machine',
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      source: { component: 'virtualmachine-controller' },
    }
    await succeed('create -f -', { input: JSON.stringify(event) })
    const description = await succeed(`describe vm described -n ${NAMESPACE}`)
    expect(description).toMatch(/^Name: +described\n/)
    expect(description).toMatch(/Kind: +VirtualMachine\n/)
    expect(description).toMatch(
      /Normal +SuccessfulCreate +\d+s +virtualmachine-controller +Started/,
    )
  })

  it('deletes, and waits for it', async () => {
    await succeed('create -f -', { input: manifest('deleted') })
    expect(await succeed(`delete vm deleted -n ${NAMESPACE}`)).toContain('"deleted" deleted')
    expect(await fail(`get vm deleted -n ${NAMESPACE}`)).toBe(
      'Error from server (NotFound): virtualmachines.kubevirt.io "deleted" not found',
    )
  })

  it('watches a table', async () => {
    const watch: ChildProcess = spawn('kubectl', ['get', 'vm', '-w', '-n', NAMESPACE], {
      env: environmentOf({}),
    })
    try {
      if (!watch.stdout) throw new Error('kubectl has no output')
      const lines = createInterface({ input: watch.stdout })
      const rows: string[] = []
      const seen = (pattern: RegExp) =>
        new Promise<void>((resolve) => {
          const check = (line: string) => {
            if (pattern.test(line)) resolve()
          }
          rows.forEach(check)
          lines.on('line', check)
        })
      lines.on('line', (line) => rows.push(line))
      await seen(/^NAME +AGE/)
      await succeed('create -f -', { input: manifest('watched') })
      await seen(/^watched +\d+s/)
      expect(rows.filter((row) => row.startsWith('NAME'))).toHaveLength(1)
    } finally {
      watch.kill()
    }
  })

  it.each([
    ['vm.spec', 'runStrategy\t<string>'],
    ['vm.spec.template.spec.domain.devices.disks', 'bootOrder\t<integer>'],
    ['vmi.status', 'phase\t<string>'],
    ['pod.spec.containers', 'image\t<string>'],
    ['dv.spec.source', 'blank'],
    ['net-attach-def.spec', 'config\t<string>'],
    ['vm --api-version=kubevirt.io/v1alpha3', 'VERSION:    v1alpha3'],
  ])('explains %s', async (subject, expected) => {
    expect(await succeed(`explain ${subject}`)).toContain(expected)
  })

  it('knows who may do what', async () => {
    const developer = { as: 'developer' } as const
    expect(await succeed(`auth can-i create vm -n ${NAMESPACE}`, developer)).toBe('yes\n')
    expect((await kubectl('auth can-i create vm -n default', developer)).stdout).toBe('no\n')
    expect(await fail('get vm -A', developer)).toBe(
      'Error from server (Forbidden): virtualmachines.kubevirt.io is forbidden: User "developer" cannot list resource "virtualmachines" in API group "kubevirt.io" at the cluster scope',
    )
  })

  it('creates namespaces, services, secrets and tokens', async () => {
    await succeed('create namespace more')
    await succeed('create service nodeport ssh --tcp=22 -n more')
    expect(await succeed('get svc -n more')).toMatch(
      /ssh +NodePort +10\.96\.\d+\.\d+ +<none> +22:3\d+\/TCP/,
    )
    await succeed('create secret generic s --from-literal=a=b -n more')
    expect(await succeed('get secret s -n more -o jsonpath={.data.a}')).toBe('Yg==')
    expect(await succeed(`create token default -n ${NAMESPACE}`)).toMatch(/^ey/)
  })
})
