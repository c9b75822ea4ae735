import {
  Alert,
  Button,
  Content,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  EXPORT_HOURS,
  exportCommand,
  exportOf,
  type ExportHours,
  type ExportTarget,
} from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { ExportedVolumes } from './ExportedVolumes.tsx'
import { useExport } from './use-export.ts'

interface ExportDialogProps {
  target: ExportTarget
  onClose: () => void
}

/** Asks for an export, or shows the one that goes on, with its disks to download. */
export function ExportDialog({ target, onClose }: ExportDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const [hours, setHours] = useState<ExportHours>(2)
  const { data, error } = useExport(target)
  const creating = useMutation({
    run: () => kubernetes.create(RESOURCES.virtualMachineExports, exportOf(target, hours)),
  })
  const ending = useMutation({
    run: (name: string) =>
      kubernetes.remove(RESOURCES.virtualMachineExports, {
        namespace: target.namespace,
        name,
      }),
    onSuccess: onClose,
    failureTitle: () => t('actions.export.endFailed'),
  })
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('actions.export.title', { name: target.name })}
        labelId={`${id}-title`}
      />
      <ModalBody>
        {error && (
          <ErrorState
            error={error.status === 404 ? { message: t('actions.export.notServed') } : error}
          />
        )}
        {data === undefined && !error && <Loading />}
        {data && <ExportedVolumes vmExport={data} />}
        {data === null && (
          <Form
            id={id}
            onSubmit={(event) => {
              event.preventDefault()
              if (!creating.isPending) creating.mutate(undefined)
            }}
          >
            {creating.error && (
              <Alert isInline variant="danger" title={t('actions.export.failed')}>
                {creating.error.status === 0 ? t('error.unreachable') : creating.error.message}
              </Alert>
            )}
            <Content component="p">{t(`actions.export.what.${target.kind}`)}</Content>
            <FormGroup label={t('actions.export.hours')} fieldId={`${id}-hours`}>
              <FormSelect
                id={`${id}-hours`}
                value={hours}
                onChange={(_event, value) =>
                  setHours(EXPORT_HOURS.find((each) => String(each) === value) ?? 2)
                }
              >
                {EXPORT_HOURS.map((count) => (
                  <FormSelectOption
                    key={count}
                    value={count}
                    label={t('actions.export.forHours', { count })}
                  />
                ))}
              </FormSelect>
            </FormGroup>
            <div>
              <Command command={exportCommand(target, undefined)} />
            </div>
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        {data === null && (
          <Button
            type="submit"
            form={id}
            isLoading={creating.isPending}
            isDisabled={creating.isPending}
          >
            {t('actions.export.label')}
          </Button>
        )}
        {data && (
          <Button
            variant="secondary"
            isDanger
            isLoading={ending.isPending}
            isDisabled={ending.isPending}
            onClick={() => ending.mutate(data.metadata?.name ?? '')}
          >
            {t('actions.export.end')}
          </Button>
        )}
        <Button variant="link" onClick={onClose}>
          {t(data ? 'common.close' : 'common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
