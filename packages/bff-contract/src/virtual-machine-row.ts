import { z } from 'zod'

/** The pod network in `networks`; NetworkAttachmentDefinitions cannot be called so. */
export const POD_NETWORK_NAME = 'Pod network'

/** One line of the list of virtual machines: VM, VMI and launcher pod joined by the BFF. */
export const virtualMachineRow = z.object({
  /** `namespace/name` */
  key: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  /** KubeVirt's printableStatus, such as Running or ErrImagePull. */
  status: z.string(),
  /** In words why the status is what it is, where the cluster says (a condition's message). */
  statusMessage: z.string().optional(),
  runStrategy: z.string(),
  /** Those that say something: a restart is needed, no other node can take it, an agent answers. */
  conditions: z.array(
    z.object({ type: z.string(), status: z.string(), message: z.string().optional() }),
  ),
  node: z.string().optional(),
  ipAddresses: z.array(z.string()),
  /** Those that the VM has in its definition: `02:00:00:00:00:01`. */
  macAddresses: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  /** The template that it was made from. */
  template: z.string().optional(),
  /** What the guest agent says, or what was chosen at creation. */
  operatingSystem: z.string().optional(),
  /** Of its disks. */
  storageClasses: z.array(z.string()),
  /** NetworkAttachmentDefinitions, and {@link POD_NETWORK_NAME}. */
  networks: z.array(z.string()),
  cpus: z.number(),
  /** Bytes that the guest sees. */
  memory: z.number().optional(),
  /** RFC 3339 */
  created: z.string(),
  /** The guest is simulated, not run by a hypervisor. */
  simulated: z.boolean(),
  deleting: z.boolean(),
  // What else the rules of actions look at (VirtualMachineState in packages/kubevirt).
  migrationRefusal: z.string().optional(),
  deafToReboot: z.boolean().optional(),
  hasLivenessProbe: z.boolean().optional(),
  snapshotInProgress: z.boolean().optional(),
  needsRecovery: z.boolean().optional(),
})
export type VirtualMachineRow = z.infer<typeof virtualMachineRow>

/** What lists of virtual machines can be narrowed by, besides a search. */
export const virtualMachineFacet = z.enum([
  'status',
  'node',
  'template',
  'operatingSystem',
  'label',
  'namespace',
  'storageClass',
  'network',
])
export type VirtualMachineFacet = z.infer<typeof virtualMachineFacet>

/** A value that a facet has, and how many virtual machines have it. */
export const facetRow = z.object({
  /** The value: `Running`, `node01`, `app=shop`. */
  key: z.string(),
  count: z.number().int(),
})
export type FacetRow = z.infer<typeof facetRow>
