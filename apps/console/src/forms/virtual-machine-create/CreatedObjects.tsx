import {
  Card,
  CardBody,
  CardTitle,
  Tab,
  Tabs,
  TabTitleText,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toYamlText } from '../manifest-text.ts'
import { ObjectText } from './ObjectText.tsx'
import { toJsonText } from './review-texts.ts'

interface CreatedObjectsProps {
  /** As the server answered; the VM is the last one. */
  objects: readonly KubernetesObject[]
}

/** Each created object as text, the VM first. */
export function CreatedObjects({ objects }: CreatedObjectsProps) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<'JSON' | 'YAML'>('JSON')
  const [chosen, setChosen] = useState<string | number>(0)
  const shown = objects.toReversed()
  return (
    <Card>
      <CardTitle component="h2">{t('wizard.result.object', { count: shown.length })}</CardTitle>
      <CardBody>
        <ToggleGroup aria-label={t('wizard.result.format')}>
          {(['JSON', 'YAML'] as const).map((value) => (
            <ToggleGroupItem
              key={value}
              text={value}
              buttonId={`format-${value}`}
              isSelected={format === value}
              onChange={() => setFormat(value)}
            />
          ))}
        </ToggleGroup>
        {shown.length > 1 ? (
          <Tabs
            aria-label={t('wizard.result.objects')}
            activeKey={chosen}
            mountOnEnter
            unmountOnExit
            onSelect={(_event, key) => setChosen(key)}
          >
            {shown.map((object, index) => {
              const title = `${object.kind} ${object.metadata?.name}`
              return (
                <Tab key={title} eventKey={index} title={<TabTitleText>{title}</TabTitleText>}>
                  <CreatedObject object={object} format={format} />
                </Tab>
              )
            })}
          </Tabs>
        ) : (
          shown.map((object) => (
            <CreatedObject key={object.metadata?.uid} object={object} format={format} />
          ))
        )}
      </CardBody>
    </Card>
  )
}

interface CreatedObjectProps {
  object: KubernetesObject
  format: 'JSON' | 'YAML'
}

function CreatedObject({ object, format }: CreatedObjectProps) {
  const { t } = useTranslation()
  // Who wrote which field is of no interest yet, and longer than all the rest.
  const { managedFields: _, ...metadata } = object.metadata ?? {}
  const objects = [{ ...object, metadata }]
  return (
    <ObjectText
      // An editor of its own: going back must not undo the one into the other.
      key={format}
      label={t('yamlEditor.labelOf', { name: metadata.name ?? '' })}
      format={format}
      text={format === 'YAML' ? toYamlText(objects) : toJsonText(objects)}
    />
  )
}
