import { Content } from '@patternfly/react-core'
import styles from './TwoLines.module.css'

/** A value with a lesser one below it: cards are narrow. */
export function TwoLines({ first, second }: { first: string; second?: string | undefined }) {
  return (
    <>
      <div className={styles['first']}>{first}</div>
      {second && (
        <Content component="small" className={styles['second'] ?? ''}>
          {second}
        </Content>
      )}
    </>
  )
}
