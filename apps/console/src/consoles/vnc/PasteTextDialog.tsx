import {
  Alert,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Progress,
  TextArea,
} from '@patternfly/react-core'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownElement } from '../use-shown-element.ts'
import { typedText } from './keyboard/typed-text.ts'
import { LayoutSelect } from './LayoutSelect.tsx'
import { typeCharacters } from './type-text.ts'
import type { VncDisplay } from './vnc-display.ts'
import { useVncSettings } from './vnc-settings.ts'

interface PasteTextDialogProps {
  display: VncDisplay
  onClose: () => void
}

/** F-41: types a text into the guest, key by key: VNC has no clipboard without an agent. */
export function PasteTextDialog({ display, onClose }: PasteTextDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { layout } = useVncSettings()
  const guestClipboard = display.guestClipboard.use()
  const [text, setText] = useState('')
  const [typed, setTyped] = useState<number>()
  const abort = useRef(new AbortController())
  const { characters, missing } = useMemo(() => typedText(text, layout), [text, layout])
  const isTyping = typed !== undefined
  // However the dialog ends, nothing goes on typing behind it.
  useEffect(() => () => abort.current.abort(), [])

  async function type(): Promise<void> {
    abort.current = new AbortController()
    const { signal } = abort.current
    await typeCharacters(characters, {
      send: display.sendStroke,
      onProgress: setTyped,
      signal,
    })
    if (!signal.aborted) onClose()
  }

  return (
    <Modal
      isOpen
      variant="small"
      appendTo={useShownElement()}
      aria-labelledby={`${id}-title`}
      elementToFocus={`#${CSS.escape(`${id}-text`)}`}
      onClose={onClose}
    >
      <ModalHeader
        title={t('consoles.paste.title')}
        description={t('consoles.paste.body')}
        labelId={`${id}-title`}
      />
      <ModalBody>
        <Form>
          <FormGroup label={t('consoles.paste.text')} fieldId={`${id}-text`}>
            <TextArea
              id={`${id}-text`}
              value={text}
              onChange={(_event, value) => setText(value)}
              rows={6}
              resizeOrientation="vertical"
              isDisabled={isTyping}
              spellCheck={false}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('consoles.paste.textHint')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <LayoutSelect />
          {missing.length > 0 && (
            <Alert
              isInline
              variant="warning"
              title={t('consoles.paste.missing', { characters: missing.join(' ') })}
            />
          )}
          {isTyping && (
            <Progress
              title={t('consoles.paste.progress')}
              value={typed}
              max={characters.length}
              label={`${typed} / ${characters.length}`}
              measureLocation="top"
            />
          )}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          isDisabled={isTyping || characters.length === 0}
          isLoading={isTyping}
          onClick={() => void type()}
        >
          {t('consoles.paste.type')}
        </Button>
        {guestClipboard !== undefined && (
          <Button
            variant="secondary"
            isDisabled={isTyping || text === ''}
            onClick={() => {
              display.sendClipboard(text)
              onClose()
            }}
          >
            {t('consoles.paste.clipboard')}
          </Button>
        )}
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
