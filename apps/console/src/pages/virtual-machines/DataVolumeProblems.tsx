import { Alert } from '@patternfly/react-core'
import { dataVolumeProblem, type VirtualMachine } from '@virtdeck/kubevirt'
import { useDataVolumes } from './use-data-volumes.ts'

/** Why disks of a VM do not get ready: the VM itself only says that they do not. */
export function DataVolumeProblems({ virtualMachine }: { virtualMachine: VirtualMachine }) {
  return useDataVolumes(virtualMachine).map((dataVolume) => {
    const name = dataVolume.metadata?.name
    const problem = dataVolumeProblem(dataVolume)
    return (
      problem !== undefined && (
        <Alert key={name} isInline variant="danger" title={name} component="p">
          {problem}
        </Alert>
      )
    )
  })
}
