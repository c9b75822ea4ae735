import type { ObjectsQuery } from '@virtdeck/bff-contract'
import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { CubesIcon } from '@patternfly/react-icons'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../layouts/use-project.ts'
import { useLiveQuery, type LiveResult } from '../live/use-live-query.ts'
import type { en } from '../locales/en.ts'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import type { Column } from './column.ts'
import { ListPage } from './ListPage.tsx'
import type { ObjectRow } from './object-columns.tsx'
import { useListParameters } from './use-list-parameters.ts'

export type ResourceTexts = Exclude<keyof typeof en.resources, 'columns' | 'defaultClass'>

interface ResourceListPageProps<T extends KubernetesObject> {
  resource: ResourceRef
  /** Where its texts are: `resources.<texts>.title` and `.empty`. */
  texts: ResourceTexts
  columns: readonly Column<ObjectRow<T>>[]
  /** The ⋮ menu; a constant, as the columns. */
  rowActions?: (row: ObjectRow<T>) => ReactNode
  /** Columns to sort by, beside the name, the project and the age. */
  sortable?: readonly ObjectsQuery['sort']['column'][]
  /** Leaves out what an object of this kind controls. */
  notControlledBy?: string
  /** Buttons beside the title. */
  actions?: ReactNode
  /** What to do where the cluster does not know the kind. */
  unserved?: string
}

const NONE: readonly string[] = []
const SORTABLE = ['name', 'namespace', 'created']

const DEFAULTS = {
  sort: { column: 'name', direction: 'ascending' as const },
}

/** The list of any resource of the cluster. */
export function ResourceListPage<T extends KubernetesObject>(props: ResourceListPageProps<T>) {
  const { resource, texts, columns, rowActions, notControlledBy, actions, unserved } = props
  const { sortable = NONE } = props
  const { t } = useTranslation()
  const project = useProject()
  const defaults = useMemo(
    () => ({ ...DEFAULTS, sortable: [...SORTABLE, ...sortable] }),
    [sortable],
  )
  const list = useListParameters(defaults)
  const { search, sort, page, perPage } = list.parameters
  const result = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group: resource.group,
    version: resource.version,
    resource: resource.resource,
    ...(resource.namespaced && project !== undefined && { namespace: project }),
    ...(search !== '' && { search }),
    ...(notControlledBy !== undefined && { notControlledBy }),
    sort: sort as ObjectsQuery['sort'],
    offset: (page - 1) * perPage,
    limit: perPage,
  })
  const title = t(`resources.${texts}.title`)
  return (
    <ListPage
      title={title}
      searchLabel={t('table.searchByName')}
      columns={columns}
      list={list}
      {...(rowActions && { rowActions })}
      actions={actions}
      // The cluster's objects are what their resource says they are.
      result={result as unknown as LiveResult<{ rows: ObjectRow<T>[]; total: number }>}
      unserved={
        <EmptyContent icon={CubesIcon} title={t('table.unservedTitle', { title })}>
          {unserved ??
            t('table.unserved', { resource: `${resource.resource}.${resource.group}` })}
        </EmptyContent>
      }
      empty={
        <EmptyContent icon={CubesIcon} title={t('table.emptyTitle', { title })}>
          {t(`resources.${texts}.empty`)}
        </EmptyContent>
      }
    />
  )
}
