import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'

interface EmptyContentProps {
  /** h1 where it stands for the whole page. */
  headingLevel?: 'h1' | 'h2'
  icon: ComponentType
  title: string
  children: ReactNode
  /** What to do about it: buttons. */
  actions?: ReactNode
}

/** In place of a list or table that has nothing to show. */
export function EmptyContent(props: EmptyContentProps) {
  const { headingLevel = 'h2', icon, title, children, actions } = props
  return (
    <EmptyState headingLevel={headingLevel} icon={icon} titleText={title}>
      <EmptyStateBody>{children}</EmptyStateBody>
      {actions !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}
