import {
  ArrowRightIcon,
  BellIcon,
  DesktopIcon,
  ExclamationTriangleIcon,
  HeartbeatIcon,
  PencilAltIcon,
  PlusCircleIcon,
  TrashIcon,
  UserIcon,
} from '@patternfly/react-icons'
import type { ActivityEntry } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './ActivityTab.module.css'

const ICONS: Record<ActivityEntry['kind'], ComponentType> = {
  created: PlusCircleIcon,
  deletion: TrashIcon,
  fields: PencilAltIcon,
  request: UserIcon,
  phase: HeartbeatIcon,
  condition: HeartbeatIcon,
  console: DesktopIcon,
  migration: ArrowRightIcon,
  event: BellIcon,
}

const FIELDS_SHOWN = 6

export function ActivityItem({ entry }: { entry: ActivityEntry }) {
  const { t, i18n } = useTranslation()
  const isWarning = entry.kind === 'event' && entry.isWarning
  const Icon = isWarning ? ExclamationTriangleIcon : ICONS[entry.kind]
  const { title, detail } = wordsOf(t, entry)
  const time = new Date(entry.time)
  return (
    <li className={`${styles['item']} ${isWarning ? styles['warning'] : ''}`}>
      <time dateTime={entry.time} title={time.toISOString()} className={styles['time']}>
        {time.toLocaleTimeString(i18n.language)}
      </time>
      <span className={styles['icon']} aria-hidden>
        <Icon />
      </span>
      <div className={styles['text']}>
        <div className={styles['title']}>{title}</div>
        {detail !== undefined && detail !== '' && <div>{detail}</div>}
      </div>
    </li>
  )
}

interface Words {
  title: string
  detail?: string | undefined
}

function wordsOf(t: TFunction, entry: ActivityEntry): Words {
  switch (entry.kind) {
    case 'created':
      return { title: t('activity.created') }
    case 'deletion':
      return { title: t('activity.deletion') }
    case 'fields': {
      const { manager, user, fields } = entry
      const rest = fields.length - FIELDS_SHOWN
      const listed = fields.slice(0, FIELDS_SHOWN).join(', ')
      return {
        title:
          user === undefined
            ? t('activity.fields', { manager })
            : t('activity.fieldsByUser', { manager, user }),
        detail: rest > 0 ? t('activity.andMore', { listed, count: rest }) : listed,
      }
    }
    case 'request': {
      const { user, method, subresource } = entry
      const isEdit = subresource === undefined && (method === 'PATCH' || method === 'PUT')
      if (isEdit) return { title: t('activity.edited', { user }) }
      // kubectl's word for what is done to the object itself.
      const request = subresource ?? (method === 'DELETE' ? 'delete' : method)
      return { title: t('activity.request', { user, request }) }
    }
    case 'phase':
      return { title: t('activity.phase', { phase: entry.phase }) }
    case 'condition': {
      const { type, status, about, reason, message } = entry
      return {
        title: t('activity.condition', { type, status, about }),
        detail: message || reason,
      }
    }
    case 'console': {
      const { user, count } = entry
      const title = t('activity.console', {
        user,
        console: t(`consoles.kind.${entry.console}`),
      })
      return { title: count > 1 ? t('activity.repeated', { title, count }) : title }
    }
    case 'migration': {
      const { name, phase, source, target, reason } = entry
      const nodes = source && target && t('activity.nodes', { source, target })
      return {
        title: t('activity.migration', { name, phase }),
        detail: [nodes, reason].filter(Boolean).join(' · '),
      }
    }
    case 'event': {
      const { reason, message, about, count } = entry
      const title = t('activity.event', { reason, about })
      return {
        title: count > 1 ? t('activity.repeated', { title, count }) : title,
        detail: message,
      }
    }
  }
}
