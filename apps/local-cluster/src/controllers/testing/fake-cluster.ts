import type { ResourceRef } from '@virtdeck/kubernetes'
import { FakeApiServer } from '@virtdeck/test-kit'
import type { ControllerContext } from '../context.ts'
import { runController, type Controller, type RunningController } from '../controller.ts'
import { EventRecorder } from '../event-recorder.ts'
import { SharedInformers } from '../informers.ts'

/** Controllers on an API server in memory, with a clock of their own. */
export class FakeCluster {
  readonly server: FakeApiServer
  readonly log: string[] = []
  readonly context: ControllerContext
  time = new Date('2026-01-01T00:00:00Z')
  readonly #running: RunningController[] = []

  /** `served` may grow later, as when a CustomResourceDefinition is added. */
  constructor(served?: ResourceRef[]) {
    this.server = new FakeApiServer(served)
    const { client } = this.server
    const log = (line: string) => this.log.push(line)
    this.context = {
      client,
      informers: new SharedInformers(client),
      events: new EventRecorder(client, log),
      log,
      now: () => this.time,
      volumesDirectory: '/nowhere',
      certificateAuthority: 'PEM',
    }
  }

  /** Starts a controller; what it does can be waited for with `expect.poll`. */
  async run(controller: Controller): Promise<RunningController> {
    const running = await runController(controller, this.context.log)
    this.#running.push(running)
    return running
  }

  pass(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds)
  }

  async stop(): Promise<void> {
    this.context.informers.stop()
    await Promise.all(this.#running.map((running) => running.stop()))
  }
}
