import { Alert, Button, Form, FormGroup, Radio, StackItem } from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  kubectlCreate,
  sshService,
  type SshServiceType,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toYamlText } from '../../../forms/manifest-text.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useAccess } from '../../../live/use-access.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'

const TYPES: readonly SshServiceType[] = ['NodePort', 'LoadBalancer']

/** Asks which kind of Service, and makes it. */
export function MakeSshService({ virtualMachine }: { virtualMachine: VirtualMachine }) {
  const { t } = useTranslation()
  const [type, setType] = useState<SshServiceType>('NodePort')
  const service = sshService(virtualMachine, type)
  const { namespace = '' } = service.metadata ?? {}
  const [access] = useAccess([{ verb: 'create', group: '', resource: 'services', namespace }])
  const making = useMutation({
    run: () => kubernetes.create(RESOURCES.services, service),
  })
  const isForbidden = access?.allowed === false
  return (
    <StackItem>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (!making.isPending) making.mutate(undefined)
        }}
      >
        {making.error && (
          <Alert isInline variant="danger" title={t('actions.exposeSsh.failed')}>
            {making.error.status === 0 ? t('error.unreachable') : making.error.message}
          </Alert>
        )}
        {isForbidden && (
          <Alert
            isInline
            variant="info"
            title={t('actions.exposeSsh.mayNotMake', { namespace })}
          />
        )}
        <FormGroup role="radiogroup" label={t('actions.exposeSsh.kind')}>
          {TYPES.map((each) => (
            <Radio
              key={each}
              id={`expose-ssh-${each}`}
              name="expose-ssh-type"
              label={each}
              description={t(`actions.exposeSsh.help.${each}`)}
              isChecked={type === each}
              isDisabled={isForbidden}
              onChange={() => setType(each)}
            />
          ))}
        </FormGroup>
        <div>
          <Command command={kubectlCreate(toYamlText([service]))} />
        </div>
        <div>
          <Button
            type="submit"
            isLoading={making.isPending}
            isDisabled={making.isPending || access?.allowed !== true}
          >
            {t('actions.exposeSsh.make')}
          </Button>
        </div>
      </Form>
    </StackItem>
  )
}
