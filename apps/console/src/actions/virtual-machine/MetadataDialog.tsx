import {
  Alert,
  Button,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import {
  labelValueFindings,
  metadataChanges,
  metadataCommand,
  metadataKeyFindings,
  type MetadataChanges,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../forms/fields/form-problems.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { toApiError } from '../../live/api-error.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import type { ActionDialogProps } from './action.ts'
import { KeyValueRows, type KeyValueProblems, type KeyValueRow } from './KeyValueRows.tsx'

type Field = 'labels' | 'annotations'

export const LabelsDialog = (props: ActionDialogProps) => (
  <MetadataDialog {...props} field="labels" />
)
export const AnnotationsDialog = (props: ActionDialogProps) => (
  <MetadataDialog {...props} field="annotations" />
)

/** They have dialogs of their own, or are kubectl's business: never shown here, never changed. */
const HIDDEN = new Set(['description', 'kubectl.kubernetes.io/last-applied-configuration'])

const visible = (values: Record<string, string> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([key]) => !HIDDEN.has(key)))

/** Edits labels or annotations of a VM; only what was changed is sent. */
function MetadataDialog({ field, target, onClose }: ActionDialogProps & { field: Field }) {
  const { t } = useTranslation()
  const id = useId()
  const { namespace, name } = target
  const [rows, setRows] = useState<readonly KeyValueRow[]>()
  const { data, error } = useQuery({
    queryKey: ['edit-metadata', field, namespace, name],
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () => kubernetes.get<VirtualMachine>(RESOURCES.virtualMachines, target),
  })
  const before = visible(data?.metadata?.[field])
  const shown = rows ?? Object.entries(before).map(([key, value]) => ({ key, value }))
  const filled = shown.filter(({ key, value }) => key !== '' || value !== '')
  const changes = metadataChanges(
    before,
    Object.fromEntries(filled.map(({ key, value }) => [key, value])),
  )
  const saving = useMutation({
    run: (changed: MetadataChanges) =>
      kubernetes.mergePatch(RESOURCES.virtualMachines, target, {
        metadata: { [field]: changed },
      }),
    onSuccess: onClose,
  })
  const problemsOf = ({ key, value }: KeyValueRow): KeyValueProblems => {
    if (key === '' && value === '') return {}
    const [badKey] = metadataKeyFindings(key)
    const [badValue] = field === 'labels' ? labelValueFindings(value) : []
    const isTwice = filled.filter((other) => other.key === key).length > 1
    return {
      ...(isTwice && { key: t('validation.duplicateName', { name: key }) }),
      ...(badKey && { key: problemText(t, { ...badKey, path: '' }) }),
      ...(badValue && { value: problemText(t, { ...badValue, path: '' }) }),
    }
  }
  const isWrong = filled.some((row) => Object.keys(problemsOf(row)).length > 0)
  const isChanged = Object.keys(changes).length > 0
  const action = field === 'labels' ? 'editLabels' : 'editAnnotations'
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={t(`actions.${action}.title`, { name })} labelId={`${id}-title`} />
      <ModalBody>
        {error && <ErrorState error={toApiError(error)} />}
        {!data && !error && <Loading />}
        {data && (
          <Form
            id={id}
            onSubmit={(event) => {
              event.preventDefault()
              if (isChanged && !isWrong && !saving.isPending) saving.mutate(changes)
            }}
          >
            {saving.error && (
              <Alert isInline variant="danger" title={t(`actions.${action}.failed`, { name })}>
                {saving.error.status === 0 ? t('error.unreachable') : saving.error.message}
              </Alert>
            )}
            <KeyValueRows
              rows={shown}
              onChange={setRows}
              problemsOf={problemsOf}
              addLabel={t(`actions.${action}.add`)}
            />
            {isChanged && !isWrong && (
              <div>
                <Command command={metadataCommand(field, changes, target)} />
              </div>
            )}
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          isLoading={saving.isPending}
          isDisabled={!isChanged || isWrong || saving.isPending}
        >
          {t('common.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
