import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { VirtualMachineIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { useLiveObject } from '../live/use-live-query.ts'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Loading } from '../ui/Loading.tsx'
import type { ConsoleChoice } from './console-choice.ts'
import type { ConsoleOwner } from './console-sessions.ts'
import { useConsolesOf } from './virtual-machine-consoles.ts'
import { VirtualMachineConsole } from './VirtualMachineConsole.tsx'

interface LiveVirtualMachineConsoleProps {
  owner: ConsoleOwner
  choice: ConsoleChoice
  onChoose: (change: Partial<ConsoleChoice>) => void
}

/** The consoles of a VM away from its page; they end when this goes. */
export function LiveVirtualMachineConsole(props: LiveVirtualMachineConsoleProps) {
  const { owner, choice, onChoose } = props
  const { t } = useTranslation()
  const virtualMachine = useLiveObject<V1VirtualMachine>(RESOURCES.virtualMachines, owner)
  const instance = useLiveObject<V1VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    owner,
  )
  useConsolesOf(owner, { virtualMachine: virtualMachine.data, instance: instance.data })
  if (virtualMachine.state === 'error' && virtualMachine.error) {
    return <ErrorState error={virtualMachine.error} />
  }
  if (virtualMachine.data === undefined) return <Loading />
  if (virtualMachine.data === null) {
    return (
      <EmptyContent
        icon={VirtualMachineIcon}
        title={t('virtualMachine.missingTitle', { ...owner })}
      >
        {t('virtualMachine.missingBody', { ...owner })}
      </EmptyContent>
    )
  }
  return (
    <VirtualMachineConsole
      virtualMachine={virtualMachine.data}
      instance={instance.data}
      choice={choice}
      onChoose={onChoose}
    />
  )
}
