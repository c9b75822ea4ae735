import { ClipboardCopy, Content, ExpandableSection } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const LINUX = [
  'sudo dnf install -y qemu-guest-agent && sudo systemctl enable --now qemu-guest-agent',
  'sudo apt-get install -y qemu-guest-agent && sudo systemctl enable --now qemu-guest-agent',
]
const WINDOWS = String.raw`msiexec /i E:\guest-agent\qemu-ga-x86_64.msi /qn`

/** There is no guest agent: what that means, and how to get one. */
export function GuestAgentInstructions() {
  const { t } = useTranslation()
  return (
    <>
      <Content component="p">{t('overview.guestAgent.missing')}</Content>
      <ExpandableSection toggleText={t('overview.guestAgent.installLinux')}>
        <Content component="p">{t('overview.guestAgent.linuxHint')}</Content>
        {LINUX.map((command) => (
          <InstallCommand key={command} command={command} />
        ))}
      </ExpandableSection>
      <ExpandableSection toggleText={t('overview.guestAgent.installWindows')}>
        <Content component="p">{t('overview.guestAgent.windowsHint')}</Content>
        <InstallCommand command={WINDOWS} />
      </ExpandableSection>
    </>
  )
}

function InstallCommand({ command }: { command: string }) {
  const { t } = useTranslation()
  return (
    <ClipboardCopy
      isReadOnly
      isCode
      isBlock
      variant="inline-compact"
      hoverTip={t('common.copy')}
      clickTip={t('common.copied')}
      copyAriaLabel={t('common.copyValue', { value: command })}
    >
      {command}
    </ClipboardCopy>
  )
}
