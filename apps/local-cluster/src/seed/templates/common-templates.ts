import type { SeedObject } from '../index.ts'
import { TEMPLATE_SYSTEMS, WORKLOADS, type TemplateSystem } from './operating-systems.ts'
import {
  TEMPLATE_VERSION,
  templateName,
  templateVirtualMachine,
  type TemplateVariant,
} from './template-virtual-machine.ts'

/** Where OpenShift keeps the templates that come with it; everybody may read them. */
export const TEMPLATE_NAMESPACE = 'openshift'
const DATA_SOURCE_NAMESPACE = 'kubevirt-os-images'

const WORKLOAD_TITLES = {
  server: 'server',
  desktop: 'desktop',
  highperformance: 'high performance',
} as const

/** KubeVirt's common templates: operating systems × workloads × sizes. */
export const commonTemplates = (): SeedObject[] =>
  TEMPLATE_SYSTEMS.flatMap((system) =>
    WORKLOADS.flatMap((workload) =>
      system.flavors.map((flavor) => ({
        group: 'template.openshift.io',
        resource: 'templates',
        object: template({ system, workload, flavor }) as SeedObject['object'],
      })),
    ),
  )

function template(variant: TemplateVariant): object {
  const { system, workload, flavor } = variant
  return {
    apiVersion: 'template.openshift.io/v1',
    kind: 'Template',
    metadata: {
      name: templateName(variant),
      namespace: TEMPLATE_NAMESPACE,
      labels: {
        ...Object.fromEntries(
          system.ids.map((id) => [`os.template.kubevirt.io/${id}`, 'true']),
        ),
        [`workload.template.kubevirt.io/${workload}`]: 'true',
        [`flavor.template.kubevirt.io/${flavor}`]: 'true',
        'template.kubevirt.io/type': 'base',
        'template.kubevirt.io/version': TEMPLATE_VERSION,
        'template.kubevirt.io/architecture': 'amd64',
        ...(isDefault(variant) && { 'template.kubevirt.io/default-os-variant': 'true' }),
      },
      annotations: {
        ...Object.fromEntries(
          system.ids.map((id, index) => [
            `name.os.template.kubevirt.io/${id}`,
            system.titles[index] ?? system.name,
          ]),
        ),
        'openshift.io/display-name': `${system.name} VM`,
        description: `Template for a ${system.name} VM, ${WORKLOAD_TITLES[workload]}, ${flavor}.`,
        tags: `kubevirt,virtualmachine,${system.family}`,
        iconClass: system.icon,
        'template.kubevirt.io/version': 'v1alpha1',
        'template.kubevirt.io/provider': 'KubeVirt',
        'defaults.template.kubevirt.io/disk': 'rootdisk',
        'template.kubevirt.io/editable': [
          '/objects[0].spec.template.spec.domain.cpu.cores',
          '/objects[0].spec.template.spec.domain.memory.guest',
          '/objects[0].spec.template.spec.domain.devices.disks',
          '/objects[0].spec.template.spec.volumes',
          '/objects[0].spec.template.spec.networks',
          '',
        ].join('\n'),
        ...(system.containerDisks.length > 0 && {
          'template.kubevirt.io/containerdisks': `${system.containerDisks.join('\n')}\n`,
        }),
      },
    },
    objects: [templateVirtualMachine(variant)],
    parameters: parametersOf(system),
  }
}

/** The size that a system's users get unless they choose. */
const isDefault = ({ system, workload, flavor }: TemplateVariant): boolean =>
  workload ===
    (system.ids[0] === 'windows10' || system.ids[0] === 'windows11' ? 'desktop' : 'server') &&
  flavor === (system.family === 'windows' ? 'medium' : 'small')

function parametersOf({ ids: [id = ''], family }: TemplateSystem): object[] {
  const isWindows = family === 'windows'
  return [
    {
      name: 'NAME',
      description: 'VM name',
      generate: 'expression',
      from: `${id.replaceAll('.', '-')}-[a-z0-9]{${isWindows ? 6 : 16}}`,
    },
    { name: 'DATA_SOURCE_NAME', description: 'Name of the DataSource to clone', value: id },
    {
      name: 'DATA_SOURCE_NAMESPACE',
      description: 'Namespace of the DataSource',
      value: DATA_SOURCE_NAMESPACE,
    },
    ...(isWindows
      ? []
      : [
          {
            name: 'CLOUD_USER_PASSWORD',
            description: 'Randomized password for the cloud-init user',
            generate: 'expression',
            from: '[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}',
          },
        ]),
  ]
}
