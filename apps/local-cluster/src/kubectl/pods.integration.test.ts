import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KubectlCluster, kubectlIsMissing, NAMESPACE } from './testing/kubectl-cluster.ts'
import { machine } from './testing/manifests.ts'

const IN = `-n ${NAMESPACE}`

/** The streams of pods: logs, commands, terminals, files. */
describe.skipIf(kubectlIsMissing)('kubectl', () => {
  const cluster = new KubectlCluster()
  let launcher: string

  beforeAll(async () => {
    await cluster.start()
    await kubectl('create -f -', machine('guest', { runStrategy: 'Always' }))
    await kubectl(`run plain --image=busybox ${IN}`)
    const nowhere = '{"spec":{"nodeSelector":{"kubernetes.io/hostname":"nowhere"}}}'
    await kubectl(`run pending --image=busybox ${IN} --overrides=${nowhere}`)
    await kubectl(`wait --for=condition=Ready vm/guest pod/plain ${IN} --timeout=30s`)
    const pods = `get pods ${IN} -l vm.kubevirt.io/name=guest`
    launcher = await kubectl(`${pods} -o jsonpath={.items[0].metadata.name}`)
  })
  afterAll(() => cluster.stop())

  const kubectl = (command: string | string[], input = '') =>
    cluster.succeed(command, { input })
  /** Runs a line of shell in a pod. */
  const exec = (flags: string, line: string, input = '') =>
    cluster.run([...`exec ${IN} ${launcher} ${flags}--`.split(' '), 'sh', '-c', line], {
      input,
    })

  describe('logs', () => {
    const logs = (flags: string) => kubectl(`logs ${launcher} ${IN} ${flags}`)

    it('of the default container, and of another', async () => {
      expect(await logs('')).toMatch(/Guest started by the simulated driver/)
      expect(await logs('-c guest-console-log')).toContain('SIMULATED guest')
      expect(await logs('-c guest-console-log --tail=1')).toBe('guest login: ')
    })

    it('of all containers', async () => {
      const all = await logs('--all-containers --prefix')
      // Not at the start of a line: kubectl takes the containers in any order, and the console's log ends within a line.
      expect(all).toMatch(new RegExp(`\\[pod/${launcher}/compute\\] .*Guest started`))
      expect(all).toMatch(
        new RegExp(`\\[pod/${launcher}/guest-console-log\\] .*SIMULATED guest`),
      )
      expect(await kubectl(`logs -l vm.kubevirt.io/name=guest ${IN} -c compute`)).toContain(
        'Guest started',
      )
    })

    it('with times, and since a time', async () => {
      const stamped = await logs('-c guest-console-log --timestamps')
      const lines = stamped.split('\n').filter((line) => line !== '')
      expect(lines.length).toBeGreaterThan(2)
      for (const line of lines) expect(line).toMatch(/^20\d\d-\d\d-\d\dT[\d:.]+Z( |$)/)
      expect(await logs('-c guest-console-log --since=1h')).toContain('SIMULATED guest')
      expect(await logs('-c guest-console-log --since-time=2100-01-01T00:00:00Z')).toBe('')
      expect(await logs('-c guest-console-log --limit-bytes=5')).toHaveLength(5)
    })

    it('as they grow, until the container ends', async () => {
      await kubectl('create -f -', machine('followed', { runStrategy: 'Always' }))
      await kubectl(`wait --for=condition=Ready vm/followed ${IN} --timeout=30s`)
      const log = cluster.follow(`logs -f -l vm.kubevirt.io/name=followed -c compute ${IN}`)
      await log.seen(/Guest started/)
      await kubectl(`delete vm followed ${IN}`)
      expect(await log.ended).toBe(0)
      expect(log.output).toMatch(/Guest (stopped|crashed)/)
    })

    it('of an instance before, of which there is none', async () => {
      expect(await cluster.fail(`logs --previous ${launcher} -c compute ${IN}`)).toBe(
        `Error from server (BadRequest): previous terminated container "compute" in pod "${launcher}" not found`,
      )
    })

    it('of a pod that is no VM say so', async () => {
      expect(await kubectl(`logs plain ${IN}`)).toBe(
        `Virtdeck's local cluster runs virtual machines only: there is no process behind the container "plain" of the image "busybox". Commands of "kubectl exec" run on the host of the node.\n`,
      )
      expect(await kubectl(`events --for pod/plain ${IN}`)).toMatch(/Warning +UnsupportedPod/)
    })

    it.each([
      [
        'nosuch',
        'error: error from server (NotFound): pods "nosuch" not found in namespace "development"',
      ],
      ['plain -c nosuch', 'error: container nosuch is not valid for pod plain'],
    ])('of %s are refused', async (what, words) => {
      expect(await cluster.fail(`logs ${what} ${IN}`)).toBe(words)
    })
  })

  describe('exec', () => {
    it('keeps output, errors and the exit code apart', async () => {
      const { code, stdout, stderr } = await exec('', 'echo out; echo err >&2; exit 3')
      expect({ code, stdout, stderr }).toEqual({
        code: 3,
        stdout: 'out\n',
        stderr: 'err\ncommand terminated with exit code 3\n',
      })
    })

    it('hands over what it reads, to its end', async () => {
      const input = 'line\n'.repeat(50_000)
      const { code, stdout } = await exec('-i ', 'wc -c; echo done', input)
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${input.length}\ndone\n` })
      const without = await exec('', 'wc -c', input)
      expect(without.stdout).toBe('0\n')
    })

    it('runs in the directory and environment of the pod', async () => {
      const { stdout } = await exec(
        '',
        'echo $HOSTNAME; [ "$PWD" = "$HOME" ] && ls; echo $SECRET',
      )
      expect(stdout).toMatch(new RegExp(`^${launcher}\n[\\s\\S]*serial\\.log`))
      const other = await cluster.succeed(`exec ${IN} plain -- pwd`)
      expect(other).toContain('/nodes/node01/pods/')
    })

    it('gives a terminal, which follows the size of the one in front', async () => {
      const size = { cols: 100, rows: 30 }
      const terminal = cluster.terminal(`exec -it ${IN} ${launcher} -- sh`, size)
      await terminal.seen(/[#$] $/)
      terminal.type('stty size; tty\r')
      await terminal.seen(/^30 100\r\n\/dev\/pts\/\d+/m)
      terminal.resize({ cols: 120, rows: 40 })
      await expect
        .poll(
          async () => {
            terminal.type('stty size\r')
            await terminal.seen(/stty size\r\n\d+ \d+\r\n[^\n]*[#$] $/)
            return terminal.output
          },
          { timeout: 20_000 },
        )
        .toMatch(/^40 120\r$/m)
      terminal.type("sh -c 'echo asleep; exec sleep 1000'\r")
      await terminal.seen(/^asleep/m)
      terminal.type('\x03')
      await terminal.seen(/\^C[^$#]*[#$] $/)
      terminal.type('exit 4\r')
      expect(await terminal.ended).toBe(4)
    })

    it('ends its command when the client goes', async () => {
      const mark = path.join(cluster.directory, 'mark')
      const line = `echo $$ > ${mark}; echo ready; exec sleep 1000`
      const client = cluster.follow([
        ...`exec ${IN} ${launcher} --`.split(' '),
        'sh',
        '-c',
        line,
      ])
      await client.seen(/ready/)
      const pid = Number(await readFile(mark, 'utf8'))
      client.kill()
      await expect
        .poll(
          () => {
            try {
              return process.kill(pid, 0)
            } catch {
              return false
            }
          },
          { timeout: 20_000 },
        )
        .toBe(false)
    })

    it.each([
      [
        'plain -c nosuch -- ls',
        'Error from server (BadRequest): container nosuch is not valid for pod plain',
      ],
      ['nosuch -- ls', 'Error from server (NotFound): pods "nosuch" not found'],
      [
        'plain -- nosuch',
        'error: Internal error occurred: error executing command in container: exec: "nosuch": executable file not found in $PATH',
      ],
    ])('%s is refused', async (what, words) => {
      expect(await cluster.fail(`exec ${IN} ${what}`)).toBe(words)
    })

    it('needs a pod that runs', async () => {
      expect(await cluster.fail(`exec ${IN} pending -- ls`)).toBe(
        'Error from server (BadRequest): pod pending does not have a host assigned',
      )
    })

    it('needs permission', async () => {
      const words = await cluster.fail(`exec ${IN} ${launcher} --as=jane -- ls`)
      expect(words).toContain('is forbidden: User "jane" cannot get resource "pods"')
      await kubectl('create clusterrole podreader --verb=get --resource=pods')
      await kubectl('create clusterrolebinding podreader --clusterrole=podreader --user=joe')
      expect(await cluster.fail(`exec ${IN} ${launcher} --as=joe -- ls`)).toBe(
        `Error from server (Forbidden): pods "${launcher}" is forbidden: User "joe" cannot create resource "pods/exec" in API group "" in the namespace "${NAMESPACE}"`,
      )
      const { code } = await cluster.run(`exec ${IN} ${launcher} -- true`, { as: 'developer' })
      expect(code).toBe(0)
    })
  })

  describe('attach', () => {
    it('shows what a container prints from now on', async () => {
      const client = cluster.follow(`attach ${launcher} -c guest-console-log ${IN} -v=6`)
      await client.seen(/GET \S+attach\S+ 101/)
      const instance = `namespaces/${NAMESPACE}/virtualmachineinstances/guest`
      const reboot = `/apis/subresources.kubevirt.io/v1/${instance}/softreboot`
      await kubectl(`replace --raw ${reboot} -f -`, '{}')
      await client.seen(/boot number 2/)
      expect(client.output).not.toContain('boot number 1')
      client.kill()
    })

    it('has nothing to attach to in a pod that is no VM', async () => {
      expect(await cluster.fail(`attach plain ${IN}`)).toContain(
        'there is no process behind the container "plain"',
      )
    })
  })

  describe('port-forward', () => {
    it('says why a port leads nowhere', async () => {
      const client = cluster.follow(`port-forward pod/plain :22 ${IN}`)
      await client.seen(/Forwarding from 127\.0\.0\.1:\d+ -> 22/)
      const port = /127\.0\.0\.1:(\d+)/.exec(client.output)?.[1]
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
      await client.seen(/error forwarding port 22 to pod plain, uid \S+: connection refused/)
      expect(await client.ended).toBe(1)
      expect(client.output).toContain('error: lost connection to pod')
      socket.destroy()
    })

    it.each([
      ['nosuch', 'Error from server (NotFound): pods "nosuch" not found'],
      [
        'pending',
        'error: unable to forward port because pod is not running. Current status=Pending',
      ],
    ])('needs a pod that runs, not %s', async (pod, words) => {
      expect(await cluster.fail(`port-forward ${pod} :22 ${IN}`)).toBe(words)
    })
  })

  it('copies files into a pod and out of it', async () => {
    const file = path.join(cluster.directory, 'original')
    const copy = path.join(cluster.directory, 'copy')
    await writeFile(file, Buffer.alloc(3_000_000, 'content'))
    await kubectl(`cp ${file} ${NAMESPACE}/plain:copied`)
    await kubectl(`cp ${NAMESPACE}/plain:copied ${copy}`)
    expect((await readFile(copy)).equals(await readFile(file))).toBe(true)
  })
})
