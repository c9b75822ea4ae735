import { RESOURCES } from '@virtdeck/kubernetes'
import { Loading } from '../../../ui/Loading.tsx'
import { ObjectYaml } from '../../../yaml-editor/ObjectYaml.tsx'
import { useVirtualMachine } from '../../virtual-machines/virtual-machine-context.ts'

/** Metadata can be changed; what else KubeVirt refuses, it says. */
export default function YamlTab() {
  const { instance } = useVirtualMachine()
  if (!instance) return <Loading />
  return <ObjectYaml resource={RESOURCES.virtualMachineInstances} latest={instance} />
}
