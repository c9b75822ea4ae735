import { Nav, NavGroup, NavItem, PageSidebar, PageSidebarBody } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { NAVIGATION } from './navigation.ts'
import { useProject } from './use-project.ts'

export function Sidebar() {
  const { t } = useTranslation()
  const namespace = useProject()
  const { pathname } = useLocation()
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label={t('shell.navigation.label')}>
          {NAVIGATION.map(({ id, label, entries }) => (
            <NavGroup key={id} title={t(label)}>
              {entries.map((entry) => {
                const to = entry.to({ namespace })
                const [path = ''] = to.split('?')
                const isActive = pathname === path || pathname.startsWith(`${path}/`)
                return (
                  <NavItem key={entry.label} itemId={path} isActive={isActive}>
                    <NavLink to={to}>{t(entry.label)}</NavLink>
                  </NavItem>
                )
              })}
            </NavGroup>
          ))}
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  )
}
