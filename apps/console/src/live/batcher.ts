interface BatcherOptions<In, Out> {
  limit: number
  /** Answers in the order of the inputs. */
  load: (inputs: In[]) => Promise<Out[]>
}

interface Waiting<In, Out> {
  input: In
  resolve: (output: Out) => void
  reject: (error: unknown) => void
}

/** Collects what is asked for in one turn of the event loop into as few loads as possible. */
export function createBatcher<In, Out>({ limit, load }: BatcherOptions<In, Out>) {
  let waiting: Waiting<In, Out>[] = []

  async function run(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await load(batch.map(({ input }) => input))
      batch.forEach(({ resolve, reject }, index) => {
        const output = outputs[index]
        if (output === undefined) reject(new Error('an answer is missing'))
        else resolve(output)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  function flush(): void {
    const all = waiting
    waiting = []
    for (let start = 0; start < all.length; start += limit) {
      void run(all.slice(start, start + limit))
    }
  }

  return (input: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setTimeout(flush, 0)
      waiting.push({ input, resolve, reject })
    })
}
