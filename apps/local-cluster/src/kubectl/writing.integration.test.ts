import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'
import { configMap, machine } from './testing/manifests.ts'

const IN = `-n ${NAMESPACE}`

/** Everything with which kubectl creates and changes objects. */
describe.skipIf(kubectlIsMissing)('kubectl writes', () => {
  const cluster = new KubectlCluster()
  beforeAll(() => cluster.start())
  afterAll(() => cluster.stop())

  const kubectl = (command: string | string[], input = '') =>
    cluster.succeed(command, { input })
  const refused = (command: string | string[], input = '') => cluster.fail(command, { input })
  const read = (what: string, field: string) =>
    kubectl(`get ${what} ${IN} -o jsonpath={${field}}`)
  const dataOf = (name: string) => read(`cm ${name}`, '.data')

  describe('create', () => {
    it('makes an object once', async () => {
      expect(await kubectl('create -f -', machine('made'))).toBe(
        'virtualmachine.kubevirt.io/made created\n',
      )
      expect(await refused('create -f -', machine('made'))).toContain(
        'Error from server (AlreadyExists): error when creating "STDIN": virtualmachines.kubevirt.io "made" already exists',
      )
    })

    it('tries without doing', async () => {
      expect(await kubectl('create --dry-run=server -f -', configMap('dry'))).toBe(
        'configmap/dry created (server dry run)\n',
      )
      expect(await refused(`get cm dry ${IN}`)).toContain('NotFound')
    })

    it.each([
      [
        'an unknown field',
        machine('odd', { extra: 'bogus: 1' }),
        'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.bogus"',
      ],
      [
        'an unknown bus',
        machine('odd', { bus: 'floppy9' }),
        'The request is invalid: spec.template.spec.domain.devices.disks[0].disk.bus: spec.template.spec.domain.devices.disks[0] is set with an unrecognized bus floppy9, must be one of: [virtio scsi sata usb]',
      ],
      [
        'a quantity that is none',
        machine('odd', { memory: 'lots' }),
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      ],
      [
        'a bad name',
        machine('Bad_Name'),
        'The VirtualMachine "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of',
      ],
      [
        'a wrong type',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: 5}\n',
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
      ],
      [
        'an unknown kind',
        'apiVersion: v1\nkind: Nonsense\nmetadata: {name: c}\n',
        'no matches for kind "Nonsense" in version "v1"',
      ],
      [
        'a namespace that is not there',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: nowhere}\n',
        'namespaces "nowhere" not found',
      ],
    ])('refuses %s', async (_what, manifest, words) => {
      expect(await refused('create -f -', manifest)).toContain(words)
    })
  })

  describe('apply', () => {
    it('on the client, with what the last one said', async () => {
      const memory = () =>
        read('vm applied', '.spec.template.spec.domain.resources.requests.memory')
      expect(await kubectl('apply -f -', machine('applied'))).toContain('applied created')
      expect(await kubectl('apply -f -', machine('applied'))).toContain('applied unchanged')
      const more = machine('applied', { memory: '256Mi' })
      expect(await kubectl('apply -f -', more)).toContain('applied configured')
      expect(await memory()).toBe('256Mi')
    })

    it('takes away what is no longer there', async () => {
      await kubectl('apply -f -', configMap('shrinking', { a: '1', b: '2' }))
      await kubectl(['patch', 'cm', 'shrinking', '-n', NAMESPACE, '-p', '{"data":{"c":"3"}}'])
      await kubectl('apply -f -', configMap('shrinking', { a: '1' }))
      expect(await dataOf('shrinking')).toBe('{"a":"1","c":"3"}')
      expect(await kubectl(`apply view-last-applied cm shrinking ${IN} -o json`)).toContain(
        '"a": "1"',
      )
    })

    it('on the server, where managers must agree', async () => {
      const apply = 'apply --server-side --field-manager'
      expect(await kubectl(`${apply}=one -f -`, configMap('shared', { a: '1' }))).toBe(
        'configmap/shared serverside-applied\n',
      )
      const conflict = await refused(`${apply}=two -f -`, configMap('shared', { a: '2' }))
      expect(conflict).toContain(
        'error: Apply failed with 1 conflict: conflict with "one": .data.a\n',
      )
      expect(conflict).toContain(
        're-run the apply\n  command with the `--force-conflicts` flag',
      )
      const force = `${apply}=two --force-conflicts -f -`
      expect(await kubectl(force, configMap('shared', { a: '2' }))).toContain('applied')
      expect(await dataOf('shared')).toBe('{"a":"2"}')
      const managers = 'get cm shared --show-managed-fields -o'
      const path =
        'jsonpath={range.metadata.managedFields[*]}{.manager}={.fieldsV1.f:data};{end}'
      expect(await kubectl(`${managers} ${path} ${IN}`)).toContain('two={"f:a":{}}')
    })

    it('hands over from the client to the server', async () => {
      await kubectl('apply -f -', configMap('moving', { a: '1' }))
      await kubectl('apply --server-side -f -', configMap('moving', { a: '1' }))
      await kubectl('apply --server-side -f -', configMap('moving', { a: '2' }))
      const managers = `get cm moving --show-managed-fields ${IN} -o`
      expect(await kubectl(`${managers} jsonpath={.metadata.managedFields[*].manager}`)).toBe(
        'kubectl kubectl-last-applied',
      )
    })

    it('prunes what has gone from the manifests', async () => {
      const both = configMap('prune-1') + '---\n' + configMap('prune-2')
      const flags = `-l tier=prune --prune --prune-allowlist=core/v1/ConfigMap ${IN} -f -`
      await kubectl(`apply ${flags}`, both)
      expect(await kubectl(`apply ${flags}`, configMap('prune-1'))).toContain(
        'configmap/prune-2 pruned',
      )
    })

    it('shows before what it will change', async () => {
      await kubectl('apply -f -', configMap('different', { a: '1' }))
      const same = await cluster.run('diff -f -', { input: configMap('different', { a: '1' }) })
      expect(same).toMatchObject({ code: 0, stdout: '' })
      const other = await cluster.run('diff -f -', {
        input: configMap('different', { a: '2' }),
      })
      expect(other.code).toBe(1)
      expect(other.stdout).toMatch(/^-.*a: "1"$/m)
      expect(other.stdout).toMatch(/^\+.*a: "2"$/m)
      expect(await dataOf('different')).toBe('{"a":"1"}')
      const server = await cluster.run('diff --server-side --force-conflicts -f -', {
        input: machine('new'),
      })
      expect(server.stdout).toMatch(/^\+kind: VirtualMachine$/m)
    })
  })

  describe('edit', () => {
    /** An editor that runs a sed script. */
    async function editorOf(name: string, script: string): Promise<Record<string, string>> {
      const file = path.join(cluster.directory, `${name}.sh`)
      await writeFile(file, `#!/bin/sh\nsed -i '${script}' "$1"\n`)
      await chmod(file, 0o755)
      return { KUBE_EDITOR: file }
    }

    it('changes an object, or nothing', async () => {
      await kubectl('create -f -', machine('edited'))
      const environment = await editorOf('memory', 's/memory: 128Mi/memory: 192Mi/')
      expect(await cluster.succeed(`edit vm edited ${IN}`, { environment })).toBe(
        'virtualmachine.kubevirt.io/edited edited\n',
      )
      const memory = '.spec.template.spec.domain.resources.requests.memory'
      expect(await read('vm edited', memory)).toBe('192Mi')
      expect(await cluster.run(`edit vm edited ${IN}`, { environment })).toMatchObject({
        code: 0,
        stderr: 'Edit cancelled, no changes made.\n',
      })
    })

    it('keeps what was typed when it is refused', async () => {
      await kubectl('create -f -', machine('edited-badly'))
      const environment = await editorOf('strategy', 's/runStrategy: .*/runStrategy: Perhaps/')
      const { code, stderr } = await cluster.run(`edit vm edited-badly ${IN}`, { environment })
      expect(code).toBe(1)
      expect(stderr).toMatch(/A copy of your changes has been stored to "\/tmp\/kubectl-edit-/)
      expect(await read('vm edited-badly', '.spec.runStrategy')).toBe('Halted')
    })
  })

  describe('replace', () => {
    it('an object as a whole, unless it is another by now', async () => {
      await kubectl('create -f -', configMap('replaced', { a: '1', b: '2' }))
      expect(await kubectl('replace -f -', configMap('replaced', { a: '3' }))).toBe(
        'configmap/replaced replaced\n',
      )
      expect(await dataOf('replaced')).toBe('{"a":"3"}')
      const stale = configMap('replaced', { a: '4' }, '  resourceVersion: "1"\n')
      expect(await refused('replace -f -', stale)).toContain(
        'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "replaced": the object has been modified',
      )
      expect(await refused('replace -f -', configMap('absent'))).toContain('NotFound')
    })

    it('by force: deleted and created again', async () => {
      await kubectl('create -f -', configMap('forced', { a: '1' }))
      const uid = await read('cm forced', '.metadata.uid')
      expect(await kubectl('replace --force -f -', configMap('forced', { a: '2' }))).toBe(
        'configmap "forced" deleted\nconfigmap/forced replaced\n',
      )
      expect(await read('cm forced', '.metadata.uid')).not.toBe(uid)
    })
  })

  describe('patch', () => {
    const patch = (type: string, body: object, what = 'cm patched') => [
      ...`patch ${what} -n ${NAMESPACE} --type=${type} -p`.split(' '),
      JSON.stringify(body),
    ]
    beforeAll(async () => {
      await kubectl('create -f -', configMap('patched', { a: '1' }))
      await kubectl('create -f -', machine('patched'))
    })

    it('strategic, merge and JSON', async () => {
      await kubectl(patch('strategic', { data: { b: '2' } }))
      await kubectl(patch('merge', { data: { a: null } }))
      await kubectl(patch('json', [{ op: 'replace', path: '/data/b', value: '3' }]))
      expect(await dataOf('patched')).toBe('{"b":"3"}')
      expect(await kubectl(patch('merge', { data: { b: '3' } }))).toBe(
        'configmap/patched patched (no change)\n',
      )
    })

    it('in the types that a custom resource takes', async () => {
      const labels = { metadata: { labels: { tier: 'gold' } } }
      await kubectl(patch('merge', labels, 'vm patched'))
      expect(await read('vm patched', '.metadata.labels.tier')).toBe('gold')
      expect(await refused(patch('strategic', labels, 'vm patched'))).toContain(
        'application/strategic-merge-patch+json is not supported by kubevirt.io/v1, Kind=VirtualMachine',
      )
    })

    it('says what does not fit', async () => {
      const test = [{ op: 'test', path: '/data/b', value: 'other' }]
      expect(await refused(patch('json', test))).toContain('The request is invalid')
      const bus = [
        {
          op: 'replace',
          path: '/spec/template/spec/domain/devices/disks/0/disk/bus',
          value: 'floppy9',
        },
      ]
      expect(await refused(patch('json', bus, 'vm patched'))).toContain(
        'unrecognized bus floppy9',
      )
    })
  })

  describe('label and annotate', () => {
    beforeAll(async () => {
      await kubectl('create -f -', configMap('marked-1') + '---\n' + configMap('marked-2'))
    })

    it('one object', async () => {
      expect(await kubectl(`label cm marked-1 colour=red ${IN}`)).toBe(
        'configmap/marked-1 labeled\n',
      )
      expect(await refused(`label cm marked-1 colour=blue ${IN}`)).toBe(
        "error: 'colour' already has a value (red), and --overwrite is false",
      )
      await kubectl(`label cm marked-1 colour=blue --overwrite ${IN}`)
      expect(await kubectl(`label cm marked-1 --list ${IN}`)).toContain('colour=blue')
      expect(await kubectl(`label cm marked-1 colour- ${IN}`)).toBe(
        'configmap/marked-1 unlabeled\n',
      )
      expect(await refused(`label cm marked-1 colour=not+valid ${IN}`)).toContain(
        'a valid label must be an empty string or consist of alphanumeric characters',
      )
    })

    it('many objects', async () => {
      expect(await kubectl(`annotate cm -l tier=marked note=hi ${IN}`)).toBe(
        'configmap/marked-1 annotated\nconfigmap/marked-2 annotated\n',
      )
      await kubectl(`label ns ${NAMESPACE} team=a`)
      expect(await kubectl('get ns -l team=a -o name')).toBe(`namespace/${NAMESPACE}\n`)
    })
  })
})
