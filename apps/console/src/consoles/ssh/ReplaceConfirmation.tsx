import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

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
    <Modal isOpen variant="small" appendTo={shownElement} aria-labelledby={id} onClose={onSkip}>
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

/** In full screen only what is inside of it can be seen. */
function shownElement(): HTMLElement {
  const { fullscreenElement } = document
  return fullscreenElement instanceof HTMLElement ? fullscreenElement : document.body
}
