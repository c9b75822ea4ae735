import actions from './en/actions.json'
import activity from './en/activity.json'
import common from './en/common.json'
import configuration from './en/configuration.json'
import consoles from './en/consoles.json'
import devices from './en/devices.json'
import error from './en/error.json'
import feedback from './en/feedback.json'
import login from './en/login.json'
import logs from './en/logs.json'
import pod from './en/pod.json'
import overview from './en/overview.json'
import palette from './en/palette.json'
import rdp from './en/rdp.json'
import resources from './en/resources.json'
import snapshots from './en/snapshots.json'
import ssh from './en/ssh.json'
import shell from './en/shell.json'
import table from './en/table.json'
import template from './en/template.json'
import validation from './en/validation.json'
import virtualMachine from './en/virtual-machine.json'
import virtualMachineInstance from './en/virtual-machine-instance.json'
import wizard from './en/wizard.json'
import yaml from './en/yaml.json'
import yamlEditor from './en/yaml-editor.json'

/** One file per area; a key is `area.key`. */
export const en = {
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
