import { z } from 'zod'

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
  node: z.string().optional(),
  ipAddresses: z.array(z.string()),
  /** Those that the VM has in its definition: `02:00:00:00:00:01`. */
  macAddresses: z.array(z.string()),
  /** RFC 3339 */
  created: z.string(),
  /** The guest is simulated, not run by a hypervisor. */
  simulated: z.boolean(),
  deleting: z.boolean(),
})
export type VirtualMachineRow = z.infer<typeof virtualMachineRow>
