import { DropdownItem, DropdownList } from '@patternfly/react-core'
import { CameraIcon } from '@patternfly/react-icons/dist/esm/icons/camera-icon'
import { useTranslation } from 'react-i18next'
import { LongMenu } from '../../ui/LongMenu.tsx'
import { showToast } from '../../feedback/toasts.ts'
import { downloadText } from '../../yaml-editor/download-text.ts'
import type { VncDisplay } from './vnc-display.ts'

interface PictureMenuProps {
  display: VncDisplay
  name: string
  isDisabled: boolean
}

/** F-41: the guest's screen as a file or on the clipboard, and the guest's clipboard. */
export function PictureMenu({ display, name, isDisabled }: PictureMenuProps) {
  const { t } = useTranslation()
  const guestClipboard = display.guestClipboard.use()

  /** Says so when the browser or the guest refuses. */
  async function attempt(work: () => Promise<unknown>, done: string): Promise<void> {
    try {
      await work()
      showToast({ variant: 'success', title: done })
    } catch (error) {
      showToast({
        variant: 'danger',
        title: t('consoles.picture.failed'),
        description: error instanceof Error ? error.message : String(error),
      })
    }
  }

  const save = async () => {
    const moment = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
    downloadText(`${name}-${moment}.png`, await display.takePicture())
  }
  const copy = async () => {
    const picture = await display.takePicture()
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
  }
  const copyText = () => navigator.clipboard.writeText(guestClipboard ?? '')

  return (
    <LongMenu
      popperProps={{ appendTo: 'inline' }}
      toggle={{
        size: 'sm',
        variant: 'plain',
        icon: <CameraIcon />,
        'aria-label': t('consoles.picture.title'),
        isDisabled,
      }}
    >
      <DropdownList>
        <DropdownItem onClick={() => void attempt(save, t('consoles.picture.saved'))}>
          {t('consoles.picture.save')}
        </DropdownItem>
        <DropdownItem onClick={() => void attempt(copy, t('consoles.picture.copied'))}>
          {t('consoles.picture.copy')}
        </DropdownItem>
        <DropdownItem
          isDisabled={guestClipboard === undefined}
          description={
            guestClipboard === undefined ? t('consoles.picture.noClipboard') : undefined
          }
          onClick={() => void attempt(copyText, t('consoles.picture.textCopied'))}
        >
          {t('consoles.picture.copyText')}
        </DropdownItem>
      </DropdownList>
    </LongMenu>
  )
}
