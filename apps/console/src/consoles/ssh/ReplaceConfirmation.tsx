import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownElement } from '../use-shown-element.ts'

interface ReplaceConfirmationProps {
  name: string
  onReplace: () => void
  onSkip: () => void
}

/** Asks before an upload takes the place of a file in the guest. */
export function ReplaceConfirmation(props: ReplaceConfirmationProps) {
  const { name, onReplace, onSkip } = props
  const { t } = useTranslation()
  const id = useId()
  return (
    <Modal
      isOpen
      variant="small"
      appendTo={useShownElement()}
      aria-labelledby={id}
      onClose={onSkip}
    >
      <ModalHeader title={t('ssh.files.replaceTitle', { name })} labelId={id} />
      <ModalBody>{t('ssh.files.replaceBody')}</ModalBody>
      <ModalFooter>
        <Button variant="danger" onClick={onReplace}>
          {t('ssh.files.replace')}
        </Button>
        <Button variant="link" onClick={onSkip}>
          {t('ssh.files.skip')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
