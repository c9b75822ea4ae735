import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'
import { machine } from './testing/manifests.ts'

const IN = `-n ${NAMESPACE}`
const EVICTION =
  'admission webhook "virt-launcher-eviction-interceptor.kubevirt.io" denied the request:'

/** What kubectl does to nodes, and measures on them. */
describe.skipIf(kubectlIsMissing)('kubectl', () => {
  const cluster = new KubectlCluster()
  beforeAll(() => cluster.start())
  afterEach(() => cluster.run('uncordon node01'))
  afterAll(() => cluster.stop())

  const kubectl = (command: string | string[], input = '') =>
    cluster.succeed(command, { input })
  const read = (what: string, field: string) =>
    kubectl(`get ${what} ${IN} -o jsonpath={${field}}`)
  const running = async (name: string, evictionStrategy: string) => {
    const options = { runStrategy: 'Always', evictionStrategy } as const
    await kubectl('create -f -', machine(name, options))
    await kubectl(`wait --for=condition=Ready vm/${name} ${IN} --timeout=30s`)
  }
  const launcherOf = (name: string) =>
    read(`pods -l vm.kubevirt.io/name=${name}`, '.items[*].metadata.name')

  it('cordons and uncordons', async () => {
    expect(await kubectl('cordon node01')).toBe('node/node01 cordoned\n')
    expect(await kubectl('get node node01')).toMatch(/Ready,SchedulingDisabled/)
    const taint = 'node.kubernetes.io/unschedulable'
    await kubectl(`wait --for=jsonpath={.spec.taints[0].key}=${taint} node/node01`)
    expect(await kubectl('describe node node01')).toMatch(
      /Taints: +node\.kubernetes\.io\/unschedulable:NoSchedule\nUnschedulable: +true/,
    )
    await kubectl(`run homeless --image=busybox ${IN}`)
    const why = '--for=jsonpath={.status.conditions[0].reason}=Unschedulable'
    await kubectl(`wait ${why} pod/homeless ${IN} --timeout=20s`)
    expect(await kubectl('uncordon node01')).toBe('node/node01 uncordoned\n')
    await kubectl(`wait --for=condition=Ready pod/homeless ${IN} --timeout=20s`)
    await kubectl(`delete pod homeless ${IN} --now`)
  })

  it('taints and untaints', async () => {
    expect(await kubectl('taint node node01 use=vm:PreferNoSchedule')).toBe(
      'node/node01 tainted\n',
    )
    expect(await read('node node01', '.spec.taints[0].effect')).toBe('PreferNoSchedule')
    expect(await cluster.fail('taint node node01 use=vm:PreferNoSchedule')).toContain(
      'already has use taint(s) with same effect(s) and --overwrite is false',
    )
    await kubectl('taint node node01 use-')
    expect(await read('node node01', '.spec.taints')).toBe('')
  })

  describe('drains', () => {
    const drain = 'drain node01 --ignore-daemonsets --delete-emptydir-data --force'

    it('a node of what nothing holds', async () => {
      await running('movable', 'None')
      await kubectl(`run plain --image=busybox ${IN}`)
      await kubectl(`wait --for=condition=Ready pod/plain ${IN} --timeout=20s`)
      const launcher = await launcherOf('movable')
      const output = await kubectl(`${drain} --grace-period=1 --timeout=25s`)
      expect(output).toContain('node/node01 cordoned')
      expect(output).toContain('pod/plain evicted')
      expect(output).toContain(`pod/${launcher} evicted`)
      expect(output).toContain('node/node01 drained')
      await kubectl(`delete vm movable ${IN}`)
    })

    /** What a drain says that goes on trying. */
    async function refusedWith(words: string): Promise<void> {
      const draining = cluster.follow(drain)
      await draining.seen(/will retry after 5s/)
      draining.kill()
      expect(draining.output).toContain(words)
    }

    it('but not of a VM that can neither move nor be stopped', async () => {
      await running('stuck', 'LiveMigrate')
      await refusedWith(
        `${EVICTION} VMI stuck is configured with an eviction strategy but is not live-migratable`,
      )
      expect(await read('vmi stuck', '.status.phase')).toBe('Running')
      await kubectl(`delete vm stuck ${IN}`)
    })

    it('a VM elsewhere by an evacuation', async () => {
      await running('external', 'External')
      const evacuation = `Eviction triggered evacuation of VMI "${NAMESPACE}/external"`
      await refusedWith(`${EVICTION} ${evacuation}`)
      expect(await read('vmi external', '.status.evacuationNodeName')).toBe('node01')
      await refusedWith(`${EVICTION} Evacuation in progress: ${evacuation}`)
      await kubectl(`delete vm external ${IN}`)
    })

    it('no pod that a budget protects', async () => {
      await kubectl(`run guarded --image=busybox --labels=app=guarded ${IN}`)
      await kubectl(`wait --for=condition=Ready pod/guarded ${IN} --timeout=20s`)
      await kubectl(`create pdb guard --selector=app=guarded --min-available=1 ${IN}`)
      await refusedWith("Cannot evict pod as it would violate the pod's disruption budget.")
      await kubectl(`delete pdb guard ${IN}`)
      expect(await kubectl(`${drain} --grace-period=1 --timeout=20s`)).toContain(
        'pod/guarded evicted',
      )
    })
  })

  it('shows what nodes and pods use', async () => {
    await running('measured', 'None')
    const launcher = await launcherOf('measured')
    expect(await kubectl('top nodes')).toMatch(
      /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) +\nnode01 +\d+m +\d+% +\d+Mi +\d+%/,
    )
    expect(await kubectl(`top pods ${IN}`)).toMatch(
      new RegExp(`^${launcher} +\\d+m +\\d+Mi`, 'm'),
    )
    const containers = await kubectl(`top pod ${launcher} --containers ${IN}`)
    expect(containers).toMatch(/ compute +\d+m +\d+Mi/)
    expect(await kubectl(`top pods -l app=measured -A --sum`)).toContain(launcher)
    expect(await cluster.succeed(`top pods ${IN}`, { as: 'developer' })).toContain(launcher)
    expect(await kubectl('get nodes.metrics.k8s.io node01 -o yaml')).toMatch(
      /kind: NodeMetrics[\s\S]*usage:\n {2}cpu: .*\n {2}memory: \d+Ki/,
    )
    expect(await cluster.fail('top node nosuch')).toBe(
      'Error from server (NotFound): nodes.metrics.k8s.io "nosuch" not found',
    )
  })
})
