import type { KubernetesObject } from '@virtdeck/kubernetes'
import { Timestamp } from '../ui/Timestamp.tsx'
import type { Column } from './column.ts'

/** A row of an `objects` query. */
export interface ObjectRow<T extends KubernetesObject = KubernetesObject> {
  key: string
  object: T
}

export const nameColumn: Column<ObjectRow> = {
  id: 'name',
  label: 'table.columns.name',
  sortable: true,
  cell: ({ object }) => object.metadata?.name,
}

export const namespaceColumn: Column<ObjectRow> = {
  id: 'namespace',
  label: 'table.columns.namespace',
  sortable: true,
  cell: ({ object }) => object.metadata?.namespace,
}

export const createdColumn: Column<ObjectRow> = {
  id: 'created',
  label: 'table.columns.created',
  sortable: true,
  isMinor: true,
  cell: ({ object }) => <Timestamp time={object.metadata?.creationTimestamp} />,
}
