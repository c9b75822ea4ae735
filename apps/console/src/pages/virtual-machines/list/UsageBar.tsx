import { Flex, Progress, ProgressSize, Tooltip } from '@patternfly/react-core'
import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useFigureFormats } from '../overview/use-figure-formats.ts'
import { usageOf, type UsageKind } from './usage-of.ts'
import { useUsage } from './usage-context.ts'
import styles from './UsageBar.module.css'

/** What a VM uses of what it has; a dash where nobody knows. */
export function UsageBar({ row, kind }: { row: VirtualMachineRow; kind: UsageKind }) {
  const { t, i18n } = useTranslation()
  const formats = useFigureFormats()
  const latest = useUsage()
  const label = t(kind === 'cpu' ? 'table.columns.cpuUse' : 'table.columns.memoryUse')
  const usage = usageOf({ row, kind, sample: latest?.samples[row.key] })
  if (!usage) {
    const why =
      row.node === undefined
        ? t('virtualMachine.list.usage.off')
        : (latest?.message ?? t('virtualMachine.list.usage.none'))
    return <Unknown why={why} />
  }
  const format = kind === 'cpu' ? formats.cpus : formats.bytes
  const used = format(usage.used)
  const share = usage.share?.toLocaleString(i18n.language, { style: 'percent' })
  const text =
    share === undefined
      ? used
      : t('virtualMachine.list.usage.text', { used, of: format(usage.of), share })
  return (
    <Tooltip content={text}>
      <Flex
        className={styles['usage'] ?? ''}
        direction={{ default: 'column' }}
        gap={{ default: 'gapXs' }}
      >
        {/* Thousandths of a CPU say less than a part of all that the VM has. */}
        <span className={styles['figure']}>{kind === 'cpu' ? (share ?? used) : used}</span>
        {usage.share !== undefined && (
          <Progress
            aria-label={t('virtualMachine.list.usage.label', { label, name: row.name })}
            valueText={text}
            value={Math.min(100, Math.round(usage.share * 100))}
            size={ProgressSize.sm}
            measureLocation="none"
          />
        )}
      </Flex>
    </Tooltip>
  )
}

function Unknown({ why }: { why: string }) {
  return (
    <Tooltip content={why}>
      <span>
        <span aria-hidden="true">–</span>
        <span className="pf-v6-screen-reader">{why}</span>
      </span>
    </Tooltip>
  )
}
