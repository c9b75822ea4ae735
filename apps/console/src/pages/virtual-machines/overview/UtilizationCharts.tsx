import type { V1VirtualMachineInstanceSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Grid, GridItem } from '@patternfly/react-core'
import type { MetricsSample } from '@virtdeck/bff-contract'
import { guestMemoryBytes, virtualCpus } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { UtilizationChart } from './UtilizationChart.tsx'
import { seriesOf, type Figure } from './utilization-series.ts'

interface UtilizationChartsProps {
  samples: readonly MetricsSample[]
  stepMs: number
  /** Milliseconds since the epoch, from and to. */
  domain: [number, number]
  spec: V1VirtualMachineInstanceSpec | undefined
}

/** Loaded on demand: the charts are as large as the rest of the page. */
export function UtilizationCharts(props: UtilizationChartsProps) {
  const { samples, stepMs, domain, spec } = props
  const { t } = useTranslation()
  const memory = guestMemoryBytes(spec)
  const series = (...figures: Figure[]) =>
    figures.map((figure) => ({
      ...seriesOf(samples, { figure, stepMs }),
      label: t(`overview.utilization.figures.${figure}`),
    }))
  return (
    <Grid hasGutter md={6} xl2={3}>
      <GridItem>
        <UtilizationChart
          title={t('overview.utilization.cpu')}
          unit="cpus"
          limit={virtualCpus(spec) * 1_000}
          series={series('cpuMillicores')}
          domain={domain}
        />
      </GridItem>
      <GridItem>
        <UtilizationChart
          title={t('overview.utilization.memory')}
          unit="bytes"
          {...(memory !== undefined && { limit: memory })}
          series={series('memoryBytes')}
          domain={domain}
        />
      </GridItem>
      <GridItem>
        <UtilizationChart
          title={t('overview.utilization.storage')}
          unit="bytesPerSecond"
          series={series('storageReadBytesPerSecond', 'storageWriteBytesPerSecond')}
          domain={domain}
        />
      </GridItem>
      <GridItem>
        <UtilizationChart
          title={t('overview.utilization.network')}
          unit="bytesPerSecond"
          series={series('networkReceiveBytesPerSecond', 'networkTransmitBytesPerSecond')}
          domain={domain}
        />
      </GridItem>
    </Grid>
  )
}
