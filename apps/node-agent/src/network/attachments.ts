import { RESOURCES, type KubernetesClient, type KubernetesObject } from '@virtdeck/kubernetes'
import type { GuestInterface } from '../guest-spec.ts'

/** A bridge as a NetworkAttachmentDefinition describes it. */
export interface Bridge {
  /** Networks of the same name are one, whichever definition they come from. */
  segment: string
  /** Frames must come from the address of their interface. */
  checkSender: boolean
  /** The file that guests boot from when this network has a boot server. */
  bootFile?: string
}

interface Definition extends KubernetesObject {
  spec?: { config?: string }
}

/** A CNI configuration, or one plug-in of a list. */
interface CniConfiguration {
  type?: string
  name?: string
  bridge?: string
  vlan?: number
  master?: string
  macspoofchk?: boolean
  plugins?: CniConfiguration[]
}

/** Gives a network a boot server, which serves this file and what it refers to. */
const BOOT_ANNOTATION = 'virtdeck.io/netboot'
/** What the bridge plug-in itself falls back to. */
const DEFAULT_BRIDGE = 'cni0'
const LONGEST_NAME = 200

/** Completes the interfaces on bridges with what their networks' definitions say. */
export function resolveAttachments(
  client: KubernetesClient,
  interfaces: GuestInterface[],
): Promise<GuestInterface[]> {
  const resolve = async (nic: GuestInterface): Promise<GuestInterface> => {
    const { network } = nic
    if (network.kind !== 'bridge') return nic
    const [namespace = '', name = ''] = network.attachment.split('/')
    const resource = RESOURCES.networkAttachmentDefinitions
    const definition = await client.get<Definition>(resource, { namespace, name })
    return { ...nic, network: { ...network, bridge: bridgeOf(definition) } }
  }
  return Promise.all(interfaces.map(resolve))
}

/** Throws if this node has no such networks. */
export function bridgeOf({ metadata, spec }: Definition): Bridge {
  const { namespace = '', name = '', annotations } = metadata ?? {}
  const title = `network ${namespace}/${name}`
  const configuration = parse(spec?.config ?? '', title)
  const segment = segmentOf(configuration, title)
  if (segment.length > LONGEST_NAME) throw new Error(`${title}: its name is too long`)
  const bootFile = annotations?.[BOOT_ANNOTATION]
  return {
    segment,
    checkSender: configuration.macspoofchk === true,
    ...(bootFile && { bootFile }),
  }
}

function parse(text: string, title: string): CniConfiguration {
  let configuration: CniConfiguration
  try {
    configuration = JSON.parse(text) as CniConfiguration
  } catch {
    throw new Error(`${title}: its CNI configuration is not JSON`)
  }
  // In a list the first one makes the interface, the others tune it.
  const [first] = configuration.plugins ?? []
  return first
    ? { ...(configuration.name && { name: configuration.name }), ...first }
    : configuration
}

/** What is one network in a real cluster is one here: bridge and VLAN, or the overlay's name. */
function segmentOf(configuration: CniConfiguration, title: string): string {
  const { type, bridge, vlan, name, master } = configuration
  switch (type) {
    case 'bridge':
    case 'cnv-bridge':
    case 'ovs':
      return `bridge/${bridge ?? DEFAULT_BRIDGE}${vlan ? `.${vlan}` : ''}`
    case 'macvlan':
    case 'ipvlan':
      return `${type}/${master ?? ''}`
    case 'ovn-k8s-cni-overlay':
      return `overlay/${name ?? ''}`
    default:
      throw new Error(`${title}: failed to find plugin "${type ?? ''}" on this node`)
  }
}
