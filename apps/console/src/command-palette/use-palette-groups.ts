import { ListIcon, VirtualMachineIcon } from '@patternfly/react-icons'
import type { VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { NAVIGATION } from '../layouts/navigation.ts'
import { useProject } from '../layouts/use-project.ts'
import { useLiveQuery } from '../live/use-live-query.ts'
import { paths } from '../paths.ts'
import { matchingEntries, type PaletteEntry, type PaletteGroup } from './palette-entries.ts'

const MAX_VIRTUAL_MACHINES = 8

/** What there is to choose from: actions, VMs of all projects by name, and pages. */
export function usePaletteGroups(
  text: string,
  actions: PaletteGroup | undefined,
): readonly PaletteGroup[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const namespace = useProject()
  const search = text.trim()
  const { data } = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    ...(search !== '' && { search }),
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: MAX_VIRTUAL_MACHINES,
  })
  const pages: PaletteEntry[] = NAVIGATION.flatMap(({ entries }) =>
    entries.map(({ label, to }) => ({
      id: `page-${label}`,
      label: t(label),
      icon: ListIcon,
      onChoose: () => void navigate(to({ namespace })),
    })),
  )
  const create: PaletteEntry = {
    id: 'page-create',
    label: t('palette.create'),
    icon: ListIcon,
    onChoose: () => void navigate(paths.virtualMachineCreate({ namespace })),
  }
  const groups: PaletteGroup[] = [
    ...(actions ? [{ ...actions, entries: matchingEntries(actions.entries, search) }] : []),
    {
      id: 'virtual-machines',
      label: t('virtualMachine.list.title'),
      entries: (data?.rows ?? []).map((row) => ({
        id: `vm-${row.key}`,
        label: row.name,
        hint: row.namespace,
        icon: VirtualMachineIcon,
        onChoose: () => void navigate(paths.virtualMachine(row)),
      })),
    },
    {
      id: 'pages',
      label: t('palette.pages'),
      entries: matchingEntries([...pages, create], search),
    },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}
