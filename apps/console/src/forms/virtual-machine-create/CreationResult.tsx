import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  Card,
  CardBody,
  CardTitle,
  Grid,
  GridItem,
  PageSection,
  Stack,
  StackItem,
  Title,
} from '@patternfly/react-core'
import { isVirtualMachine } from '@virtdeck/kubevirt'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { CreatedObjects } from './CreatedObjects.tsx'
import type { ObjectOutcome } from './create-together.ts'
import { CreationProgress } from './CreationProgress.tsx'
import { ObjectOutcomes } from './ObjectOutcomes.tsx'

interface CreationResultProps {
  outcomes: readonly ObjectOutcome[]
  onAgain: () => void
}

/** F-14: the created objects, and how far the VM is. */
export function CreationResult({ outcomes, onAgain }: CreationResultProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  // The page changed under the user's fingers: say so to screen readers too.
  useEffect(() => heading.current?.focus(), [])
  const objects = outcomes.map(({ object }) => object)
  const virtualMachine = objects.find(isVirtualMachine)
  const { name = '', namespace = '' } = virtualMachine?.metadata ?? {}
  const target = { name, namespace }
  return (
    <>
      <PageSection>
        <Title headingLevel="h1" ref={heading} tabIndex={-1}>
          {t('wizard.result.title', { name })}
        </Title>
      </PageSection>
      <PageSection isFilled>
        <Grid hasGutter>
          <GridItem lg={5}>
            <Stack hasGutter>
              <StackItem>
                <Card>
                  <CardTitle component="h2">{t('wizard.result.objects')}</CardTitle>
                  <CardBody>
                    <ObjectOutcomes outcomes={outcomes.toReversed()} />
                  </CardBody>
                </Card>
              </StackItem>
              {virtualMachine && (
                <StackItem isFilled>
                  <Card isFullHeight>
                    <CardTitle component="h2">{t('wizard.result.progress')}</CardTitle>
                    <CardBody>
                      <CreationProgress created={virtualMachine} />
                    </CardBody>
                  </Card>
                </StackItem>
              )}
            </Stack>
          </GridItem>
          <GridItem lg={7}>
            <CreatedObjects objects={objects} />
          </GridItem>
        </Grid>
      </PageSection>
      <PageSection stickyOnBreakpoint={{ default: 'bottom' }}>
        <ActionList>
          <ActionListGroup>
            <ActionListItem>
              <Button onClick={() => void navigate(paths.virtualMachine(target))}>
                {t('wizard.result.open')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <Button
                variant="secondary"
                onClick={() => void navigate(paths.virtualMachineConsoles(target))}
              >
                {t('wizard.result.console')}
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
                onClick={() => void navigate(paths.virtualMachines({ namespace }))}
              >
                {t('virtualMachine.toList')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
        </ActionList>
      </PageSection>
    </>
  )
}
