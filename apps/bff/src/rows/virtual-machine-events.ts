import type { LiveQuery, ObjectRow } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { openPage, type OpenQuery, type OpenQueryOptions } from './open-page.ts'
import { newestEventFirst } from './query-plans.ts'

type EventsQuery = Extract<LiveQuery, { kind: 'virtualMachineEvents' }>

interface Involved {
  kind?: string
  name?: string
}

/** Generated names keep this much of their base. */
const GENERATED_BASE_LENGTH = 58

/** The events of a VM and of everything that exists because of it, newest first. */
export function openVirtualMachineEvents(options: OpenQueryOptions<EventsQuery>): OpenQuery {
  const { query, session, sources } = options
  const { namespace, name, offset, limit } = query
  let disks = new Set<string>()
  const events = sources.objects(session.credentials, {
    resource: RESOURCES.events,
    scope: namespace,
  })
  const page = openPage<ObjectRow>({
    ...options,
    source: events,
    offset,
    limit,
    filter: {
      key: JSON.stringify(['events', name]),
      matches: (row) => concerns(involvedIn(row), name, disks),
      compare: newestEventFirst,
    },
  })
  // Which DataVolumes are the VM's only the VM says; without it the rest is still right.
  const virtualMachine = sources.objects(session.credentials, {
    resource: RESOURCES.virtualMachines,
    fieldSelector: `metadata.name=${name}`,
    scope: namespace,
  })
  const readDisks = () => {
    const [row] = virtualMachine.value.table.rows()
    if (!row) return
    const found = diskNames(row.object)
    if (found.size === disks.size && [...found].every((disk) => disks.has(disk))) return
    disks = found
    page.refilter()
  }
  const stopListening = virtualMachine.value.table.listen(readDisks)
  readDisks()
  return {
    dispose: () => {
      stopListening()
      virtualMachine.release()
      page.dispose()
    },
  }
}

const involvedIn = ({ object }: ObjectRow): Involved =>
  (object as { involvedObject?: Involved }).involvedObject ?? {}

function concerns(involved: Involved, name: string, disks: ReadonlySet<string>): boolean {
  const involvedName = involved.name ?? ''
  switch (involved.kind) {
    case 'VirtualMachine':
    case 'VirtualMachineInstance':
      return involvedName === name
    case 'Pod': {
      const base = `virt-launcher-${name}-`.slice(0, GENERATED_BASE_LENGTH)
      return involvedName.startsWith(base) && involvedName.length === base.length + 5
    }
    case 'DataVolume':
    case 'PersistentVolumeClaim':
      return disks.has(involvedName)
    default:
      return false
  }
}

interface VirtualMachineDisks {
  spec?: {
    template?: {
      spec?: {
        volumes?: {
          dataVolume?: { name?: string }
          persistentVolumeClaim?: { claimName?: string }
        }[]
      }
    }
  }
}

/** DataVolumes and claims; a claim has the name of its DataVolume. */
function diskNames(object: ObjectRow['object']): Set<string> {
  const volumes = (object as VirtualMachineDisks).spec?.template?.spec?.volumes ?? []
  return new Set(
    volumes.flatMap(
      ({ dataVolume, persistentVolumeClaim }) =>
        dataVolume?.name ?? persistentVolumeClaim?.claimName ?? [],
    ),
  )
}
