import {
  Alert,
  Button,
  Content,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
} from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import {
  belongingKey,
  deletionCommands,
  deletionPlan,
  goesByDefault,
  type Belonging,
} from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../../../live/api-error.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { Command } from '../../../ui/Command.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import type { ActionDialogProps } from '../action.ts'
import { BelongingsTable } from './BelongingsTable.tsx'
import { deleteWith, type DeletionOutcome } from './delete-with.ts'
import { belongingsReader, nothingReadable, type BelongingsReader } from './read-belongings.ts'

const NONE: readonly Belonging[] = []

const readBelongings: BelongingsReader = (target) => belongingsReader()(target)

/** F-33: asks what of a VM is to go with it, does it, and says what became of each part. */
export function DeleteDialog({ target, onClose }: ActionDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { namespace, name, status } = target
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  const [outcomes, setOutcomes] = useState<readonly DeletionOutcome[]>()
  const [isRunning, setIsRunning] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['belongings', namespace, name],
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => readBelongings(target).catch(nothingReadable),
  })
  const belongings = data?.belongings ?? NONE
  const going = chosen ?? new Set(belongings.filter(goesByDefault).map(belongingKey))

  async function run(): Promise<void> {
    setIsRunning(true)
    const result = await deleteWith(target, { belongings, going })
    setIsRunning(false)
    const machine = result.find(({ key }) => key === 'VirtualMachine')
    const isGone = machine?.wasGone === true && outcomes === undefined
    if (result.every(({ result: each }) => each === 'deleted' || each === 'kept')) {
      const title = t(isGone ? 'actions.delete.gone' : 'actions.delete.done', { name })
      showToast({ variant: isGone ? 'info' : 'success', title })
      onClose()
    } else setOutcomes(result)
  }

  const failure = outcomes?.find(({ error }) => error)?.error
  const isRunningGuest = status !== 'Stopped'
  return (
    <Modal
      isOpen
      variant={belongings.length > 0 ? 'medium' : 'small'}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <ModalHeader
        title={t('actions.delete.title', { name })}
        labelId={`${id}-title`}
        titleIconVariant="warning"
      />
      <ModalBody>
        <Stack hasGutter>
          <Content id={`${id}-text`}>
            <p>{t('actions.delete.question', { name, namespace })}</p>
            {isRunningGuest && <p>{t('actions.delete.instance')}</p>}
          </Content>
          {isPending && <Loading />}
          {error && <ErrorState error={toApiError(error)} onRetry={() => void refetch()} />}
          {failure && (
            <Alert isInline variant="danger" title={t('actions.delete.incomplete')}>
              {failure.status === 409
                ? t('actions.delete.replaced', { name })
                : failure.message}
            </Alert>
          )}
          {belongings.length > 0 && (
            <BelongingsTable
              namespace={namespace}
              belongings={belongings}
              going={going}
              onChange={setChosen}
              isDisabled={isRunning}
              outcomes={outcomes}
            />
          )}
          {data && data.unread.length > 0 && (
            <Alert
              isInline
              isPlain
              variant="info"
              title={t('actions.delete.unread', { kinds: data.unread.join(', ') })}
            />
          )}
          {data && (
            <Command
              command={deletionCommands(target, deletionPlan(belongings, going)).join('\n')}
            />
          )}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          isLoading={isRunning}
          isDisabled={!data || isRunning}
          onClick={() => void run()}
        >
          {t(outcomes ? 'actions.delete.again' : 'actions.delete.label')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t(outcomes ? 'common.close' : 'common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
