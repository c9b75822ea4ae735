import {
  Button,
  Checkbox,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
  Tooltip,
} from '@patternfly/react-core'
import { DownloadIcon, PauseIcon, PlayIcon } from '@patternfly/react-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLogLook, useLogLook } from './log-look.ts'
import { downloadUrl, type LogTarget } from './log-url.ts'
import styles from './LogViewer.module.css'

interface LogToolbarProps {
  target: LogTarget
  children: ReactNode
  query: string
  onQueryChange: (query: string) => void
  found: { count: number; position: number; next: () => void; previous: () => void }
  isFollowing: boolean
  onFollowingChange: (isFollowing: boolean) => void
  /** More may come. */
  canFollow: boolean
}

export function LogToolbar(props: LogToolbarProps) {
  const { target, query, onQueryChange, found, isFollowing, onFollowingChange } = props
  const { t } = useTranslation()
  const { isWrapped, hasTimes } = useLogLook()
  const { count, position } = found
  const followLabel = t(isFollowing ? 'logs.pause' : 'logs.follow')
  return (
    <Toolbar className={styles['toolbar'] ?? ''} aria-label={t('logs.toolbar')}>
      <ToolbarContent>
        {props.children}
        <ToolbarItem>
          <SearchInput
            aria-label={t('logs.search')}
            placeholder={t('logs.search')}
            value={query}
            onChange={(_event, value) => onQueryChange(value)}
            onClear={() => onQueryChange('')}
            resetButtonLabel={t('common.clear')}
            onSearch={found.previous}
            {...(query !== '' && {
              resultsCount: position === 0 ? count : `${position} / ${count}`,
              resultsCountContext: ` ${t('logs.results')}`,
              onNextClick: found.next,
              onPreviousClick: found.previous,
              nextNavigationButtonAriaLabel: t('logs.nextMatch'),
              previousNavigationButtonAriaLabel: t('logs.previousMatch'),
              submitSearchButtonLabel: t('logs.search'),
            })}
          />
        </ToolbarItem>
        <ToolbarGroup alignSelf="center">
          <ToolbarItem alignSelf="center">
            <Checkbox
              id="log-wrap"
              label={t('logs.wrap')}
              isChecked={isWrapped}
              onChange={(_event, checked) => changeLogLook({ isWrapped: checked })}
            />
          </ToolbarItem>
          <ToolbarItem alignSelf="center">
            <Checkbox
              id="log-times"
              label={t('logs.timestamps')}
              isChecked={hasTimes}
              onChange={(_event, checked) => changeLogLook({ hasTimes: checked })}
            />
          </ToolbarItem>
        </ToolbarGroup>
        <ToolbarGroup align={{ default: 'alignEnd' }}>
          {props.canFollow && (
            <ToolbarItem>
              <Tooltip content={followLabel} aria="none">
                <Button
                  variant="plain"
                  aria-label={followLabel}
                  icon={isFollowing ? <PauseIcon /> : <PlayIcon />}
                  onClick={() => onFollowingChange(!isFollowing)}
                />
              </Tooltip>
            </ToolbarItem>
          )}
          <ToolbarItem>
            <Tooltip content={t('logs.download')} aria="none">
              <Button
                component="a"
                variant="plain"
                aria-label={t('logs.download')}
                icon={<DownloadIcon />}
                href={downloadUrl(target)}
                download={`${target.pod}-${target.container}.log`}
              />
            </Tooltip>
          </ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  )
}
