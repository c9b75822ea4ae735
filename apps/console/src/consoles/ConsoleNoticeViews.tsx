import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  Spinner,
} from '@patternfly/react-core'
import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { PlugIcon } from '@patternfly/react-icons/dist/esm/icons/plug-icon'
import type { ReactNode } from 'react'

export interface NoticeViewProps {
  title: string
  children: ReactNode
  actions: ReactNode
}

/** It goes on by itself. */
export function ConsolePending({ title, children, actions }: NoticeViewProps) {
  return (
    <EmptyState headingLevel="h2" titleText={title} icon={PendingIcon}>
      <EmptyStateBody>{children}</EmptyStateBody>
      <NoticeFooter>{actions}</NoticeFooter>
    </EmptyState>
  )
}

/** Somebody has to act: connect, take over, start the VM. */
export function ConsoleInactive({ title, children, actions }: NoticeViewProps) {
  return (
    <EmptyState headingLevel="h2" titleText={title} icon={PlugIcon}>
      <EmptyStateBody>{children}</EmptyStateBody>
      <NoticeFooter>{actions}</NoticeFooter>
    </EmptyState>
  )
}

/** There is nothing to connect to, or no right to do it. */
export function ConsoleMissing({ title, children, actions }: NoticeViewProps) {
  return (
    <EmptyState headingLevel="h2" titleText={title} icon={BanIcon} status="warning">
      <EmptyStateBody>{children}</EmptyStateBody>
      <NoticeFooter>{actions}</NoticeFooter>
    </EmptyState>
  )
}

// The title says what is awaited; the spinner adds nothing for a screen reader.
const PendingIcon = () => <Spinner aria-hidden />

function NoticeFooter({ children }: { children: ReactNode }) {
  return (
    <EmptyStateFooter>
      <EmptyStateActions>{children}</EmptyStateActions>
    </EmptyStateFooter>
  )
}
