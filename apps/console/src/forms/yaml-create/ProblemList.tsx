import { Button, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { Position } from './documents.ts'
import type { ShownProblem } from './problem-words.ts'
import styles from './YamlCreatePage.module.css'

interface ProblemListProps {
  problems: readonly ShownProblem[]
  /** Shows a place in the editor. */
  onGoTo: (position: Position) => void
}

/** Problems, each with a way to its place in the text. */
export function ProblemList({ problems, onGoTo }: ProblemListProps) {
  const { t } = useTranslation()
  return (
    <List isPlain className={styles['long'] ?? ''}>
      {problems.map(({ position, message }, index) => (
        // The list never changes once it is there.
        // oxlint-disable-next-line react/no-array-index-key
        <ListItem key={index}>
          {position && (
            <>
              <Button variant="link" isInline onClick={() => onGoTo({ ...position })}>
                {t('yaml.at', { ...position })}
              </Button>
              {': '}
            </>
          )}
          {message}
        </ListItem>
      ))}
    </List>
  )
}
