import { expect, test } from 'vitest'
import { paths } from './paths.ts'

const namespace = 'development'
const virtualMachine = { namespace, name: 'web-01' }
const template = { namespace: 'openshift', name: 'fedora-server-small' }

test('the sitemap', () => {
  expect(
    Object.values({
      home: paths.home(),
      login: paths.login(),
      loginAndBack: paths.login({ next: '/virtual-machines?page=2' }),
      projects: paths.projects(),
      virtualMachines: paths.virtualMachines(),
      virtualMachinesOfProject: paths.virtualMachines({ namespace }),
      virtualMachineCreate: paths.virtualMachineCreate({ namespace }),
      virtualMachine: paths.virtualMachine(virtualMachine),
      virtualMachineYaml: paths.virtualMachineYaml(virtualMachine),
      virtualMachineConsoles: paths.virtualMachineConsoles(virtualMachine),
      virtualMachineEvents: paths.virtualMachineEvents(virtualMachine),
      virtualMachineFromTemplate: paths.virtualMachineCreate({
        namespace,
        template: 'openshift/fedora-server-small',
      }),
      templates: paths.templates({ namespace }),
      template: paths.template(template),
      templateYaml: paths.templateYaml(template),
      templateDisks: paths.templateDisks(template),
      templateNetworkInterfaces: paths.templateNetworkInterfaces(template),
      importYaml: paths.importYaml({ namespace }),
      pods: paths.pods({ namespace }),
      persistentVolumeClaims: paths.persistentVolumeClaims({ namespace }),
      dataVolumes: paths.dataVolumes({ namespace }),
      networkAttachmentDefinitions: paths.networkAttachmentDefinitions({ namespace }),
      services: paths.services({ namespace }),
      nodes: paths.nodes(),
      node: paths.node('node01'),
      storageClasses: paths.storageClasses(),
      serviceAccounts: paths.serviceAccounts({ namespace }),
    }),
  ).toMatchInlineSnapshot(`
    [
      "/",
      "/login",
      "/login?next=%2Fvirtual-machines%3Fpage%3D2",
      "/projects",
      "/virtual-machines",
      "/virtual-machines?namespace=development",
      "/virtual-machines/create?namespace=development",
      "/virtual-machines/development/web-01",
      "/virtual-machines/development/web-01/yaml",
      "/virtual-machines/development/web-01/consoles",
      "/virtual-machines/development/web-01/events",
      "/virtual-machines/create?namespace=development&template=openshift%2Ffedora-server-small",
      "/templates?namespace=development",
      "/templates/openshift/fedora-server-small",
      "/templates/openshift/fedora-server-small/yaml",
      "/templates/openshift/fedora-server-small/disks",
      "/templates/openshift/fedora-server-small/network-interfaces",
      "/import-yaml?namespace=development",
      "/pods?namespace=development",
      "/persistent-volume-claims?namespace=development",
      "/data-volumes?namespace=development",
      "/network-attachment-definitions?namespace=development",
      "/services?namespace=development",
      "/nodes",
      "/nodes?search=node01",
      "/storage-classes",
      "/service-accounts?namespace=development",
    ]
  `)
})
