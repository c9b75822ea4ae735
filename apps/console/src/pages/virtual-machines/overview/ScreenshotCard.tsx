import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../paths.ts'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import styles from './ScreenshotCard.module.css'
import { useScreenshot } from './use-screenshot.ts'

/** A small picture of the screen that leads to the console; nothing where there is none. */
export function ScreenshotCard(context: VirtualMachineContext) {
  const { virtualMachine, instance, isInstanceOnly = false } = context
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const isRunning = instance?.status?.phase === 'Running'
  const picture = useScreenshot({ namespace, name, isRunning })
  if (picture === undefined) return null
  const consoles = isInstanceOnly
    ? paths.virtualMachineInstanceConsoles
    : paths.virtualMachineConsoles
  return (
    <Card>
      <CardTitle component="h2">{t('overview.screenshot.title')}</CardTitle>
      <CardBody>
        <Link className={styles['link']} to={consoles({ namespace, name })}>
          <Picture picture={picture} label={t('overview.screenshot.picture', { name })} />
          {t('overview.screenshot.open')}
        </Link>
      </CardBody>
    </Card>
  )
}

/** The old picture stays until the new one is there. */
function Picture({ picture, label }: { picture: Blob; label: string }) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const url = URL.createObjectURL(picture)
    if (image.current) image.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [picture])
  return <img ref={image} className={styles['picture']} alt={label} />
}
