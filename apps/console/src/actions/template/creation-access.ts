/** What somebody must be allowed to do in a project to make something of a template there. */
export const CREATE_VIRTUAL_MACHINE = {
  verb: 'create',
  group: 'kubevirt.io',
  resource: 'virtualmachines',
} as const

export const CREATE_TEMPLATE = {
  verb: 'create',
  group: 'template.openshift.io',
  resource: 'templates',
} as const
