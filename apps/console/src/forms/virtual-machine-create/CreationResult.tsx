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
  Title,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { YamlEditor } from '../../yaml-editor/YamlEditor.tsx'
import { toYamlText } from '../manifest-text.ts'
import { CreationProgress } from './CreationProgress.tsx'
import styles from './ReviewStep.module.css'

interface CreationResultProps {
  /** As the server answered. */
  created: VirtualMachine
  onAgain: () => void
}

/** F-14: the created object, and how far the VM is. */
export function CreationResult({ created, onAgain }: CreationResultProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  // The page changed under the user's fingers: say so to screen readers too.
  useEffect(() => heading.current?.focus(), [])
  const { name = '', namespace = '' } = created.metadata ?? {}
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
            <Card isFullHeight>
              <CardTitle component="h2">{t('wizard.result.progress')}</CardTitle>
              <CardBody>
                <CreationProgress created={created} />
              </CardBody>
            </Card>
          </GridItem>
          <GridItem lg={7}>
            <CreatedObject created={created} />
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

function CreatedObject({ created }: { created: VirtualMachine }) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<'yaml' | 'json'>('yaml')
  const { managedFields: _, ...metadata } = created.metadata ?? {}
  const object = { ...created, metadata }
  // JSON is YAML: the same editor shows both.
  const text = format === 'yaml' ? toYamlText([object]) : JSON.stringify(object, null, 2)
  return (
    <Card>
      <CardTitle component="h2">{t('wizard.result.object')}</CardTitle>
      <CardBody>
        <ToggleGroup aria-label={t('wizard.result.format')}>
          {(['yaml', 'json'] as const).map((value) => (
            <ToggleGroupItem
              key={value}
              text={value.toUpperCase()}
              buttonId={`format-${value}`}
              isSelected={format === value}
              onChange={() => setFormat(value)}
            />
          ))}
        </ToggleGroup>
        <div className={styles['panel']}>
          <YamlEditor
            key={format}
            label={t('yamlEditor.labelOf', { name: metadata.name ?? '' })}
            value={text}
            isReadOnly
          />
        </div>
      </CardBody>
    </Card>
  )
}
