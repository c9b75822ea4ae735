import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'
import { configMap, machine } from './testing/manifests.ts'

const IN = `-n ${NAMESPACE}`

/** `kubectl delete` and `kubectl wait`: what takes time, and what holds an object. */
describe.skipIf(kubectlIsMissing)('kubectl', () => {
  const cluster = new KubectlCluster()
  beforeAll(() => cluster.start())
  afterAll(() => cluster.stop())

  const kubectl = (command: string | string[], input = '') =>
    cluster.succeed(command, { input })
  const read = (what: string, field: string) =>
    kubectl(`get ${what} ${IN} -o jsonpath={${field}}`)
  const exists = async (what: string) =>
    (await kubectl(`get ${what} ${IN} --ignore-not-found -o name`)) !== ''
  const running = async (name: string) => {
    await kubectl('create -f -', machine(name, { runStrategy: 'Always' }))
    await kubectl(`wait --for=condition=Ready vm/${name} ${IN} --timeout=30s`)
  }

  describe('deletes', () => {
    it('one, by file and by label', async () => {
      await kubectl('create -f -', configMap('gone-1') + '---\n' + configMap('gone-2'))
      expect(await kubectl(`delete cm gone-1 ${IN}`)).toBe('configmap "gone-1" deleted\n')
      expect(await cluster.fail(`delete cm gone-1 ${IN}`)).toBe(
        'Error from server (NotFound): configmaps "gone-1" not found',
      )
      expect(await kubectl(`delete cm gone-1 --ignore-not-found ${IN}`)).toBe('')
      expect(await kubectl(`delete cm -l tier=gone ${IN}`)).toBe('configmap "gone-2" deleted\n')
      await kubectl('create -f -', configMap('gone-3'))
      expect(await kubectl('delete -f -', configMap('gone-3'))).toContain('"gone-3" deleted')
    })

    it('all, but not in a dry run', async () => {
      await kubectl('create namespace emptied')
      await kubectl('create cm one -n emptied')
      await kubectl('create cm two -n emptied')
      const dry = await kubectl('delete cm --all -n emptied --dry-run=server')
      expect(dry).toContain('configmap "two" deleted (server dry run)')
      await kubectl('delete cm --all -n emptied')
      expect(await kubectl('get cm one two -n emptied --ignore-not-found -o name')).toBe('')
    })

    it('when finalizers let it', async () => {
      await kubectl('create -f -', configMap('held', {}, '  finalizers: [example.com/hold]\n'))
      expect(await kubectl(`delete cm held --wait=false ${IN}`)).toBe(
        'configmap "held" deleted\n',
      )
      expect(await read('cm held', '.metadata.deletionTimestamp')).toMatch(/^20/)
      expect(await cluster.fail(`delete cm held --timeout=1s ${IN}`)).toContain(
        'timed out waiting for the condition on configmaps/held',
      )
      const waiting = cluster.follow(`delete cm held -v=6 ${IN}`)
      await waiting.seen(/GET \S+watch=true/)
      const release = '{"metadata":{"finalizers":null}}'
      await kubectl(['patch', 'cm', 'held', '-n', NAMESPACE, '--type=merge', '-p', release])
      expect(await waiting.ended).toBe(0)
      expect(await exists('cm held')).toBe(false)
    })

    it('a VM with what it owns', async () => {
      await running('background')
      expect(await kubectl(`delete vm background ${IN}`)).toContain('"background" deleted')
      await kubectl(`wait --for=delete vmi/background ${IN} --timeout=30s`)
      expect(await exists('pods -l vm.kubevirt.io/name=background')).toBe(false)
    })

    it('what it owns first, in the foreground', async () => {
      await running('foreground')
      await kubectl(`delete vm foreground --cascade=foreground ${IN} --timeout=30s`)
      expect(await exists('vmi foreground')).toBe(false)
    })

    it('an owner alone', async () => {
      await kubectl('create -f -', configMap('owner'))
      const uid = await read('cm owner', '.metadata.uid')
      const reference = `  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: ${uid}}]\n`
      await kubectl('create -f -', configMap('owned', {}, reference))
      await kubectl(`delete cm owner --cascade=orphan ${IN}`)
      await kubectl(`wait --for=delete cm/owner ${IN} --timeout=20s`)
      expect(await read('cm owned', '.metadata.ownerReferences')).toBe('')
    })

    it('a pod in its time, or at once', async () => {
      await kubectl(`run patient --image=busybox ${IN}`)
      await kubectl(`wait --for=condition=Ready pod/patient ${IN} --timeout=20s`)
      expect(await kubectl(`delete pod patient --grace-period=1 ${IN}`)).toContain('deleted')
      await kubectl(`run hasty --image=busybox ${IN}`)
      const forced = await cluster.run(`delete pod hasty --grace-period=0 --force ${IN}`)
      expect(forced.stdout).toBe('pod "hasty" force deleted\n')
      expect(forced.stderr).toContain('Immediate deletion does not wait for confirmation')
      expect(await exists('pod hasty')).toBe(false)
    })

    it('a namespace with all that is in it', async () => {
      await kubectl('create namespace filled')
      await kubectl('create cm content -n filled')
      expect(await kubectl('delete namespace filled --timeout=30s')).toContain('deleted')
      expect(await cluster.fail('get cm content -n filled')).toContain('NotFound')
    })
  })

  describe('waits', () => {
    it('for a condition, a field and a deletion', async () => {
      await running('awaited')
      const printable = '--for=jsonpath={.status.printableStatus}=Running'
      expect(await kubectl(`wait ${printable} vm/awaited ${IN}`)).toBe(
        'virtualmachine.kubevirt.io/awaited condition met\n',
      )
      await kubectl(`wait --for=condition=Ready node --all --timeout=10s`)
      const deleted = cluster.follow(`wait --for=delete vm/awaited ${IN} --timeout=30s`)
      await kubectl(`delete vm awaited ${IN} --wait=false`)
      expect(await deleted.ended).toBe(0)
    })

    it('for something that is not there yet', async () => {
      const created = cluster.follow(`wait --for=create cm/late ${IN} --timeout=20s`)
      await kubectl('create -f -', configMap('late', { a: '1' }))
      expect(await created.ended).toBe(0)
      expect(created.output).toBe('configmap/late condition met\n')
    })

    it('no longer than told', async () => {
      await kubectl('create -f -', machine('never'))
      expect(await cluster.fail(`wait --for=condition=Ready vm/never ${IN} --timeout=1s`)).toBe(
        'error: timed out waiting for the condition on virtualmachines/never',
      )
    })
  })
})
