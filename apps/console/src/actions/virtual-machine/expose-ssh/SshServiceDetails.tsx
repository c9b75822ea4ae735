import { Alert, Button, Flex, FlexItem, StackItem, Title } from '@patternfly/react-core'
import type { IoK8sApiCoreV1Service } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { sshCommandThrough, sshPortOf } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useAccess } from '../../../live/use-access.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { ShellCommand } from './ShellCommand.tsx'
import { useNodeAddress } from './use-ssh-services.ts'

interface SshServiceDetailsProps {
  service: IoK8sApiCoreV1Service
  /** In the guest. */
  userName: string
}

/** A Service that leads to the guest's SSH server: the command for it, and its end. */
export function SshServiceDetails({ service, userName }: SshServiceDetailsProps) {
  const { t } = useTranslation()
  const knownNode = useNodeAddress()
  const node = knownNode ?? t('actions.exposeSsh.node')
  const { name = '', namespace = '' } = service.metadata ?? {}
  const [isAsking, setIsAsking] = useState(false)
  const [access] = useAccess([
    { verb: 'delete', group: '', resource: 'services', namespace, name },
  ])
  const deleting = useMutation({
    run: () =>
      kubernetes.remove(RESOURCES.services, { namespace, name }, service.metadata?.uid),
  })
  const command = sshCommandThrough(service, { userName, nodeAddress: node })
  const port = sshPortOf(service)
  const isForbidden = access?.allowed === false
  return (
    <>
      <StackItem>
        <Flex>
          <FlexItem grow={{ default: 'grow' }}>
            <Title headingLevel="h2" size="md">
              {t('actions.exposeSsh.service', { name, type: service.spec?.type ?? '' })}
            </Title>
          </FlexItem>
          {!isAsking && (
            <Button
              variant="link"
              isInline
              isDanger
              isDisabled={access?.allowed !== true}
              onClick={() => setIsAsking(true)}
            >
              {t('actions.exposeSsh.delete')}
            </Button>
          )}
        </Flex>
      </StackItem>
      {deleting.error && (
        <Alert isInline variant="danger" title={t('actions.exposeSsh.notDeleted', { name })}>
          {deleting.error.message}
        </Alert>
      )}
      {isAsking && (
        <StackItem>
          <Alert
            isInline
            variant="warning"
            title={t('actions.exposeSsh.question', { name })}
            actionLinks={
              <>
                <Button
                  variant="danger"
                  size="sm"
                  isLoading={deleting.isPending}
                  onClick={() => deleting.mutate(undefined)}
                >
                  {t('actions.exposeSsh.delete')}
                </Button>
                <Button variant="link" size="sm" onClick={() => setIsAsking(false)}>
                  {t('common.cancel')}
                </Button>
              </>
            }
          >
            <Command command={`kubectl delete service ${name} --namespace=${namespace}`} />
          </Alert>
        </StackItem>
      )}
      {command === undefined ? (
        <StackItem>
          {t(
            service.spec?.type === 'LoadBalancer'
              ? 'actions.exposeSsh.pending'
              : 'actions.exposeSsh.inside',
            { port: port?.port },
          )}
        </StackItem>
      ) : (
        <ShellCommand label={t('actions.exposeSsh.through')} command={command} />
      )}
      {knownNode === undefined && command?.includes(node) && (
        <StackItem>{t('actions.exposeSsh.nodeHelp')}</StackItem>
      )}
      {isForbidden && (
        <StackItem>{t('actions.exposeSsh.mayNotDelete', { name, namespace })}</StackItem>
      )}
    </>
  )
}
