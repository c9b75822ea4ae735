import {
  Alert,
  Button,
  ClipboardCopy,
  Content,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  List,
  ListItem,
  Stack,
  StackItem,
  Title,
  Toolbar,
  ToolbarContent,
} from '@patternfly/react-core'
import { interfacesOf } from '@virtdeck/kubevirt'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { VirtualMachineContext } from '../../pages/virtual-machines/virtual-machine-context.ts'
import { Command } from '../../ui/Command.tsx'
import { DetailsList } from '../../ui/DetailsList.tsx'
import { downloadText } from '../../yaml-editor/download-text.ts'
import '../consoles.css'
import { guestAvailability } from '../guest-availability.ts'
import { missingForRdp } from './missing-for-rdp.ts'
import { rdpFile, virtViewerFile } from './viewer-files.ts'

interface DesktopViewerProps extends Pick<
  VirtualMachineContext,
  'virtualMachine' | 'instance'
> {
  startButton: ReactNode
  /** The choice of the console. */
  switcher: ReactNode
}

/** F-43: what programs on the user's own computer need to show the desktop. */
export function DesktopViewer(props: DesktopViewerProps) {
  const { virtualMachine, instance, startButton, switcher } = props
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const interfaces = interfacesOf(virtualMachine, instance)
  const [chosenName, setChosenName] = useState<string>()
  const chosen =
    interfaces.find((nic) => nic.name === chosenName) ??
    interfaces.find(({ network }) => network !== undefined) ??
    interfaces[0]
  const address = chosen?.ipAddresses[0]
  const missing = missingForRdp({ virtualMachine, instance }, { interfaces, chosen })
  const download = (file: string, type: string, text: string) =>
    downloadText(file, new Blob([text], { type }))

  return (
    <section className="virtdeck-console" aria-label={t('consoles.title')}>
      <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
        <ToolbarContent>{switcher}</ToolbarContent>
      </Toolbar>
      <div className="virtdeck-console__body">
        <div className="virtdeck-console__page">
          <Stack hasGutter>
            <StackItem>
              <Content component="p">{t('rdp.viewer.intro')}</Content>
            </StackItem>
            {missing.length > 0 && (
              <StackItem>
                <Alert
                  variant="warning"
                  isInline
                  title={t('rdp.viewer.missingTitle')}
                  actionLinks={
                    guestAvailability({ virtualMachine, instance }) === 'stopped' && startButton
                  }
                >
                  <List>
                    {missing.map((each) => (
                      <ListItem key={each}>{t(`rdp.viewer.missing.${each}`)}</ListItem>
                    ))}
                  </List>
                </Alert>
              </StackItem>
            )}
            <StackItem>
              <Title headingLevel="h2" size="lg">
                {t('rdp.viewer.rdpTitle')}
              </Title>
            </StackItem>
            <StackItem>
              <Form isWidthLimited onSubmit={(event) => event.preventDefault()}>
                <FormGroup label={t('rdp.viewer.interface')} fieldId="viewer-interface">
                  <FormSelect
                    id="viewer-interface"
                    value={chosen?.name ?? ''}
                    isDisabled={interfaces.length === 0}
                    onChange={(_event, value) => setChosenName(value)}
                  >
                    {interfaces.map((nic) => (
                      <FormSelectOption
                        key={nic.name}
                        value={nic.name}
                        label={`${nic.name} – ${nic.ipAddresses[0] ?? t('rdp.viewer.noAddress')}`}
                      />
                    ))}
                  </FormSelect>
                </FormGroup>
              </Form>
            </StackItem>
            <StackItem>
              <DetailsList
                details={[
                  {
                    term: t('rdp.viewer.address'),
                    value: address && <Copyable text={address} />,
                  },
                  { term: t('rdp.viewer.port'), value: '3389' },
                ]}
              />
            </StackItem>
            <StackItem>
              <Button
                isDisabled={address === undefined}
                onClick={() =>
                  address !== undefined &&
                  download('console.rdp', 'application/x-rdp', rdpFile(address))
                }
              >
                {t('rdp.viewer.launch')}
              </Button>
            </StackItem>
            <StackItem>
              <Content component="p">{t('rdp.viewer.rdpHelp')}</Content>
              <Command
                label={t('rdp.viewer.forwardHelp')}
                command={`virtctl port-forward vmi/${name} -n ${namespace} 3389:3389`}
              />
            </StackItem>
            <StackItem>
              <Title headingLevel="h2" size="lg">
                {t('rdp.viewer.vncTitle')}
              </Title>
            </StackItem>
            <StackItem>
              <Command
                label={t('rdp.viewer.vncHelp')}
                command={`virtctl vnc ${name} -n ${namespace} --proxy-only --port 5900`}
              />
            </StackItem>
            <StackItem>
              <Button
                variant="secondary"
                onClick={() =>
                  download(
                    `${name}.vv`,
                    'application/x-virt-viewer',
                    virtViewerFile(`${namespace}/${name}`),
                  )
                }
              >
                {t('rdp.viewer.vv', { name })}
              </Button>
            </StackItem>
          </Stack>
        </div>
      </div>
    </section>
  )
}

function Copyable({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <ClipboardCopy
      isReadOnly
      variant="inline-compact"
      hoverTip={t('common.copy')}
      clickTip={t('common.copied')}
      copyAriaLabel={t('common.copyValue', { value: text })}
    >
      {text}
    </ClipboardCopy>
  )
}
