import { PageSection } from '@patternfly/react-core'
import { useVirtualMachine } from '../pages/virtual-machines/virtual-machine-context.ts'
import { chooseConsole, useConsoleChoice } from './console-choice.ts'
import { ConsoleWindowTools } from './ConsoleWindowTools.tsx'
import { VirtualMachineConsole } from './VirtualMachineConsole.tsx'

/** The consoles of a VM on its page. */
export default function ConsolesTab() {
  const context = useVirtualMachine()
  const { namespace = '', name = '' } = context.virtualMachine.metadata ?? {}
  const choice = useConsoleChoice()
  return (
    <PageSection isFilled hasBodyWrapper={false}>
      <VirtualMachineConsole
        {...context}
        choice={choice}
        onChoose={chooseConsole}
        tools={({ kind, onMove }) =>
          context.isInstanceOnly ? null : (
            <ConsoleWindowTools owner={{ namespace, name }} kind={kind} onMove={onMove} />
          )
        }
      />
    </PageSection>
  )
}
