import type { AccessCheck } from '@virtdeck/bff-contract'
import type {
  DiskFate,
  VirtualMachineActionName,
  VirtualMachineState,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { ComponentType } from 'react'
import type { NavigateFunction } from 'react-router'
import type { Toast } from '../../feedback/toasts.ts'
import type { ApiError } from '../../live/api-error.ts'
import type { BelongingsReader } from './delete/read-belongings.ts'

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

interface ActionBase {
  icon: ComponentType
  /** Menus draw a line between groups. */
  group: 'power' | 'force' | 'move' | 'copy' | 'open' | 'edit' | 'delete'
  isDanger?: boolean
  /** The right that the request needs. */
  access: Omit<AccessCheck, 'namespace' | 'name'>
}

type DialogName =
  | 'editLabels'
  | 'editAnnotations'
  | 'editDescription'
  | 'exposeSsh'
  | 'takeSnapshot'
  | 'clone'
  | 'export'
type ImmediateName = 'openConsole' | 'copySshCommand'

/** Asks, then sends a request. Texts are under `actions.<name>`. */
export interface RequestAction extends ActionBase {
  kind: 'request'
  name: Exclude<VirtualMachineActionName, DialogName | ImmediateName>
  run: (target: VirtualMachineTarget, bulk?: BulkContext) => Promise<void>
  /** Asks in place of the ordinary confirmation where there is more to decide. */
  Dialog?: ComponentType<ActionDialogProps>
  /** Better words than the cluster's for failures that are known. */
  explain?: (error: ApiError, context: ExplainContext) => Partial<Toast> | undefined
}

/** What all VMs of one run in bulk share. */
export interface BulkContext {
  /** The one decision about their disks, where there is one. */
  disks: DiskFate
  readBelongings: BelongingsReader
}

export interface ActionDialogProps {
  target: VirtualMachineTarget
  onClose: () => void
}

/** Opens a dialog that does the rest. */
export interface DialogAction extends ActionBase {
  kind: 'dialog'
  name: DialogName
  Dialog: ComponentType<ActionDialogProps>
}

export interface PerformContext extends ExplainContext {
  navigate: NavigateFunction
}

/** Happens at once: nothing changes in the cluster. */
export interface ImmediateAction extends ActionBase {
  kind: 'immediate'
  name: ImmediateName
  perform: (context: PerformContext) => void | Promise<void>
}

/** One thing that can be done to a VM. */
export type VirtualMachineAction = RequestAction | DialogAction | ImmediateAction
