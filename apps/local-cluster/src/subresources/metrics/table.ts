import { parseQuantity } from '@virtdeck/kubernetes'
import { type Metrics, usageOf } from './metrics.ts'

const column = (name: string, type: string, format = '') => ({
  name,
  type,
  format,
  description: '',
  priority: 0,
})

const COLUMNS = [
  column('Name', 'string', 'name'),
  column('cpu', 'quantity'),
  column('memory', 'quantity'),
  column('Window', 'string', 'duration'),
]

/** What `kubectl get nodes.metrics.k8s.io` prints. */
export function metricsTable(items: Metrics[], includeObject: string): object {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: COLUMNS,
    rows: items.map((item) => {
      const { cpu, memory } = totalOf(item)
      return {
        cells: [item.metadata.name, cpu, memory, item.window],
        object: objectOf(item, includeObject),
      }
    }),
  }
}

function totalOf({ usage, containers = [] }: Metrics) {
  if (usage) return usage
  const sum = (values: string[]) =>
    values.reduce((total, value) => total + (parseQuantity(value) ?? 0), 0)
  return usageOf({
    cpuMillicores: Math.round(sum(containers.map((one) => one.usage.cpu)) * 1_000),
    memoryBytes: sum(containers.map((one) => one.usage.memory)),
  })
}

function objectOf(item: Metrics, includeObject: string): object | null {
  if (includeObject === 'None') return null
  if (includeObject === 'Object') return item
  const { metadata } = item
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
}
