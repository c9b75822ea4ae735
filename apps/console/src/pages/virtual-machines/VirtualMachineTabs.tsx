import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { LinkTabs, type LinkTab } from '../../ui/LinkTabs.tsx'

const TABS: readonly LinkTab[] = [
  { label: 'virtualMachine.tabs.overview', to: paths.virtualMachine },
  { label: 'virtualMachine.tabs.configuration', to: paths.virtualMachineConfiguration },
  { label: 'virtualMachine.tabs.yaml', to: paths.virtualMachineYaml },
  { label: 'virtualMachine.tabs.consoles', to: paths.virtualMachineConsoles },
  { label: 'virtualMachine.tabs.disks', to: paths.virtualMachineDisks },
  {
    label: 'virtualMachine.tabs.networkInterfaces',
    to: paths.virtualMachineNetworkInterfaces,
  },
  { label: 'virtualMachine.tabs.snapshots', to: paths.virtualMachineSnapshots },
  { label: 'virtualMachine.tabs.events', to: paths.virtualMachineEvents },
  { label: 'virtualMachine.tabs.logs', to: paths.virtualMachineLogs },
  { label: 'virtualMachine.tabs.activity', to: paths.virtualMachineActivity },
]

/** The element that shows the chosen tab. */
export const TAB_PANEL_ID = 'virtual-machine-tab'

export function VirtualMachineTabs(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  return (
    <LinkTabs
      label={t('virtualMachine.tabs.label')}
      tabs={TABS}
      panelId={TAB_PANEL_ID}
      target={target}
    />
  )
}
