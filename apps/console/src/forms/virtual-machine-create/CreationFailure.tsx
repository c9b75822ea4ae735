import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import type { ObjectOutcome } from './create-together.ts'
import { ObjectOutcomes } from './ObjectOutcomes.tsx'

interface CreationFailureProps {
  error: ApiError
  outcomes: readonly ObjectOutcome[]
}

/** Why nothing was created; or what of it is there nevertheless. */
export function CreationFailure({ error, outcomes }: CreationFailureProps) {
  const { t } = useTranslation()
  const has = (state: ObjectOutcome['state']) =>
    outcomes.some((outcome) => outcome.state === state)
  const isTemplate = outcomes.some(({ object }) => object.kind === 'Template')
  const refused = isTemplate ? 'template.create.refused' : 'wizard.refused'
  const title = has('unknown')
    ? t('wizard.unanswered')
    : t(has('created') ? 'wizard.refusedPartly' : refused)
  return (
    <RefusalAlert title={title} error={error}>
      {outcomes.length > 1 && (
        <>
          <ObjectOutcomes outcomes={outcomes} told={error} />
          <p>{t('wizard.retryHint')}</p>
        </>
      )}
    </RefusalAlert>
  )
}
