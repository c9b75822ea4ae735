import type { AccessCheck } from '@virtdeck/bff-contract'
import type { VirtualMachineActionName, VirtualMachineState } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { ComponentType, ReactNode } from 'react'
import type { Toast } from '../../feedback/toasts.ts'
import type { ApiError } from '../../live/api-error.ts'

/** The VM that an action is about; a row of the list is one. */
export interface VirtualMachineTarget extends VirtualMachineState {
  namespace: string
  name: string
  uid: string
}

interface ExplainContext {
  target: VirtualMachineTarget
  t: TFunction
}

/** One thing that can be done to a VM. Texts are under `actions.<name>`. */
export interface VirtualMachineAction {
  name: VirtualMachineActionName
  icon: ComponentType
  isDanger?: boolean
  /** The right that the request needs. */
  access: Omit<AccessCheck, 'namespace' | 'name'>
  run: (target: VirtualMachineTarget) => Promise<void>
  /** In the confirmation, below the question. */
  details?: (target: VirtualMachineTarget) => ReactNode
  /** Better words than the cluster's for failures that are known. */
  explain?: (error: ApiError, context: ExplainContext) => Partial<Toast> | undefined
}
