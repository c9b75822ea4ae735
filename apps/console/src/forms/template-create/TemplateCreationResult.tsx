import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  PageSection,
  Title,
} from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import type { ObjectOutcome } from '../virtual-machine-create/create-together.ts'
import { CreatedObjects } from '../virtual-machine-create/CreatedObjects.tsx'

interface TemplateCreationResultProps {
  outcomes: readonly ObjectOutcome[]
  onAgain: () => void
}

/** F-14 for templates: there is nothing to wait for, only what one would do next. */
export function TemplateCreationResult({ outcomes, onAgain }: TemplateCreationResultProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  // The page changed under the user's fingers: say so to screen readers too.
  useEffect(() => heading.current?.focus(), [])
  const objects = outcomes.map(({ object }) => object)
  const { name = '', namespace = '' } = objects[0]?.metadata ?? {}
  return (
    <>
      <PageSection>
        <Title headingLevel="h1" ref={heading} tabIndex={-1}>
          {t('template.create.done', { name })}
        </Title>
      </PageSection>
      <PageSection isFilled>
        <CreatedObjects objects={objects} />
      </PageSection>
      <PageSection stickyOnBreakpoint={{ default: 'bottom' }}>
        <ActionList>
          <ActionListGroup>
            <ActionListItem>
              <Button onClick={() => void navigate(paths.template({ namespace, name }))}>
                {t('template.create.open')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <Button
                variant="secondary"
                onClick={() =>
                  void navigate(
                    paths.virtualMachineCreate({ namespace, template: `${namespace}/${name}` }),
                  )
                }
              >
                {t('template.actions.create')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
          <ActionListGroup>
            <ActionListItem>
              <Button variant="link" onClick={onAgain}>
                {t('wizard.result.again')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <Button
                variant="link"
                onClick={() => void navigate(paths.templates({ namespace }))}
              >
                {t('template.toList')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
        </ActionList>
      </PageSection>
    </>
  )
}
