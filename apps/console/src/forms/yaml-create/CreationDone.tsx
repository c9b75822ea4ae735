import { ActionList, ActionListItem, Button, PageSection, Title } from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreationOutcome } from './create-objects.ts'
import { CreationResults } from './CreationResults.tsx'

interface CreationDoneProps {
  outcomes: readonly CreationOutcome[]
  onAgain: () => void
  onDownload: () => void
}

/** In place of the editor when everything is created. */
export function CreationDone({ outcomes, onAgain, onDownload }: CreationDoneProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  // The page changed under the user's fingers: say so to screen readers too.
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Title headingLevel="h1" ref={heading} tabIndex={-1}>
          {t('yaml.results')}
        </Title>
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled>
        <CreationResults outcomes={outcomes} />
      </PageSection>
      <PageSection hasBodyWrapper={false}>
        <ActionList>
          <ActionListItem>
            <Button variant="secondary" onClick={onAgain}>
              {t('yaml.again')}
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button variant="link" onClick={onDownload}>
              {t('yaml.download')}
            </Button>
          </ActionListItem>
        </ActionList>
      </PageSection>
    </>
  )
}
