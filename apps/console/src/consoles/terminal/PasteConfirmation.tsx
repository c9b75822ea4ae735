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
import styles from './Terminal.module.css'
import type { TerminalView } from './terminal-view.ts'

interface PasteConfirmationProps {
  display: Pick<TerminalView, 'terminal' | 'pasted' | 'focus'>
  /** In full screen only what is inside of it can be seen. */
  container: HTMLElement | null
}

/** F-42: shows what several pasted lines are before a shell runs them. */
export function PasteConfirmation({ display, container }: PasteConfirmationProps) {
  const { t } = useTranslation()
  const id = useId()
  const text = display.pasted.use()
  if (text === undefined) return null
  const close = () => {
    display.pasted.set(undefined)
    display.focus()
  }
  return (
    <Modal
      isOpen
      variant="medium"
      {...(container && { appendTo: () => container })}
      aria-labelledby={id}
      elementToFocus={`#${CSS.escape(`${id}-paste`)}`}
      onClose={close}
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
        <Button
          id={`${id}-paste`}
          onClick={() => {
            display.terminal.paste(text)
            close()
          }}
        >
          {t('consoles.terminal.paste')}
        </Button>
        <Button variant="link" onClick={close}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
