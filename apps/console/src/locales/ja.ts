import actions from './ja/actions.json'
import activity from './ja/activity.json'
import common from './ja/common.json'
import configuration from './ja/configuration.json'
import consoles from './ja/consoles.json'
import devices from './ja/devices.json'
import error from './ja/error.json'
import feedback from './ja/feedback.json'
import login from './ja/login.json'
import logs from './ja/logs.json'
import pod from './ja/pod.json'
import overview from './ja/overview.json'
import palette from './ja/palette.json'
import rdp from './ja/rdp.json'
import resources from './ja/resources.json'
import snapshots from './ja/snapshots.json'
import ssh from './ja/ssh.json'
import shell from './ja/shell.json'
import table from './ja/table.json'
import template from './ja/template.json'
import validation from './ja/validation.json'
import virtualMachine from './ja/virtual-machine.json'
import virtualMachineInstance from './ja/virtual-machine-instance.json'
import wizard from './ja/wizard.json'
import yaml from './ja/yaml.json'
import yamlEditor from './ja/yaml-editor.json'

/** One file per area; a key is `area.key`. */
export const ja = {
  actions,
  activity,
  common,
  configuration,
  consoles,
  devices,
  error,
  feedback,
  login,
  logs,
  pod,
  overview,
  palette,
  rdp,
  resources,
  shell,
  snapshots,
  ssh,
  table,
  template,
  validation,
  virtualMachine,
  virtualMachineInstance,
  wizard,
  yaml,
  yamlEditor,
}
