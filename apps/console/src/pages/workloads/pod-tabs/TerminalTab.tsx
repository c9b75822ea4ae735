import { FormSelect, FormSelectOption, PageSection, ToolbarItem } from '@patternfly/react-core'
import { TerminalIcon } from '@patternfly/react-icons'
import { containersOf, defaultContainerOf } from '@virtdeck/kubevirt'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExecChoice } from '../../../consoles/exec/exec-sessions.ts'
import { ExecPanel } from '../../../consoles/exec/ExecPanel.tsx'
import { SHELLS, type ShellChoice } from '../../../consoles/exec/shells.ts'
import { ContainerSelect } from '../../../logs/ContainerSelect.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { usePod } from '../pod-context.ts'

/** A shell in one of the pod's containers. */
export default function TerminalTab() {
  const { t } = useTranslation()
  const { pod, isGone, terminals } = usePod()
  const [choice, setChoice] = useState<ExecChoice>(() => ({
    container: defaultContainerOf(pod),
    shell: 'auto',
  }))
  const { container, shell } = choice
  const session = terminals.use(choice)
  const state = containersOf(pod).find(({ name }) => name === container)?.state
  const canOpen = state === 'running' && !isGone
  useEffect(() => {
    if (canOpen) terminals.open({ container, shell })
  }, [terminals, container, shell, canOpen])

  const choices = (
    <>
      <ToolbarItem>
        <ContainerSelect
          pod={pod}
          value={container}
          onChange={(name) => setChoice({ ...choice, container: name })}
          withoutInit
        />
      </ToolbarItem>
      <ToolbarItem>
        <FormSelect
          aria-label={t('pod.terminal.shell')}
          value={shell}
          onChange={(_event, value) => setChoice({ ...choice, shell: value as ShellChoice })}
        >
          {SHELLS.map((each) => (
            <FormSelectOption
              key={each}
              value={each}
              label={each === 'auto' ? t('pod.terminal.autoShell') : each}
            />
          ))}
        </FormSelect>
      </ToolbarItem>
    </>
  )
  if (!session && !canOpen) {
    return (
      <PageSection hasBodyWrapper={false} isFilled>
        <EmptyContent
          icon={TerminalIcon}
          title={t('pod.terminal.notRunning', { container })}
          actions={
            <ContainerSelect
              pod={pod}
              value={container}
              onChange={(name) => setChoice({ ...choice, container: name })}
              withoutInit
            />
          }
        >
          {t('pod.terminal.notRunningBody')}
        </EmptyContent>
      </PageSection>
    )
  }
  if (!session) return <Loading />
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <ExecPanel
        key={`${container}/${shell}`}
        session={session}
        container={container}
        onTryAnotherShell={
          shell === 'auto' ? undefined : () => setChoice({ container, shell: 'auto' })
        }
      >
        {choices}
      </ExecPanel>
    </PageSection>
  )
}
