import {
  Alert,
  Button,
  Content,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import type { AccessCheck } from '@virtdeck/bff-contract'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { virtualMachineNameFindings, type TemplateParameter } from '@virtdeck/kubevirt'
import { useId, type ReactNode } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormProblems, toFieldProblem } from '../../forms/fields/form-problems.ts'
import { ListedField } from '../../forms/fields/ListedField.tsx'
import { TextField } from '../../forms/fields/TextField.tsx'
import { useListedObjects } from '../../forms/fields/use-listed-objects.ts'
import { useAccess } from '../../live/use-access.ts'
import { useMutation } from '../../live/use-mutation.ts'

export interface NamedValues {
  name: string
  namespace: string
  start: boolean
  /** Values of the template's parameters by name. */
  parameters: Record<string, string>
}

interface NameDialogProps<T extends KubernetesObject> {
  title: string
  question: string
  confirmLabel: string
  project: string | undefined
  /** What is made, for asking whether it may be. */
  creates: Pick<AccessCheck, 'verb' | 'group' | 'resource'>
  /** Parameters that need a value. */
  asked?: readonly TemplateParameter[]
  run: (values: NamedValues) => Promise<T>
  onDone: (made: T) => void
  onClose: () => void
  /** More fields. */
  children?: ReactNode
}

/** Asks for the name and the project of something new and makes it. */
export function NameDialog<T extends KubernetesObject>(props: NameDialogProps<T>) {
  const { title, question, confirmLabel, project = '', run, onDone, onClose, children } = props
  const { creates, asked = [] } = props
  const { t } = useTranslation()
  const id = useId()
  const form = useForm<NamedValues>({
    defaultValues: {
      name: '',
      namespace: project,
      start: false,
      parameters: Object.fromEntries(asked.map((parameter) => [parameter.name, ''])),
    },
  })
  const { name = '', namespace = '', parameters = {} } = useWatch({ control: form.control })
  const [access] = useAccess(namespace === '' ? [] : [{ ...creates, namespace }])
  const namespaces = useListedObjects(RESOURCES.namespaces)
  const { mutate, isPending, error } = useMutation({ run, onSuccess: onDone })

  const problems = [
    ...virtualMachineNameFindings(name).map((found) =>
      toFieldProblem(t, { ...found, path: 'name' }),
    ),
    ...(namespace === '' ? [toFieldProblem(t, { code: 'required', path: 'namespace' })] : []),
    ...(access?.allowed === false
      ? [
          {
            path: 'namespace',
            message: t('actions.noPermission', { namespace }),
            isMissing: false,
          },
        ]
      : []),
    ...asked
      .filter((parameter) => !parameters[parameter.name])
      .map((parameter) =>
        toFieldProblem(t, { code: 'required', path: `parameters.${parameter.name}` }),
      ),
  ]
  return (
    <Modal isOpen variant="small" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        <FormProvider {...form}>
          <FormProblems value={problems}>
            <Form
              id={id}
              onSubmit={(event) => {
                event.preventDefault()
                if (problems.length === 0 && !isPending) mutate(form.getValues())
              }}
            >
              <Content component="p">{question}</Content>
              {error && (
                <Alert isInline variant="danger" title={t('template.form.refused')}>
                  {error.status === 0 ? t('error.unreachable') : error.message}
                </Alert>
              )}
              <TextField name="name" label={t('template.form.name')} isRequired />
              <ListedField
                name="namespace"
                label={t('template.form.namespace')}
                isRequired
                list={namespaces}
                choices={namespaces.names.map((value) => ({ value, label: value }))}
                placeholder={t('template.form.chooseNamespace')}
              />
              {asked.map((parameter) => (
                <TextField
                  key={parameter.name}
                  name={`parameters.${parameter.name}`}
                  label={parameter.displayName ?? parameter.name}
                  isRequired
                  {...(parameter.description && { hint: parameter.description })}
                />
              ))}
              {children}
            </Form>
          </FormProblems>
        </FormProvider>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          isLoading={isPending}
          isDisabled={isPending || problems.length > 0}
        >
          {confirmLabel}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
