import { Content, ContentVariants } from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import { templateTitle, type Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TemplateMenu } from '../../actions/template/TemplateMenu.tsx'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useProject } from '../../layouts/use-project.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import { createdColumn, namespaceColumn, type ObjectRow } from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'
import { CreateMenu } from './CreateMenu.tsx'
import { Flavors, OperatingSystems, TemplateType, Workloads } from './TemplateFacts.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('resources.templates.title'), to: paths.templates() }),
}

const columns: Column<ObjectRow<Template>>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    sortable: true,
    width: 25,
    cell: ({ object }) => <Name template={object} />,
  },
  namespaceColumn,
  {
    id: 'operatingSystem',
    label: 'template.columns.operatingSystem',
    sortable: true,
    cell: ({ object }) => <OperatingSystems template={object} />,
  },
  {
    id: 'workload',
    label: 'template.columns.workload',
    sortable: true,
    isMinor: true,
    cell: ({ object }) => <Workloads template={object} />,
  },
  {
    id: 'flavor',
    label: 'template.columns.flavor',
    sortable: true,
    cell: ({ object }) => <Flavors template={object} />,
  },
  {
    id: 'type',
    label: 'template.columns.type',
    sortable: true,
    isMinor: true,
    cell: ({ object }) => <TemplateType template={object} />,
  },
  createdColumn,
]

const SORTABLE = ['operatingSystem', 'workload', 'flavor', 'type'] as const

const rowActions = ({ object }: ObjectRow<Template>) => (
  <TemplateMenu template={object} variant="kebab" />
)

export default function TemplatesPage() {
  const { t } = useTranslation()
  const namespace = useProject()
  return (
    <ResourceListPage
      resource={RESOURCES.templates}
      texts="templates"
      columns={columns}
      rowActions={rowActions}
      sortable={SORTABLE}
      unserved={t('template.unserved')}
      actions={<CreateMenu namespace={namespace} />}
    />
  )
}

function Name({ template }: { template: Template }) {
  const { namespace = '', name = '' } = template.metadata ?? {}
  const title = templateTitle(template)
  return (
    <>
      <Link to={paths.template({ namespace, name })}>{name}</Link>
      {title !== name && <Content component={ContentVariants.small}>{title}</Content>}
    </>
  )
}
