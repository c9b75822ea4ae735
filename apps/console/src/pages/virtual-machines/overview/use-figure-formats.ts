import { formatBytes } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'

export type FigureUnit = 'cpus' | 'bytes' | 'bytesPerSecond'

/** Figures in the reader's language. */
export function useFigureFormats(): Record<FigureUnit, (value: number) => string> {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 3 })
  return {
    cpus: (millicores) =>
      t('overview.utilization.cpus', { cpus: number.format(millicores / 1_000) }),
    bytes: (bytes) => formatBytes(Math.round(bytes)),
    bytesPerSecond: (bytes) =>
      t('overview.utilization.perSecond', { amount: formatBytes(Math.round(bytes)) }),
  }
}
