import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'
import { configMap, machine } from './testing/manifests.ts'

/** `kubectl get` and `kubectl describe`, in all their forms. */
describe.skipIf(kubectlIsMissing)('kubectl reads', () => {
  const cluster = new KubectlCluster()
  const kubectl = (command: string | string[]) => cluster.succeed(command)
  /** The VM `alpha` runs, `beta` is stopped. */
  let launcher: string

  beforeAll(async () => {
    await cluster.start()
    const input = [
      machine('alpha', { runStrategy: 'Always' }),
      machine('beta'),
      configMap('web-1', { rank: '2' }),
      configMap('web-2', { rank: '1' }),
      configMap('db-1', { rank: '3' }),
    ].join('---\n')
    await cluster.succeed('create -f -', { input })
    await kubectl(`wait --for=condition=Ready vm/alpha -n ${NAMESPACE} --timeout=30s`)
    const pods = `get pods -n ${NAMESPACE} -l kubevirt.io=virt-launcher`
    launcher = await kubectl(`${pods} -o jsonpath={.items[0].metadata.name}`)
  })
  afterAll(() => cluster.stop())

  const get = (rest: string) => kubectl(`get -n ${NAMESPACE} ${rest}`)

  describe('as a table', () => {
    it('of several kinds, in all namespaces', async () => {
      const table = await kubectl('get vm,vmi,pods -A')
      expect(table).toMatch(/^NAMESPACE +NAME +AGE +STATUS +READY$/m)
      expect(table).toMatch(
        /^development +virtualmachine\.kubevirt\.io\/alpha +\d+s +Running +True$/m,
      )
      expect(table).toMatch(/^development +virtualmachine\.kubevirt\.io\/beta +\d+s +Stopped/m)
      expect(table).toMatch(/virtualmachineinstance\.kubevirt\.io\/alpha +\d+s +Running +10\./)
      expect(table).toMatch(/pod\/virt-launcher-alpha-\w+ +3\/3 +Running +0 +\d+s/)
    })

    it('wide', async () => {
      expect(await get('vmi -o wide')).toMatch(
        /^NAME +AGE +PHASE +IP +NODENAME +READY +LIVE-MIGRATABLE +PAUSED/,
      )
      expect(await get('pods -o wide')).toMatch(/IP +NODE +NOMINATED NODE +READINESS GATES/)
      expect(await get('nodes -o wide')).toMatch(/node01 +Ready +worker .* v1\.32\.0 +127/)
    })

    it('with labels', async () => {
      expect(await get('vm beta --show-labels')).toMatch(/LABELS\n.* app=beta\n/)
      expect(await get('vm beta -L app')).toMatch(/APP\n.* beta\n/)
    })

    it('without a header, and of nothing', async () => {
      expect(await get('cm web-1 --no-headers')).toMatch(/^web-1 +1 +\d+s\n$/)
      const nothing = await cluster.run('get vm -n default')
      expect(nothing).toMatchObject({
        code: 0,
        stdout: '',
        stderr: 'No resources found in default namespace.\n',
      })
    })
  })

  describe('as', () => {
    it('YAML and JSON', async () => {
      expect(await get('vm beta -o yaml')).toMatch(
        /^apiVersion: kubevirt\.io\/v1\nkind: VirtualMachine\nmetadata:\n/,
      )
      const list = JSON.parse(await get('cm -l tier -o json')) as { items: object[] }
      expect(list).toMatchObject({ kind: 'List', apiVersion: 'v1' })
      expect(list.items).toHaveLength(3)
    })

    it('names, JSON paths, columns and templates', async () => {
      expect(await get('vm,cm -l app=beta -o name')).toBe('virtualmachine.kubevirt.io/beta\n')
      expect(await get('vm -o jsonpath={.items[*].spec.runStrategy}')).toBe('Always Halted')
      const columns = 'NAME:.metadata.name,RANK:.data.rank'
      expect(await get(`cm -l tier=web -o custom-columns=${columns}`)).toBe(
        'NAME    RANK\nweb-1   2\nweb-2   1\n',
      )
      expect(await get('cm db-1 -o go-template={{.data.rank}}')).toBe('3')
    })

    it('a table of what a name leads to', async () => {
      expect(await get(`vm/alpha pod/${launcher} -o name`)).toBe(
        `virtualmachine.kubevirt.io/alpha\npod/${launcher}\n`,
      )
      expect(await cluster.fail(`get vm nosuch -n ${NAMESPACE}`)).toBe(
        'Error from server (NotFound): virtualmachines.kubevirt.io "nosuch" not found',
      )
      expect(await cluster.fail('get nosuch')).toBe(
        'error: the server doesn\'t have a resource type "nosuch"',
      )
    })
  })

  describe('chosen', () => {
    it.each([
      ['cm -l tier=web', ['web-1', 'web-2']],
      ['cm -l tier,tier!=web', ['db-1']],
      ['cm -l tier+in+(web,db)', ['db-1', 'web-1', 'web-2']],
      ['cm --field-selector metadata.name=db-1', ['db-1']],
      ['vmi --field-selector metadata.name!=alpha', []],
    ])('by %s', async (selection, expected) => {
      const words = ['get', '-n', NAMESPACE, '-o', 'name', ...selection.split(' ')]
      const names = await kubectl(words.map((word) => word.replaceAll('+', ' ')))
      const found = names.split('\n').filter((name) => name !== '')
      expect(found.map((name) => name.split('/')[1])).toEqual(expected)
    })

    it('by fields of pods and events', async () => {
      const running = 'spec.nodeName=node01,status.phase=Running'
      expect(await get(`pods --field-selector ${running} -o name`)).toBe(`pod/${launcher}\n`)
      const events = `involvedObject.kind=VirtualMachineInstance,type=Normal`
      expect(await get(`events --field-selector ${events}`)).toContain('SuccessfulCreate')
      const refusal = `get vm -n ${NAMESPACE} --field-selector spec.running=true`
      expect(await cluster.fail(refusal)).toContain('field label not supported: spec.running')
    })

    it('in an order', async () => {
      const names = 'cm -l tier -o jsonpath={.items[*].metadata.name}'
      expect(await get(`${names} --sort-by=.data.rank`)).toBe('web-2 web-1 db-1')
      expect(await get('events --sort-by=.lastTimestamp')).toMatch(/^LAST SEEN +TYPE +REASON/)
    })

    it('in small portions', async () => {
      expect(await get('cm -l tier -o name --chunk-size=1')).toBe(
        'configmap/db-1\nconfigmap/web-1\nconfigmap/web-2\n',
      )
      const requests = await cluster.run(`get cm -n ${NAMESPACE} --chunk-size=1 -v=6`)
      expect(requests.stderr.match(/limit=1/g)?.length).toBeGreaterThan(2)
    })
  })

  describe('and watches', () => {
    it('a table, whose header comes once', async () => {
      const follow = (flags: string) =>
        cluster.follow(`get cm -l tier=seen -n ${NAMESPACE} -v=6 ${flags}`)
      const watch = follow('-w')
      const only = follow('--watch-only -o name')
      const events = follow('-w --output-watch-events')
      const all = [watch, only, events]
      await Promise.all(all.map((one) => one.seen(/GET \S+watch=true/)))
      await cluster.succeed('create -f -', { input: configMap('seen-1', { a: '1' }) })
      await watch.seen(/^seen-1 +1 /m)
      await only.seen(/^configmap\/seen-1$/m)
      await events.seen(/^ADDED +seen-1/m)
      await kubectl(['patch', 'cm', 'seen-1', '-n', NAMESPACE, '-p', '{"data":{"b":"2"}}'])
      await watch.seen(/^seen-1 +2 /m)
      await events.seen(/^MODIFIED +seen-1/m)
      await kubectl(`delete cm seen-1 -n ${NAMESPACE}`)
      await events.seen(/^DELETED +seen-1/m)
      expect(watch.output.match(/^NAME/gm)).toHaveLength(1)
      for (const one of all) one.kill()
    })
  })

  describe('descriptions of', () => {
    const describeIt = (what: string) => kubectl(`describe ${what} -n ${NAMESPACE}`)

    it('a VM with its events', async () => {
      const text = await describeIt('vm alpha')
      expect(text).toMatch(/^Name: +alpha\n/)
      expect(text).toMatch(/Kind: +VirtualMachine\n/)
      expect(text).toMatch(/Printable Status: +Running/)
      expect(text).toMatch(/Normal +SuccessfulCreate +\d+s +virtualmachine-controller +Started/)
    })

    it('a VMI and its launcher pod', async () => {
      expect(await describeIt('vmi alpha')).toMatch(/Normal +Started +\d+s +virt-handler/)
      const pod = await describeIt(`pod ${launcher}`)
      expect(pod).toMatch(/Controlled By: +VirtualMachineInstance\/alpha/)
      expect(pod).toMatch(/ {2}compute:\n/)
      expect(pod).toMatch(/State: +Running/)
      expect(pod).toMatch(/Normal +Scheduled .* Successfully assigned/)
    })

    it('a node with what runs on it', async () => {
      const text = await kubectl('describe node node01')
      expect(text).toMatch(/Ready +True .* KubeletReady/)
      expect(text).toMatch(new RegExp(`development +${launcher} +\\d+m`))
      expect(text).toMatch(/Allocated resources:[\s\S]* cpu +\d+m/)
      expect(text).toMatch(/Lease:\n +HolderIdentity: +node01/)
    })

    it('claims, data volumes and storage classes', async () => {
      const input = `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: {name: blank, namespace: ${NAMESPACE}}
spec:
  source: {blank: {}}
  storage: {resources: {requests: {storage: 1Mi}}}
`
      await cluster.succeed('create -f -', { input })
      await kubectl(`wait --for=create pvc/blank -n ${NAMESPACE} --timeout=20s`)
      const bound = '--for=jsonpath={.status.phase}=Bound'
      await kubectl(`wait ${bound} pvc/blank -n ${NAMESPACE} --timeout=30s`)
      expect(await describeIt('pvc blank')).toMatch(
        /StorageClass: +local[\s\S]*Status: +Bound[\s\S]*Access Modes:/,
      )
      expect(await describeIt('dv blank')).toMatch(/Kind: +DataVolume\n/)
      expect(await kubectl('describe sc local')).toMatch(/Provisioner: +virtdeck\.io\/local/)
      expect(await kubectl('describe pv')).toMatch(/Claim: +development\/blank/)
    })

    it('events, namespaces, services and service accounts', async () => {
      expect(await describeIt('events')).toMatch(/Involved Object:/)
      expect(await kubectl(`describe ns ${NAMESPACE}`)).toMatch(/Status: +Active/)
      await kubectl(`create service clusterip web --tcp=80:8080 -n ${NAMESPACE}`)
      expect(await describeIt('svc web')).toMatch(
        /Type: +ClusterIP[\s\S]*TargetPort: +8080\/TCP[\s\S]*Endpoints:/,
      )
      expect(await describeIt('sa default')).toMatch(/^Name: +default/)
      expect(await kubectl(`events --for vm/alpha -n ${NAMESPACE}`)).toContain(
        'SuccessfulCreate',
      )
    })
  })
})
