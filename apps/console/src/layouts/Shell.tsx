import { Page, SkipToContent } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { CommandPalette } from '../command-palette/CommandPalette.tsx'
import { DialogHost } from '../feedback/DialogHost.tsx'
import { Breadcrumbs } from './Breadcrumbs.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import { usePageTitle } from './use-page-title.ts'

const MAIN_ID = 'main-content'

export function Shell() {
  const { t } = useTranslation()
  usePageTitle()
  return (
    <Page
      masthead={<TopBar />}
      sidebar={<Sidebar />}
      isManagedSidebar
      isContentFilled
      mainContainerId={MAIN_ID}
      mainAriaLabel={t('shell.main')}
      mainTabIndex={-1}
      skipToContent={<SkipToContent href={`#${MAIN_ID}`}>{t('shell.skip')}</SkipToContent>}
      banner={<ConnectionBanner />}
      breadcrumb={<Breadcrumbs />}
    >
      <Outlet />
      <CommandPalette />
      <DialogHost />
    </Page>
  )
}
