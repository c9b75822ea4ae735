import {
  Chart,
  ChartAxis,
  ChartGroup,
  ChartLine,
  ChartVoronoiContainer,
} from '@patternfly/react-charts/victory'
import { Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { axisEnd } from './axis.ts'
import { useFigureFormats, type FigureUnit } from './use-figure-formats.ts'
import { useWidth } from './use-width.ts'
import type { Series } from './utilization-series.ts'
import styles from './UtilizationChart.module.css'

type LabelledSeries = Series & { label: string }

interface UtilizationChartProps {
  title: string
  unit: FigureUnit
  /** What there is in all. */
  limit?: number
  series: readonly LabelledSeries[]
  domain: [number, number]
}

const HEIGHT = 140
const PADDING = { top: 10, right: 36, bottom: 28, left: 76 }
const DAY_MS = 24 * 60 * 60_000
const LINE_COLOR = 'var(--pf-t--global--color--brand--default)'
/** The second line is told apart by more than its colour. */
const DASHES = ['none', '6 3']

/** One kind of use over time: in words, and as lines. */
export function UtilizationChart({
  title,
  unit,
  limit,
  series,
  domain,
}: UtilizationChartProps) {
  const { t, i18n } = useTranslation()
  const format = useFigureFormats()[unit]
  const [box, width] = useWidth<HTMLDivElement>()
  const highest = Math.max(0, ...series.flatMap((one) => one.highest ?? []))
  const end = axisEnd(unit, highest)
  const isKnown = series.some((one) => one.highest !== undefined)
  const summaries = series.map((one) => summaryOf(one))
  const time = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(domain[1] - domain[0] >= DAY_MS && { weekday: 'short' }),
  })

  function summaryOf({ label, latest, highest: most }: LabelledSeries): string {
    if (most === undefined) return t('overview.utilization.unknown', { label })
    const values = { label, latest: latest === undefined ? '–' : format(latest) }
    return t('overview.utilization.summary', { ...values, highest: format(most) })
  }

  return (
    <>
      <Content component="h3" className={styles['title'] ?? ''}>
        {title}
        {limit !== undefined && ` (${t('overview.utilization.of', { limit: format(limit) })})`}
      </Content>
      <ul className={styles['summary']}>
        {summaries.map((summary, index) => (
          <li key={summary}>
            {series.length > 1 && (
              <svg className={styles['key']} aria-hidden="true" viewBox="0 0 24 4">
                <line x1="0" y1="2" x2="24" y2="2" strokeDasharray={DASHES[index]} />
              </svg>
            )}
            {summary}
          </li>
        ))}
      </ul>
      <div ref={box} className={styles['chart']}>
        {isKnown && width > 0 && (
          <Chart
            ariaTitle={title}
            ariaDesc={summaries.join('; ')}
            name={title}
            width={width}
            height={HEIGHT}
            padding={PADDING}
            domain={{ x: domain, y: [0, end] }}
            containerComponent={
              <ChartVoronoiContainer
                constrainToVisibleArea
                labels={({ datum }: { datum: { x: number; y: number | null } }) =>
                  datum.y === null ? '' : `${time.format(datum.x)}\n${format(datum.y)}`
                }
              />
            }
          >
            <ChartAxis
              tickValues={[domain[0], (domain[0] + domain[1]) / 2, domain[1]]}
              tickFormat={(at: number) => time.format(at)}
            />
            <ChartAxis
              dependentAxis
              showGrid
              tickValues={[0, end / 2, end]}
              tickFormat={(value: number) => format(value)}
            />
            <ChartGroup>
              {series.map(({ figure, points }, index) => (
                <ChartLine
                  key={figure}
                  name={figure}
                  data={points}
                  style={{
                    data: { stroke: LINE_COLOR, strokeDasharray: DASHES[index] ?? 'none' },
                  }}
                />
              ))}
            </ChartGroup>
          </Chart>
        )}
      </div>
    </>
  )
}
