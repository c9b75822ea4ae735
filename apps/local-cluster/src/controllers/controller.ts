import {
  StatusError,
  Workqueue,
  type Informer,
  type KubernetesObject,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { Logger } from './log.ts'

/** Where keys come from: subscribes and returns the removal. */
export interface Source {
  whenSynced: () => Promise<void>
  start: (add: (key: string) => void) => () => void
}

/** Keys of the objects that an informer's changes concern; an update also names the old ones. */
export function changesOf<T extends KubernetesObject>(
  informer: Informer<T>,
  keysOf: (object: T) => Iterable<string>,
): Source {
  return {
    whenSynced: () => informer.whenSynced(),
    start: (add) => {
      const addAll = (object: T): void => {
        for (const key of keysOf(object)) add(key)
      }
      return informer.subscribe({
        onAdd: addAll,
        onUpdate: (object, old) => {
          addAll(old)
          addAll(object)
        },
        onDelete: addAll,
      })
    },
  }
}

/** Brings what one key names from how it is to how it should be. */
export interface Controller {
  name: string
  /** Keys worked on at once. Small numbers keep the API server free for people. */
  concurrency?: number
  sources: Source[]
  reconcile: (key: string) => Promise<RequeueAfter | void>
  /** Called when the controllers stop. */
  close?: () => Promise<void> | void
}

export interface RunningController {
  add: (key: string) => void
  stop: () => Promise<void>
}

/** Runs a controller from the moment its informers are complete. */
export async function runController(
  controller: Controller,
  log: Logger,
): Promise<RunningController> {
  const { name, sources, reconcile, concurrency = 1 } = controller
  const queue = new Workqueue({
    concurrency,
    reconcile,
    onError: (key, error) => {
      if (isExpected(error)) return
      log(`${name} ${key}: ${error instanceof Error ? error.message : String(error)}`)
    },
  })
  await Promise.all(sources.map((source) => source.whenSynced()))
  const removals = sources.map((source) => source.start((key) => queue.add(key)))
  return {
    add: (key) => queue.add(key),
    stop: async () => {
      for (const remove of removals) remove()
      await queue.stop()
      await controller.close?.()
    },
  }
}

/** Conflicts and absent servers are part of normal life; the queue tries again. */
function isExpected(error: unknown): boolean {
  return error instanceof StatusError && (error.code === 409 || error.code === 0)
}

/** Whether an API call failed with that HTTP status. */
export function failedWith(error: unknown, code: number): error is StatusError {
  return error instanceof StatusError && error.code === code
}

/** Waits for a call that may find its object gone already. */
export async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!failedWith(error, 404)) throw error
  }
}
