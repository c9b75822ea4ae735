import { lazy, Suspense } from 'react'
import { Loading } from '../ui/Loading.tsx'
import styles from './YamlEditor.module.css'

export interface YamlDiffProps {
  /** The name for screen readers. */
  label: string
  before: string
  after: string
}

const MonacoDiff = lazy(async () => ({
  default: (await import('./MonacoDiff.tsx')).MonacoDiff,
}))

/** What differs between two texts, beside each other. It is loaded when it is first shown. */
export function YamlDiff(props: YamlDiffProps) {
  return (
    <div className={styles['frame']}>
      <Suspense fallback={<Loading />}>
        <MonacoDiff {...props} />
      </Suspense>
    </div>
  )
}
