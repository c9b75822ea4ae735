import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { paths } from '../../paths.ts'

interface TabLink {
  label: ParseKeys
  to: (virtualMachine: { namespace: string; name: string }) => string
}

const TABS: readonly TabLink[] = [
  { label: 'virtualMachine.tabs.overview', to: paths.virtualMachine },
  { label: 'virtualMachine.tabs.yaml', to: paths.virtualMachineYaml },
  { label: 'virtualMachine.tabs.consoles', to: paths.virtualMachineConsoles },
  { label: 'virtualMachine.tabs.events', to: paths.virtualMachineEvents },
]

/** The element that shows the chosen tab. */
export const TAB_PANEL_ID = 'virtual-machine-tab'

/** Tabs are links: each has a URL, and a middle click opens it beside. */
export function VirtualMachineTabs(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  return (
    <PageSection type="tabs" hasBodyWrapper={false}>
      <Tabs
        component="nav"
        aria-label={t('virtualMachine.tabs.label')}
        activeKey={pathname}
        onSelect={(event, to) => {
          const isPlainClick = !('metaKey' in event && (event.metaKey || event.ctrlKey))
          if (!isPlainClick) return
          event.preventDefault()
          void navigate(String(to))
        }}
        usePageInsets
      >
        {TABS.map(({ label, to }) => {
          const path = to(target)
          return (
            <Tab
              key={path}
              eventKey={path}
              href={path}
              tabContentId={TAB_PANEL_ID}
              title={<TabTitleText>{t(label)}</TabTitleText>}
            />
          )
        })}
      </Tabs>
    </PageSection>
  )
}
