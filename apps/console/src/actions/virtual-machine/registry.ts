import type { VirtualMachineAction } from './action.ts'
import { cancelMigration } from './cancel-migration.ts'
import { clone } from './clone/clone.ts'
import { copySshCommand } from './copy-ssh-command.ts'
import { remove } from './delete/delete.ts'
import { editAnnotations } from './edit-annotations.ts'
import { editDescription } from './edit-description.ts'
import { editLabels } from './edit-labels.ts'
import { exportDisks } from './export/export.ts'
import { exposeSsh } from './expose-ssh/expose-ssh.ts'
import { forceRestart } from './force-restart.ts'
import { forceStop } from './force-stop.ts'
import { migrate } from './migrate.ts'
import { openConsole } from './open-console.ts'
import { pause } from './pause.ts'
import { restart } from './restart.ts'
import { softReboot } from './soft-reboot.ts'
import { start } from './start.ts'
import { stop } from './stop.ts'
import { takeSnapshot } from './take-snapshot/take-snapshot.ts'
import { unpause } from './unpause.ts'

/** In the order of every menu. A new action is a new file and a line here. */
export const VIRTUAL_MACHINE_ACTIONS: readonly VirtualMachineAction[] = [
  start,
  stop,
  restart,
  softReboot,
  pause,
  unpause,
  forceStop,
  forceRestart,
  migrate,
  cancelMigration,
  takeSnapshot,
  clone,
  exportDisks,
  openConsole,
  copySshCommand,
  exposeSsh,
  editLabels,
  editAnnotations,
  editDescription,
  remove,
]
