import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { confirm } from './confirmations.ts'

/** While `isDirty`, leaving the page asks first: by a link, by back, or by closing the tab. */
export function useLeaveGuard(isDirty: boolean): void {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void confirm({
      title: t('feedback.leave.title'),
      body: t('feedback.leave.body'),
      confirmLabel: t('feedback.leave.confirm'),
      cancelLabel: t('feedback.leave.stay'),
      danger: true,
    }).then((confirmed) => (confirmed ? blocker.proceed() : blocker.reset()))
  }, [blocker, t])

  useEffect(() => {
    if (!isDirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
}
