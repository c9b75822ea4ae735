import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { dismissToast, useToasts } from './toasts.ts'

/** Good news leaves by itself; what went wrong stays until it is closed. */
const SUCCESS_MILLISECONDS = 6000

export function ToastHost() {
  const { t } = useTranslation()
  const toasts = useToasts()
  return (
    <AlertGroup isToast isLiveRegion aria-label={t('feedback.notifications')}>
      {toasts.map(({ id, variant, title, description, requestId }) => (
        <Alert
          key={id}
          variant={variant}
          title={title}
          timeout={variant === 'success' || variant === 'info' ? SUCCESS_MILLISECONDS : false}
          onTimeout={() => dismissToast(id)}
          actionClose={
            <AlertActionCloseButton
              aria-label={t('feedback.close', { title })}
              onClose={() => dismissToast(id)}
            />
          }
        >
          {description}
          {requestId !== undefined && <div>{t('error.requestId', { requestId })}</div>}
        </Alert>
      ))}
    </AlertGroup>
  )
}
