import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { ConsoleChoice } from './console-choice.ts'
import { LiveVirtualMachineConsole } from './LiveVirtualMachineConsole.tsx'
import styles from './ConsoleWindowPage.module.css'

/** F-41: a console that has a window to itself. */
export default function ConsoleWindowPage() {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = useParams()
  const [parameters] = useSearchParams()
  const kind = parameters.get('kind')
  const [choice, setChoice] = useState<ConsoleChoice>({
    kind: kind === 'serial' ? 'serial' : 'vnc',
    ...((kind === 'rdp' || kind === 'ssh') && { desktop: kind }),
    disconnectBeforeSwitching: true,
  })
  const title = t('consoles.window.title', { name, namespace })
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className={styles['window']}>
      <h1 className="pf-v6-screen-reader">{title}</h1>
      <LiveVirtualMachineConsole
        owner={{ namespace, name }}
        choice={choice}
        onChoose={(change) => setChoice({ ...choice, ...change })}
      />
    </main>
  )
}
