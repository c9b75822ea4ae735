import { RESOURCES, StatusError, type KubernetesClient } from '@virtdeck/kubernetes'

/** One change of an object as somebody saw it; every write of an object has the next step. */
export interface Seen {
  type: 'add' | 'update' | 'delete'
  step: number
  version: number
}

export const LABEL = 'written-by'

/** A config map as any client types it. */
interface Written {
  metadata?: { name?: string; resourceVersion?: string }
  data?: { [key: string]: string }
}

/** What an informer told, by name. */
export class Recorder {
  readonly byName = new Map<string, Seen[]>()

  add(type: Seen['type'], object: Written): void {
    const { name = '', resourceVersion } = object.metadata ?? {}
    const seen = this.byName.get(name) ?? []
    seen.push({ type, step: Number(object.data?.['step']), version: Number(resourceVersion) })
    this.byName.set(name, seen)
  }

  /** The steps of the objects that are there, as told. */
  get present(): Record<string, number> {
    return Object.fromEntries(
      [...this.byName].flatMap(([name, seen]) => {
        const last = seen.at(-1)
        return last === undefined || last.type === 'delete' ? [] : [[name, last.step]]
      }),
    )
  }
}

/** `+1 ~2 ~3 - +5`: the writes of one object; a deletion has a step of its own. */
export type History = { type: Seen['type']; step: number }[]

/** Writes objects again and again and knows what was written, also when answers get lost. */
export class Writers {
  readonly histories = new Map<string, History>()
  readonly #client: KubernetesClient
  readonly #label: string

  constructor(client: KubernetesClient, label: string) {
    this.#client = client
    this.#label = label
  }

  /** So many objects, all written at once, with so many writes each. */
  async run(objects: number, writes: number): Promise<void> {
    const names = Array.from({ length: objects }, (_, index) => `${this.#label}-${index}`)
    await Promise.all(names.map((name) => this.#write(name, writes)))
  }

  get present(): Record<string, number> {
    return Object.fromEntries(
      [...this.histories].flatMap(([name, history]) => {
        const last = history.at(-1)
        return last === undefined || last.type === 'delete' ? [] : [[name, last.step]]
      }),
    )
  }

  async #write(name: string, writes: number): Promise<void> {
    const history = this.histories.get(name) ?? []
    this.histories.set(name, history)
    const first = (history.at(-1)?.step ?? 0) + 1
    for (let step = first; step < first + writes; step += 1) {
      const last = history.at(-1)
      const exists = last !== undefined && last.type !== 'delete'
      // Every object goes its own way through additions, updates and deletions.
      const remove = exists && (step * 7 + name.length + Number(name.at(-1))) % 5 === 0
      const type = remove ? 'delete' : exists ? 'update' : 'add'
      await this.#certainly({ type, name, step })
      history.push({ type, step })
    }
  }

  /** Repeats a write whose outcome is unknown until it is known to have happened. */
  async #certainly(write: { type: Seen['type']; name: string; step: number }): Promise<void> {
    for (;;) {
      try {
        await this.#send(write)
        return
      } catch (error) {
        if (!(error instanceof StatusError) || error.code === 0) {
          await new Promise((resolve) => setTimeout(resolve, 50))
        } else if (write.type === 'delete' && error.code === 404) return
        else if (write.type === 'add' && error.code === 409) return
        else throw error
      }
    }
  }

  async #send({ type, name, step }: { type: Seen['type']; name: string; step: number }) {
    const target = { namespace: 'default', name }
    if (type === 'delete') {
      await this.#client.delete(RESOURCES.configMaps, target)
      return
    }
    const data = { step: String(step) }
    // The same merge patch twice is one change: the second finds nothing to do.
    if (type === 'update') await this.#client.patch(RESOURCES.configMaps, target, { data })
    else {
      const metadata = { ...target, labels: { [LABEL]: this.#label } }
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
      await this.#client.create(RESOURCES.configMaps, object)
    }
  }
}

/**
 * What is wrong with what an informer told of one object. Everything must be told if no version
 * was too old in between; otherwise steps may be left out, but none told twice or late.
 */
export function problemsOf(
  history: History,
  seen: Seen[],
  rule: 'everything' | 'differences',
): string[] {
  const problems: string[] = []
  const written = history.map(({ type, step }) => (type === 'delete' ? '-' : `${type} ${step}`))
  const told = seen.map(({ type, step }) => (type === 'delete' ? '-' : `${type} ${step}`))
  if (rule === 'everything' && written.join() !== told.join()) {
    problems.push(`written ${written.join(', ')}; told ${told.join(', ')}`)
  }
  const steps = new Set(history.map(({ step }) => step))
  let exists = false
  let last: Seen | undefined
  for (const one of seen) {
    const { type, step, version } = one
    if (exists === (type === 'add')) problems.push(`${type} ${step} while it was ${exists}`)
    if (type !== 'delete') {
      if (!steps.has(step)) problems.push(`${step} was never written`)
      if (last !== undefined && step <= last.step) {
        problems.push(`${step} after ${last.step}`)
      }
    }
    if (last !== undefined && version < last.version) {
      problems.push(`version ${version} after ${last.version}`)
    }
    exists = type !== 'delete'
    last = one
  }
  return problems
}
