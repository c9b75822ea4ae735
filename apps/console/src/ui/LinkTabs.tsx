import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'

interface Target {
  namespace: string
  name: string
}

export interface LinkTab {
  label: ParseKeys
  to: (target: Target) => string
}

interface LinkTabsProps {
  label: string
  tabs: readonly LinkTab[]
  /** The id of the element that shows the chosen tab. */
  panelId: string
  /** The object that the page shows. */
  target: Target
}

/** On narrow screens the row of tabs scrolls, and the chosen one may be far to the right. */
const showTab = (tab: HTMLElement | null) =>
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** Tabs are links: each has a URL, and a middle click opens it beside. */
export function LinkTabs({ label: tabsLabel, tabs, panelId, target }: LinkTabsProps) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  return (
    <PageSection type="tabs" hasBodyWrapper={false}>
      <Tabs
        component="nav"
        aria-label={tabsLabel}
        activeKey={pathname}
        onSelect={(event, to) => {
          const isPlainClick = !('metaKey' in event && (event.metaKey || event.ctrlKey))
          if (!isPlainClick) return
          event.preventDefault()
          void navigate(String(to))
        }}
        usePageInsets
      >
        {tabs.map(({ label, to }) => {
          const path = to(target)
          return (
            <Tab
              key={path}
              eventKey={path}
              href={path}
              {...(path === pathname && { ref: showTab })}
              tabContentId={panelId}
              title={<TabTitleText>{t(label)}</TabTitleText>}
            />
          )
        })}
      </Tabs>
    </PageSection>
  )
}
