import { Breadcrumb, BreadcrumbItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCrumbs } from './route-handle.ts'

/** Where the page stands; a page of the first level has its title for that. */
export function Breadcrumbs() {
  const { t } = useTranslation()
  const crumbs = useCrumbs(t)
  if (crumbs.length < 2) return null
  return (
    <Breadcrumb aria-label={t('shell.breadcrumb')}>
      {crumbs.map(({ label, to }, index) => (
        <BreadcrumbItem
          key={to}
          isActive={index === crumbs.length - 1}
          render={({ className, ariaCurrent }) =>
            ariaCurrent ? (
              <span className={className} aria-current={ariaCurrent}>
                {label}
              </span>
            ) : (
              <Link className={className} to={to}>
                {label}
              </Link>
            )
          }
        />
      ))}
    </Breadcrumb>
  )
}
