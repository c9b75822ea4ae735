import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '../types.ts'

/** A value that the objects of a template leave open; `${NAME}` in their texts stands for it. */
export interface TemplateParameter {
  name: string
  value?: string
  displayName?: string
  description?: string
  /** `expression`: a value is made up from the pattern in `from`. */
  generate?: string
  from?: string
  required?: boolean
}

/**
 * OpenShift's Template (template.openshift.io/v1): flat, objects and parameters stand beside
 * the metadata. The published types have `labels` as a list, which no cluster answers.
 */
export interface Template extends KubernetesObject {
  objects?: KubernetesObject[]
  parameters?: TemplateParameter[]
  /** Added to every object that the template makes. */
  labels?: Record<string, string>
  message?: string
}

export const isVirtualMachine = (object: KubernetesObject): object is VirtualMachine =>
  object.kind === 'VirtualMachine' && (object.apiVersion ?? '').startsWith('kubevirt.io/')

/** The VM that a template makes, its parameters still open. */
export const virtualMachineOf = (template: Template): VirtualMachine | undefined =>
  template.objects?.find(isVirtualMachine)
