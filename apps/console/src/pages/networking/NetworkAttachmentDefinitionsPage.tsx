import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import {
  createdColumn,
  nameColumn,
  namespaceColumn,
  type ObjectRow,
} from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({
    label: t('resources.networkAttachmentDefinitions.title'),
    to: paths.networkAttachmentDefinitions(),
  }),
}

const columns: Column<ObjectRow<NetworkAttachmentDefinition>>[] = [
  nameColumn,
  namespaceColumn,
  {
    id: 'type',
    label: 'resources.columns.type',
    cell: ({ object }) => networkType(object),
  },
  createdColumn,
]

export default function NetworkAttachmentDefinitionsPage() {
  return (
    <ResourceListPage
      resource={RESOURCES.networkAttachmentDefinitions}
      texts="networkAttachmentDefinitions"
      columns={columns}
    />
  )
}

interface NetworkAttachmentDefinition extends KubernetesObject {
  spec?: { config?: string }
}

/** The CNI plug-in named in the definition's JSON text. */
function networkType({ spec }: NetworkAttachmentDefinition): string | undefined {
  try {
    const config = JSON.parse(spec?.config ?? '{}') as {
      type?: string
      plugins?: { type?: string }[]
    }
    return config.type ?? config.plugins?.[0]?.type
  } catch {
    return undefined
  }
}
