import { Flex, FlexItem, PageSection, Title } from '@patternfly/react-core'
import { CatalogIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { shownVirtualMachine, type Template } from '@virtdeck/kubevirt'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useParams } from 'react-router'
import { TemplateMenu } from '../../actions/template/TemplateMenu.tsx'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useLiveObject } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkTabs, type LinkTab } from '../../ui/LinkTabs.tsx'
import { Loading } from '../../ui/Loading.tsx'
import type { TemplateContext } from './template-context.ts'
import { TemplateType } from './TemplateFacts.tsx'
import styles from './TemplatePage.module.css'

export const handle: RouteHandle = {
  crumb: ({ t, params: { namespace = '', name = '' } }) => [
    { label: t('resources.templates.title'), to: paths.templates({ namespace }) },
    { label: name, to: paths.template({ namespace, name }) },
  ],
}

const TAB_PANEL_ID = 'template-tab'

const TABS: readonly LinkTab[] = [
  { label: 'template.tabs.details', to: paths.template },
  { label: 'template.tabs.yaml', to: paths.templateYaml },
  { label: 'template.tabs.disks', to: paths.templateDisks },
  { label: 'template.tabs.networkInterfaces', to: paths.templateNetworkInterfaces },
]

export default function TemplatePage() {
  const { namespace = '', name = '' } = useParams()
  // Another template is another page: nothing of the previous one may linger.
  return <OneTemplate key={`${namespace}/${name}`} namespace={namespace} name={name} />
}

function OneTemplate(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  const { data, state, error } = useLiveObject<Template>(RESOURCES.templates, target)
  const [wasSeen, setWasSeen] = useState(false)
  if (data && !wasSeen) setWasSeen(true)
  const virtualMachine = useMemo(() => (data ? shownVirtualMachine(data) : undefined), [data])

  if (state === 'error' && error) return <ErrorState error={error} headingLevel="h1" />
  if (data === undefined) return <Loading />
  if (data === null) {
    return (
      <PageSection isFilled>
        <EmptyContent
          headingLevel="h1"
          icon={CatalogIcon}
          title={t(wasSeen ? 'template.deletedTitle' : 'template.missingTitle', target)}
          actions={
            <Link to={paths.templates({ namespace: target.namespace })}>
              {t('template.toList')}
            </Link>
          }
        >
          {t(wasSeen ? 'template.deletedBody' : 'template.missingBody', target)}
        </EmptyContent>
      </PageSection>
    )
  }
  const context: TemplateContext = { template: data, virtualMachine }
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Flex
          justifyContent={{ default: 'justifyContentSpaceBetween' }}
          alignItems={{ default: 'alignItemsCenter' }}
        >
          <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapMd' }}>
            <Title headingLevel="h1">{target.name}</Title>
            <TemplateType template={data} />
          </Flex>
          <FlexItem>
            <TemplateMenu template={data} variant="button" />
          </FlexItem>
        </Flex>
      </PageSection>
      <LinkTabs
        label={t('template.tabs.label')}
        tabs={TABS}
        panelId={TAB_PANEL_ID}
        target={target}
      />
      <div id={TAB_PANEL_ID} role="tabpanel" className={styles['panel']}>
        <Outlet context={context} />
      </div>
    </>
  )
}
