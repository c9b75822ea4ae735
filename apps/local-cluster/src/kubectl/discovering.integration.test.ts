import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'

const IN = `-n ${NAMESPACE}`

/** What kubectl learns about the cluster, and about what somebody may do in it. */
describe.skipIf(kubectlIsMissing)('kubectl', () => {
  const cluster = new KubectlCluster()
  beforeAll(() => cluster.start())
  afterAll(() => cluster.stop())

  const kubectl = (command: string) => cluster.succeed(command)
  const developer = { as: 'developer' } as const

  describe('explains', () => {
    it.each([
      ['vm.spec', 'runStrategy\t<string>'],
      ['vm.spec.template.spec.domain.devices.disks', 'bootOrder\t<integer>'],
      ['vmi.status', 'phase\t<string>'],
      ['pod.spec.containers', 'image\t<string>'],
      ['dv.spec.source', 'blank'],
      ['pvc.spec.resources', 'requests\t<map[string]Quantity>'],
      ['net-attach-def.spec', 'config\t<string>'],
      ['nm.spec', 'nodeName'],
      ['vm --api-version=kubevirt.io/v1alpha3', 'VERSION:    v1alpha3'],
      ['vm.spec --recursive', '    spec\t<VirtualMachineInstanceSpec>'],
      ['nodes --output=plaintext', 'VERSION:    v1'],
    ])('%s', async (subject, expected) => {
      expect(await kubectl(`explain ${subject}`)).toContain(expected)
    })

    it('what is not there', async () => {
      expect(await cluster.fail('explain vm.spec.bogus')).toContain(
        'error: field "bogus" does not exist',
      )
      expect(await cluster.fail('explain bogus')).toContain(
        'the server doesn\'t have a resource type "bogus"',
      )
    })
  })

  describe('lists', () => {
    it('resources', async () => {
      const all = await kubectl('api-resources')
      expect(all).toMatch(/^virtualmachines +vm,vms +kubevirt\.io\/v1 +true +VirtualMachine$/m)
      expect(all).toMatch(/^nodes +no +v1 +false +Node$/m)
      const names = await kubectl(
        'api-resources --namespaced=false --verbs=list,watch -o name --sort-by=name',
      )
      expect(names.split('\n')).toContain('storageclasses.storage.k8s.io')
      expect(names).not.toContain('pods')
      expect(await kubectl('api-resources --api-group=kubevirt.io -o wide')).toMatch(
        /^virtualmachines .* delete,deletecollection,get,list,patch,create,update,watch +all$/m,
      )
      expect(await kubectl(`get all ${IN}`)).toBe('')
    })

    it('versions', async () => {
      const versions = (await kubectl('api-versions')).split('\n')
      expect(versions).toEqual(
        expect.arrayContaining([
          'v1',
          'kubevirt.io/v1',
          'cdi.kubevirt.io/v1beta1',
          'metrics.k8s.io/v1beta1',
          'policy/v1',
        ]),
      )
    })

    it('itself', async () => {
      expect(await kubectl('cluster-info')).toMatch(
        /Kubernetes control plane.* is running at .*https:\/\/127\.0\.0\.1:\d+/,
      )
      const version = JSON.parse(await kubectl('version -o json')) as object
      expect(version).toMatchObject({ serverVersion: { major: '1', minor: '32' } })
      expect(await kubectl('get --raw /readyz')).toBe('ok')
      expect(await kubectl('get --raw /version')).toContain('gitVersion')
    })
  })

  describe('knows', () => {
    it('who asks', async () => {
      expect(await kubectl('auth whoami')).toMatch(/Username +admin\nGroups +\[system:masters/)
      const robot = 'system:serviceaccount:development:robot'
      expect(
        await kubectl(`auth whoami --as=${robot} -o jsonpath={.status.userInfo.groups}`),
      ).toBe(
        '["system:serviceaccounts","system:serviceaccounts:development","system:authenticated"]',
      )
    })

    it('who may do what', async () => {
      expect(await cluster.succeed(`auth can-i create vm ${IN}`, developer)).toBe('yes\n')
      expect(await cluster.run('auth can-i create vm -n default', developer)).toMatchObject({
        code: 1,
        stdout: 'no\n',
      })
      expect(await cluster.succeed(`auth can-i create pods/exec ${IN}`, developer)).toBe(
        'yes\n',
      )
      const subresource = 'auth can-i update virtualmachines --subresource=start'
      expect(await cluster.run(`${subresource} -n default`, developer)).toMatchObject({
        code: 1,
      })
      expect(await kubectl(`auth can-i get /healthz --as=developer`)).toBe('yes\n')
    })

    it('all that somebody may do', async () => {
      const list = await cluster.succeed(`auth can-i --list ${IN}`, developer)
      expect(list).toMatch(/^Resources +Non-Resource URLs +Resource Names +Verbs$/m)
      expect(list).toMatch(/^pods\/exec +\[\] +\[\] +\[.*create.*\]$/m)
      expect(list).toMatch(/^virtualmachines\.kubevirt\.io +\[\] +\[\] +\[.*create.*\]$/m)
    })

    it('why not', async () => {
      expect(await cluster.fail('get vm -A', developer)).toBe(
        'Error from server (Forbidden): virtualmachines.kubevirt.io is forbidden: User "developer" cannot list resource "virtualmachines" in API group "kubevirt.io" at the cluster scope',
      )
      expect(await cluster.fail('get vm --as=jane --as-group=x')).toContain('User "jane"')
    })
  })

  describe('makes', () => {
    it('access', async () => {
      await kubectl(`create serviceaccount reader ${IN}`)
      await kubectl(`create role reader --verb=get,list --resource=pods ${IN}`)
      await kubectl(
        `create rolebinding reader --role=reader --serviceaccount=${NAMESPACE}:reader ${IN}`,
      )
      const token = (await kubectl(`create token reader ${IN} --duration=20m`)).trim()
      const as = `--token=${token} --kubeconfig=${await tokenless()} ${IN}`
      expect(await kubectl(`auth can-i list pods ${as}`)).toBe('yes\n')
      expect(await cluster.fail(`get secrets ${as}`)).toContain(
        `User "system:serviceaccount:${NAMESPACE}:reader" cannot list resource "secrets"`,
      )
      await kubectl('create clusterrole looker --verb=get --resource=vm,nodes')
      await kubectl('create clusterrolebinding looker --clusterrole=looker --user=jane')
      expect(await kubectl('auth can-i get nodes --as=jane')).toBe('yes\n')
      expect(await kubectl(`describe role reader ${IN}`)).toMatch(/pods .* \[get list\]/)
    })

    it('namespaces, secrets, config maps, quotas and budgets', async () => {
      expect(await kubectl('create namespace fresh')).toBe('namespace/fresh created\n')
      await kubectl('create secret generic password --from-literal=a=b -n fresh')
      expect(await kubectl('get secret password -n fresh -o jsonpath={.data.a}')).toBe('Yg==')
      const ca = path.join(cluster.directory, 'pki/ca')
      await kubectl(`create secret tls pair --cert=${ca}.crt --key=${ca}.key -n fresh`)
      expect(await kubectl('get secret pair -n fresh')).toMatch(/pair +kubernetes\.io\/tls +2 /)
      await kubectl(`create configmap file --from-file=ca=${ca}.crt -n fresh`)
      expect(await kubectl('get cm file -n fresh -o jsonpath={.data.ca}')).toContain('BEGIN')
      await kubectl('create quota few --hard=pods=10 -n fresh')
      expect(await kubectl('get quota few -n fresh -o jsonpath={.spec.hard.pods}')).toBe('10')
      await kubectl('create pdb one --selector=app=x --min-available=1 -n fresh')
      expect(await kubectl('get pdb one -n fresh')).toMatch(/^one +1 +N\/A/m)
      await kubectl('create priorityclass urgent --value=10')
      expect(await kubectl('get priorityclass urgent')).toMatch(/^urgent +10 +false/m)
    })

    it('services and what is behind them', async () => {
      await kubectl(`run web --image=nginx --port=80 --expose --labels=app=web ${IN}`)
      await kubectl(`expose pod web --name=outside --port=81 --type=NodePort ${IN}`)
      await kubectl(`create service nodeport ssh --tcp=22 ${IN}`)
      const services = await kubectl(`get svc ${IN}`)
      expect(services).toMatch(/^web +ClusterIP +10\.96\.\d+\.\d+ +<none> +80\/TCP/m)
      expect(services).toMatch(/^outside +NodePort +\S+ +<none> +81:3\d+\/TCP/m)
      expect(services).toMatch(/^ssh +NodePort +\S+ +<none> +22:3\d+\/TCP/m)
      await kubectl(`wait --for=condition=Ready pod/web ${IN} --timeout=20s`)
      const addresses = '--for=jsonpath={.subsets[0].addresses[0].ip}'
      await kubectl(`wait ${addresses} endpoints/web ${IN} --timeout=20s`)
      expect(await kubectl(`describe svc web ${IN}`)).toMatch(
        /Endpoints: +10\.\d+\.\d+\.\d+:80/,
      )
    })
  })

  /** A kubeconfig with the cluster alone: a token comes on the command line. */
  async function tokenless(): Promise<string> {
    const file = path.join(cluster.directory, 'tokenless')
    const config = JSON.parse(await kubectl('config view --raw --minify -o json')) as {
      users: object[]
    }
    config.users = config.users.map((user) => ({ ...user, user: {} }))
    await writeFile(file, JSON.stringify(config))
    return file
  }
})
