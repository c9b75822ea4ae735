import { RESOURCES } from '@virtdeck/kubernetes'
import { ObjectYaml } from '../../../yaml-editor/ObjectYaml.tsx'
import { useTemplatePage } from '../template-context.ts'

export default function YamlTab() {
  const { template } = useTemplatePage()
  return <ObjectYaml resource={RESOURCES.templates} latest={template} />
}
