import {
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  CardTitle,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core'
import { metricsRange, type MetricsRange } from '@virtdeck/bff-contract'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { useMetricsHistory } from './use-metrics-history.ts'
import { samplesSince } from './utilization-series.ts'

const UtilizationCharts = lazy(async () => {
  const { UtilizationCharts: component } = await import('./UtilizationCharts.tsx')
  return { default: component }
})

const MINUTE = 60_000
const LENGTH_MS: Record<MetricsRange, number> = {
  '5m': 5 * MINUTE,
  '1h': 60 * MINUTE,
  '6h': 6 * 60 * MINUTE,
  '24h': 24 * 60 * MINUTE,
}

/** What the VM uses of CPU, memory, storage and network, now and in the last day. */
export function UtilizationCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { namespace = '', name = '', creationTimestamp } = virtualMachine.metadata ?? {}
  const [range, setRange] = useState<MetricsRange>('5m')
  const { data, error, dataUpdatedAt, refetch } = useMetricsHistory({ namespace, name, range })
  const stepMs = (data?.stepSeconds ?? 0) * 1_000
  const samples = samplesSince(data?.samples ?? [], { created: creationTimestamp, stepMs })
  const from = dataUpdatedAt - LENGTH_MS[range]
  const first = samples[0]?.time
  const isShort = first !== undefined && first > from + 2 * stepMs

  return (
    <Card>
      <CardHeader
        actions={{
          actions: (
            <ToggleGroup isCompact aria-label={t('overview.utilization.range')}>
              {metricsRange.options.map((option) => (
                <ToggleGroupItem
                  key={option}
                  text={t(`overview.utilization.ranges.${option}`)}
                  isSelected={option === range}
                  onChange={() => setRange(option)}
                />
              ))}
            </ToggleGroup>
          ),
          hasNoOffset: true,
        }}
      >
        <CardTitle component="h2">{t('overview.utilization.title')}</CardTitle>
      </CardHeader>
      <CardBody>
        {data && samples.length > 0 ? (
          <Suspense fallback={<Loading />}>
            <UtilizationCharts
              samples={samples}
              stepMs={stepMs}
              domain={[from, dataUpdatedAt]}
              spec={instance?.spec ?? virtualMachine.spec.template.spec}
            />
          </Suspense>
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <NoSamples message={data.message} isRunning={instance?.status?.phase === 'Running'} />
        ) : (
          <Loading />
        )}
      </CardBody>
      {data && (isShort || data.source === 'pod-metrics') && (
        <CardFooter>
          {isShort && (
            <p>
              {t('overview.utilization.since')}{' '}
              <Timestamp time={new Date(first).toISOString()} />
            </p>
          )}
          {data.source === 'pod-metrics' && <p>{t('overview.utilization.podMetrics')}</p>}
        </CardFooter>
      )}
    </Card>
  )
}

/** Why there is nothing to draw. */
function NoSamples({
  message,
  isRunning,
}: {
  message: string | undefined
  isRunning: boolean
}) {
  const { t } = useTranslation()
  if (message !== undefined) {
    return (
      <>
        <p>{t('overview.utilization.unavailable')}</p>
        <p>{message}</p>
      </>
    )
  }
  return t(isRunning ? 'overview.utilization.soon' : 'overview.utilization.notRunning')
}
