import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { interfacesOf, virtualCpus } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { CopyableAddresses } from './CopyableAddresses.tsx'
import { LauncherPod } from './LauncherPod.tsx'
import { guestMemory } from './resources-of.ts'
import { NodeLink } from '../../../ui/NodeLink.tsx'

/** What the VM runs with and where. */
export function RuntimeCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const defined = virtualMachine.spec.template.spec
  // What runs may differ from what is defined until the next restart.
  const spec = instance?.spec ?? defined
  const os = instance?.status?.guestOSInfo?.prettyName
  const node = instance?.status?.nodeName
  const addresses = interfacesOf(virtualMachine, instance).flatMap(
    ({ ipAddresses }) => ipAddresses,
  )
  const notRunning = t('virtualMachine.runtime.notRunning')
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.runtime.title')}</CardTitle>
      <CardBody>
        <DetailsList
          details={[
            {
              term: t('virtualMachine.runtime.os'),
              value: os ?? definedOs(virtualMachine) ?? t('virtualMachine.runtime.osUnknown'),
            },
            {
              term: t('virtualMachine.runtime.resources'),
              value: t('virtualMachine.runtime.cpuAndMemory', {
                count: virtualCpus(spec),
                memory: guestMemory(spec) ?? t('common.notAvailable'),
              }),
            },
            {
              term: t('table.columns.node'),
              value: node ? <NodeLink name={node} /> : notRunning,
            },
            {
              term: t('virtualMachine.runtime.ipAddresses'),
              value:
                addresses.length > 0 ? <CopyableAddresses addresses={addresses} /> : notRunning,
            },
            {
              term: t('virtualMachine.runtime.pod'),
              value: instance ? <LauncherPod instance={instance} /> : notRunning,
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

/** What was chosen at creation, as KubeVirt's templates note it. */
function definedOs({ metadata, spec }: VirtualMachineContext['virtualMachine']) {
  const annotation = 'vm.kubevirt.io/os'
  return (
    spec.template.metadata?.annotations?.[annotation] ?? metadata?.annotations?.[annotation]
  )
}
