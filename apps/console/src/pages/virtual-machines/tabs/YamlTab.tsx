import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { ObjectYaml } from '../../../yaml-editor/ObjectYaml.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

export default function YamlTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  return (
    <ObjectYaml
      resource={RESOURCES.virtualMachines}
      latest={virtualMachine}
      afterSave={(before, saved) =>
        instance && changesTemplate(before, saved) ? t('yamlEditor.afterRestart') : undefined
      }
    />
  )
}

/** Whether the guest as it runs would differ after a restart. */
const changesTemplate = (a: V1VirtualMachine, b: V1VirtualMachine): boolean =>
  JSON.stringify(a.spec.template) !== JSON.stringify(b.spec?.template)
