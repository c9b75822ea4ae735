import {
  Button,
  CodeBlock,
  CodeBlockCode,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownElement } from '../use-shown-element.ts'
import styles from './Terminal.module.css'

interface PasteConfirmationProps {
  text: string
  onPaste: () => void
  onClose: () => void
}

/** F-42: shows what several pasted lines are before a shell runs them. */
export function PasteConfirmation({ text, onPaste, onClose }: PasteConfirmationProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <Modal
      isOpen
      variant="medium"
      appendTo={useShownElement()}
      aria-labelledby={id}
      elementToFocus={`#${CSS.escape(`${id}-paste`)}`}
      onClose={onClose}
    >
      <ModalHeader
        title={t('consoles.terminal.pasteTitle', {
          count: text.trimEnd().split(/\r\n?|\n/).length,
        })}
        description={t('consoles.terminal.pasteBody')}
        labelId={id}
      />
      <ModalBody tabIndex={0} aria-label={t('consoles.paste.text')}>
        <CodeBlock className={styles['pasted'] ?? ''}>
          <CodeBlockCode>{text}</CodeBlockCode>
        </CodeBlock>
      </ModalBody>
      <ModalFooter>
        <Button id={`${id}-paste`} onClick={onPaste}>
          {t('consoles.terminal.paste')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
