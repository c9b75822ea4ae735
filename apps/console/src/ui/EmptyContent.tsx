import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'

interface EmptyContentProps {
  icon: ComponentType
  title: string
  children: ReactNode
  /** What to do about it: buttons. */
  actions?: ReactNode
}

/** In place of a list or table that has nothing to show. */
export function EmptyContent({ icon, title, children, actions }: EmptyContentProps) {
  return (
    <EmptyState headingLevel="h2" icon={icon} titleText={title}>
      <EmptyStateBody>{children}</EmptyStateBody>
      {actions !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}
