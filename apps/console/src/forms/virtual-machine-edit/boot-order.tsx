import { Checkbox, Content, Label } from '@patternfly/react-core'
import { DragDropContainer, Droppable, type DraggableObject } from '@patternfly/react-drag-drop'
import { bootOrderItem, type BootDevice, type BootOrderValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import styles from './boot-order.module.css'
import { editDialog } from './EditDialog.tsx'

const ZONE = 'boot-order'

/** A disk and a NIC may have the same name. */
const idOf = ({ kind, name }: BootDevice): string => `${kind}/${name}`
const nameOf = (id: string | number): string => String(id).replace(/^[^/]*\//, '')

function BootOrderFields() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<BootOrderValues>()
  const devices = watch('devices')
  const accessibility = useSpokenDragging(devices.map(idOf))
  if (devices.length === 0) return t('configuration.bootOrder.none')
  const items = devices.map((device, index): DraggableObject => {
    const { name, kind, isTried } = device
    const change = (checked: boolean) =>
      setValue(
        'devices',
        devices.map((other, at) => (at === index ? { ...other, isTried: checked } : other)),
      )
    return {
      id: idOf(device),
      props: {
        className: styles['device'],
        useDragButton: true,
        dragButtonAriaLabel: t('configuration.bootOrder.handle', { name }),
      },
      content: (
        <>
          <Checkbox
            id={`boot-${idOf(device)}`}
            aria-label={t('configuration.bootOrder.tried', { name })}
            isChecked={isTried}
            onChange={(_event, checked) => change(checked)}
          />
          <span>{name}</span>
          <Label isCompact variant="outline">
            {t(`configuration.bootOrder.${kind}`)}
          </Label>
        </>
      ),
    }
  })
  return (
    <>
      <Content component="p">{t('configuration.bootOrder.hint')}</Content>
      <DragDropContainer
        variant="default"
        items={{ [ZONE]: items }}
        accessibility={accessibility}
        onDrop={(_event, zones) => {
          const order = (zones[ZONE] ?? []).map(({ id }) => id)
          setValue(
            'devices',
            devices.toSorted(
              (one, other) => order.indexOf(idOf(one)) - order.indexOf(idOf(other)),
            ),
          )
        }}
      >
        <Droppable id={ZONE} items={items} />
      </DragDropContainer>
    </>
  )
}

type Dragged = { active: { id: string | number }; over?: { id: string | number } | null }

/** What a screen reader says while a device is moved; the library speaks English only. */
function useSpokenDragging(order: readonly (string | number)[]) {
  const { t } = useTranslation()
  const place = ({ active, over }: Dragged) => ({
    name: nameOf(active.id),
    place: order.indexOf((over ?? active).id) + 1,
  })
  return {
    screenReaderInstructions: { draggable: t('configuration.bootOrder.instructions') },
    announcements: {
      onDragStart: (event: Dragged) => t('configuration.bootOrder.pickedUp', place(event)),
      onDragOver: (event: Dragged) => t('configuration.bootOrder.movedOver', place(event)),
      onDragEnd: (event: Dragged) => t('configuration.bootOrder.dropped', place(event)),
      onDragCancel: (event: Dragged) => t('configuration.bootOrder.cancelled', place(event)),
    },
  }
}

export const BootOrderDialog = editDialog({
  subject: 'bootOrder',
  item: bootOrderItem,
  Fields: BootOrderFields,
  effect: 'restart',
})
