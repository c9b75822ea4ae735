import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface Detail {
  term: string
  /** Nothing to say is said as such: a gap would look like a fault. */
  value: ReactNode
}

/** Terms with their values, side by side where there is room. */
export function DetailsList({ details }: { details: readonly Detail[] }) {
  const { t } = useTranslation()
  return (
    <DescriptionList isHorizontal isCompact horizontalTermWidthModifier={{ default: '16ch' }}>
      {details.map(({ term, value }) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>
            {value === undefined || value === '' ? t('common.notAvailable') : value}
          </DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  )
}
