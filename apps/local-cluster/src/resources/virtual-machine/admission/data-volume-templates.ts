import type { V1DataVolumeTemplateSpec as Template } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, type MachineSpec } from './cause.ts'

export function dataVolumeTemplateRules(field: string, spec: MachineSpec): StatusCause[] {
  const volumes = spec.template.spec?.volumes ?? []
  return (spec.dataVolumeTemplates ?? []).flatMap((template, index) => {
    const at = `${field}.dataVolumeTemplate[${index}]`
    const problem = templateProblem(at, template)
    if (problem) return [problem]
    const name = template.metadata?.name
    const referenced = volumes.some(
      ({ dataVolume, persistentVolumeClaim }) =>
        dataVolume?.name === name || persistentVolumeClaim?.claimName === name,
    )
    if (referenced) return []
    const message = `DataVolumeTemplate entry ${at} must be referenced in the VMI template's 'volumes' list`
    return [cause(at, message, 'FieldValueRequired')]
  })
}

function templateProblem(at: string, { metadata, spec }: Template): StatusCause | undefined {
  if (!metadata?.name) {
    const message = `'name' field must not be empty for DataVolumeTemplate entry ${at}.name.`
    return cause(`${at}.name`, message, 'FieldValueRequired')
  }
  const { pvc, storage, source, sourceRef } = spec
  if (!pvc && !storage) {
    return cause(`${at}.PVC.Storage`, 'Missing Data volume PVC or Storage')
  }
  if (pvc && storage) {
    const message = 'Duplicate storage definition, both target storage and target pvc defined'
    return cause(`${at}.PVC.Storage`, message)
  }
  const target = pvc ?? storage
  const populated = target?.dataSource ?? target?.dataSourceRef
  if (populated && (source || sourceRef)) {
    const message = 'External population is incompatible with Source and SourceRef'
    return cause(`${at}.source`, message)
  }
  if (!populated && !source && !sourceRef) {
    const message =
      'Data volume should have either Source, SourceRef, or be externally populated'
    return cause(`${at}.source.sourceRef`, message)
  }
  const sources = Object.values(source ?? {}).filter(Boolean).length
  if (source && sources === 0) return cause(`${at}.source`, 'Missing dataVolume valid source')
  return sources > 1 ? cause(`${at}.source`, 'Multiple dataVolume sources') : undefined
}
