import { Card, CardBody, CardTitle, Grid, GridItem, PageSection } from '@patternfly/react-core'
import { controllerOf } from '@virtdeck/kubernetes'
import { containersOf, type ContainerInfo } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../paths.ts'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import { KeyValueLabels } from '../../../ui/KeyValueLabels.tsx'
import { PhaseLabel } from '../../../ui/PhaseLabel.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import { usePod } from '../pod-context.ts'
import { podPhase } from '../pod-phase.ts'
import styles from './DetailsTab.module.css'
import { NodeLink } from '../../../ui/NodeLink.tsx'

type ContainerRow = ContainerInfo & { key: string }

const columns: readonly Column<ContainerRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: (row) => <ContainerName {...row} /> },
  {
    id: 'state',
    label: 'resources.columns.status',
    cell: ({ state, reason }) => <PhaseLabel phase={reason ?? STATES[state]} />,
  },
  { id: 'restarts', label: 'pod.restarts', cell: ({ restarts }) => restarts },
  {
    id: 'exitCode',
    label: 'pod.exitCode',
    cell: ({ exitCode }) => exitCode,
  },
  {
    id: 'image',
    label: 'pod.image',
    width: 40,
    isMinor: true,
    cell: ({ image }) => <span className={styles['image']}>{image}</span>,
  },
]

/** Kubernetes' own words, as kubectl has them. */
const STATES: Record<ContainerInfo['state'], string> = {
  running: 'Running',
  waiting: 'Waiting',
  terminated: 'Terminated',
  unknown: 'Unknown',
}

export default function DetailsTab() {
  const { t } = useTranslation()
  const { pod } = usePod()
  const { metadata = {}, spec, status } = pod
  const { name, namespace = '', labels } = metadata
  const containers = containersOf(pod).map((each) => ({ ...each, key: each.name }))
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={5}>
          <Card>
            <CardTitle component="h2">{t('pod.tabs.details')}</CardTitle>
            <CardBody>
              <DetailsList
                details={[
                  { term: t('table.columns.name'), value: name },
                  {
                    term: t('table.columns.namespace'),
                    value: <Link to={paths.pods({ namespace })}>{namespace}</Link>,
                  },
                  {
                    term: t('table.columns.status'),
                    value: <PhaseLabel phase={podPhase(pod)} />,
                  },
                  { term: t('virtualMachine.details.owner'), value: <Owner /> },
                  {
                    term: t('resources.columns.node'),
                    value: spec?.nodeName && <NodeLink name={spec.nodeName} />,
                  },
                  { term: t('resources.columns.ipAddress'), value: status?.podIP },
                  { term: t('pod.qosClass'), value: status?.qosClass },
                  {
                    term: t('table.columns.created'),
                    value: <Timestamp time={metadata.creationTimestamp} />,
                  },
                  {
                    term: t('virtualMachine.details.labels'),
                    value: (
                      <KeyValueLabels
                        label={t('virtualMachine.details.labels')}
                        values={labels}
                      />
                    ),
                  },
                ]}
              />
            </CardBody>
          </Card>
        </GridItem>
        <GridItem xl={7}>
          <Card>
            <CardTitle component="h2">{t('pod.containers')}</CardTitle>
            <CardBody>
              <DataTable label={t('pod.containers')} columns={columns} rows={containers} />
            </CardBody>
          </Card>
        </GridItem>
      </Grid>
    </PageSection>
  )
}

function ContainerName({ name, isInit }: ContainerInfo) {
  const { t } = useTranslation()
  return isInit ? t('pod.initContainer', { name }) : name
}

/** The virtual machine, for a launcher; whatever owns other pods. */
function Owner() {
  const { t } = useTranslation()
  const { pod } = usePod()
  const owner = controllerOf(pod)
  if (!owner) return t('common.none')
  const { kind, name } = owner
  const namespace = pod.metadata?.namespace ?? ''
  return kind === 'VirtualMachineInstance' ? (
    <Link to={paths.virtualMachineInstance({ namespace, name })}>{`${kind} ${name}`}</Link>
  ) : (
    `${kind} ${name}`
  )
}
