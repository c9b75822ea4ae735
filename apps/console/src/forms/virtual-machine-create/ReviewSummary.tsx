import { Grid, GridItem, Title } from '@patternfly/react-core'
import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import {
  hasSize,
  isProvisioned,
  operatingSystemOf,
  POD_NETWORK,
  sizeOfFlavor,
  type DiskValues,
  type NicValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { DetailsList, type Detail } from '../../ui/DetailsList.tsx'
import styles from './ReviewSummary.module.css'

export function ReviewSummary({ values }: { values: VirtualMachineCreateValues }) {
  const { t } = useTranslation()
  const { networking, storage } = values
  return (
    <Grid hasGutter className={styles['summary'] ?? ''}>
      <GridItem lg={6}>
        <Title headingLevel="h2" size="md">
          {t('wizard.step.general')}
        </Title>
        <DetailsList details={useGeneralDetails(values)} />
      </GridItem>
      <GridItem lg={6}>
        <Title headingLevel="h2" size="md">
          {t('wizard.step.networking')}
        </Title>
        {networking.nics.length === 0 && <p>{t('virtualMachine.networks.none')}</p>}
        <DetailsList details={networking.nics.map(useNicDetail())} />
        <Title headingLevel="h2" size="md" className={styles['second'] ?? ''}>
          {t('wizard.step.storage')}
        </Title>
        <DetailsList details={storage.disks.map(useDiskDetail(values))} />
      </GridItem>
    </Grid>
  )
}

function useGeneralDetails({ general }: VirtualMachineCreateValues): Detail[] {
  const { t } = useTranslation()
  const { cpus, memory } = sizeOfFlavor(general)
  const { source, cloudInit, operatingSystem } = general
  const yesOrNo = (value: boolean) => t(value ? 'wizard.review.yes' : 'wizard.review.no')
  return [
    { term: t('wizard.general.namespace'), value: general.namespace },
    { term: t('wizard.general.name'), value: general.name },
    { term: t('wizard.general.description'), value: general.description },
    { term: t('wizard.general.source'), value: t(`wizard.source.${source}`) },
    ...(source === 'url' ? [{ term: t('wizard.general.url'), value: general.url }] : []),
    ...(source === 'container'
      ? [{ term: t('wizard.general.image'), value: general.image }]
      : []),
    {
      term: t('wizard.general.operatingSystem'),
      value: operatingSystemOf(operatingSystem)?.name ?? operatingSystem,
    },
    {
      term: t('wizard.general.flavor'),
      value: t('wizard.flavorWithSize', {
        flavor: t(`wizard.flavor.${general.flavor}`),
        size: t('virtualMachine.runtime.cpuAndMemory', {
          count: cpus,
          memory: formatBytes(parseQuantity(memory) ?? 0),
        }),
      }),
    },
    {
      term: t('wizard.general.workloadProfile'),
      value: t(`wizard.profile.${general.workloadProfile}`),
    },
    { term: t('wizard.general.startOnCreation'), value: yesOrNo(general.startOnCreation) },
    {
      term: t('wizard.cloudInit.title'),
      value: cloudInit.enabled
        ? t(`wizard.cloudInit.mode.${cloudInit.mode}`)
        : t('common.none'),
    },
    ...(cloudInit.enabled && cloudInit.mode === 'fields'
      ? [
          { term: t('wizard.cloudInit.hostname'), value: cloudInit.hostname },
          {
            term: t('wizard.cloudInit.sshKeys'),
            value:
              cloudInit.sshKeys.length > 0
                ? t('wizard.review.keys', { count: cloudInit.sshKeys.length })
                : t('common.none'),
          },
        ]
      : []),
  ]
}

function useNicDetail() {
  const { t } = useTranslation()
  return ({ name, network, binding, model, macAddress }: NicValues): Detail => ({
    term: name,
    value: [
      network === POD_NETWORK ? t('virtualMachine.networks.pod') : network,
      binding,
      model,
      macAddress || t('wizard.review.generatedAddress'),
    ].join(' · '),
  })
}

function useDiskDetail({ general, storage }: VirtualMachineCreateValues) {
  const { t } = useTranslation()
  const originOf = (disk: DiskValues): string => {
    const { clone } = general
    if (disk.source === 'clone') return `${clone.namespace}/${clone.claim}`
    if (isProvisioned(disk)) return disk.source === 'url' ? general.url : general.image
    return disk.source === 'claim' ? disk.claim : t(`wizard.diskSource.${disk.source}`)
  }
  return (disk: DiskValues): Detail => ({
    term: disk.name,
    value: [
      originOf(disk),
      ...(hasSize(disk) ? [t('wizard.gibibytes', { size: disk.size })] : []),
      disk.bus,
      ...(disk.storageClass === '' ? [] : [disk.storageClass]),
      ...(disk.name === storage.bootDisk ? [t('wizard.review.bootable')] : []),
    ].join(' · '),
  })
}
