import { Button } from '@patternfly/react-core'
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { usePendingConfirmations } from './confirmations.ts'

export function ConfirmationHost() {
  const { t } = useTranslation()
  return usePendingConfirmations().map((confirmation) => {
    const { id, title, body, confirmLabel, cancelLabel, danger, answer } = confirmation
    return (
      <Modal
        key={id}
        isOpen
        variant="small"
        aria-labelledby={`confirmation-title-${id}`}
        aria-describedby={`confirmation-body-${id}`}
        onClose={() => answer(false)}
      >
        <ModalHeader
          title={title}
          labelId={`confirmation-title-${id}`}
          {...(danger ? { titleIconVariant: 'warning' as const } : {})}
        />
        <ModalBody id={`confirmation-body-${id}`}>{body}</ModalBody>
        <ModalFooter>
          <Button variant={danger ? 'danger' : 'primary'} onClick={() => answer(true)}>
            {confirmLabel}
          </Button>
          <Button variant="link" onClick={() => answer(false)}>
            {cancelLabel ?? t('common.cancel')}
          </Button>
        </ModalFooter>
      </Modal>
    )
  })
}
