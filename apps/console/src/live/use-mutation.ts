import { useMutation as useTanStackMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { showToast, type Toast } from '../feedback/toasts.ts'
import { toApiError, type ApiError } from './api-error.ts'

interface MutationOptions<Variables, Result> {
  run: (variables: Variables) => Promise<Result>
  onSuccess?: (result: Result, variables: Variables) => void
  /**
   * Title of the toast when it fails; the cluster's message goes below it. Forms leave it
   * out and show `error` inline instead: a failure is told once, never in both places.
   */
  failureTitle?: (variables: Variables) => string
  /** Better words than the cluster's for failures that are known. */
  explain?: (error: ApiError, variables: Variables) => Partial<Toast> | undefined
}

/** The one way to write: runs a request and shows the Status when the cluster refuses. */
export function useMutation<Variables, Result>(options: MutationOptions<Variables, Result>) {
  const { t } = useTranslation()
  const { run, onSuccess, failureTitle, explain } = options
  return useTanStackMutation<Result, ApiError, Variables>({
    mutationFn: async (variables) => {
      try {
        return await run(variables)
      } catch (error) {
        throw toApiError(error)
      }
    },
    onSuccess: (result, variables) => onSuccess?.(result, variables),
    onError: (error, variables) => {
      // The login page says what happened to the session.
      if (failureTitle === undefined || error.status === 401) return
      showToast({
        variant: 'danger',
        title: failureTitle(variables),
        description: error.status === 0 ? t('error.unreachable') : error.message,
        requestId: error.requestId,
        ...explain?.(error, variables),
      })
    },
  })
}
