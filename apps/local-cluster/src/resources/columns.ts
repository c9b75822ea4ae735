import type { KubernetesObject } from '@virtdeck/kubernetes'
import { jsonPath } from './json-path.ts'
import type { Column } from './define.ts'

const CREATION_TIMESTAMP =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata'

/** The age column of built-in kinds, humanised here. */
export const AGE: Column<KubernetesObject> = {
  name: 'Age',
  type: 'string',
  description: CREATION_TIMESTAMP,
  cell: ({ metadata }) => timeSince(metadata?.creationTimestamp),
}

/** Some built-in kinds show the time itself. */
export const CREATED_AT: Column<KubernetesObject> = {
  name: 'Created At',
  type: 'string',
  description: CREATION_TIMESTAMP,
  cell: ({ metadata }) => metadata?.creationTimestamp,
}

/** A column of a CustomResourceDefinition: its cell is a JSONPath. */
export function pathColumn(column: {
  name: string
  path: string
  type?: Column<unknown>['type']
  description?: string
  priority?: number
}): Column<unknown> {
  const { name, path, type = 'string', priority } = column
  const description =
    column.description ?? `Custom resource definition column (in JSONPath format): ${path}`
  const read = jsonPath(path)
  return {
    name,
    type,
    description,
    ...(priority === undefined ? {} : { priority }),
    cell: (object) => {
      const value = read(object)
      if (value === undefined || value === null) return undefined
      if (type === 'string' && typeof value !== 'string') return JSON.stringify(value)
      return value as string | number | boolean
    },
  }
}

/** The age column of custom resources: a date that the table writer humanises. */
export const CUSTOM_AGE = pathColumn({
  name: 'Age',
  type: 'date',
  path: '.metadata.creationTimestamp',
})

/** `5m`, `3d4h`; `<unknown>` without a time. */
export function timeSince(time: string | undefined, now = Date.now()): string {
  if (time === undefined) return '<unknown>'
  const milliseconds = Date.parse(time)
  return Number.isNaN(milliseconds) ? '<unknown>' : humanDuration(now - milliseconds)
}

/** As apimachinery's `duration.HumanDuration`: two or three digits, never more than two units. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return units([minutes, 'm'], [seconds % 60, 's'])
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return units([hours, 'h'], [minutes % 60, 'm'])
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (days < 8) return units([days, 'd'], [hours % 24, 'h'])
  if (days < 730) return `${days}d`
  const years = Math.floor(days / 365)
  if (years < 8) return units([years, 'y'], [days % 365, 'd'])
  return `${years}y`
}

function units(large: [number, string], small: [number, string]): string {
  return small[0] === 0 ? large.join('') : `${large.join('')}${small.join('')}`
}
