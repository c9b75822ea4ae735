import {
  Button,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
  StackItem,
  Title,
} from '@patternfly/react-core'
import { guestUserOf, sshWithoutService } from '@virtdeck/kubevirt'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import type { ActionDialogProps } from '../action.ts'
import { MakeSshService } from './MakeSshService.tsx'
import { SshServiceDetails } from './SshServiceDetails.tsx'
import { ShellCommand } from './ShellCommand.tsx'
import { useSshServices } from './use-ssh-services.ts'

/** F-45: the ways to a VM's SSH server from outside of the browser, with a Service or without. */
export function ExposeSshDialog({ target, onClose }: ActionDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { namespace, name } = target
  const { virtualMachine, services, error } = useSshServices({ namespace, name })
  const knownUser = virtualMachine && guestUserOf(virtualMachine)
  const userName = knownUser ?? t('actions.exposeSsh.user')
  const without = sshWithoutService({ namespace, name, userName })
  return (
    <Modal isOpen variant="medium" aria-labelledby={id} onClose={onClose}>
      <ModalHeader
        title={t('actions.exposeSsh.title', { name })}
        description={t('actions.exposeSsh.intro')}
        labelId={id}
      />
      <ModalBody tabIndex={0} aria-labelledby={id}>
        {error && !services && <ErrorState error={error} />}
        {!error && !services && <Loading />}
        {virtualMachine && services && (
          <Stack hasGutter>
            {services.length === 0 && <MakeSshService virtualMachine={virtualMachine} />}
            {services.map((service) => (
              <SshServiceDetails
                key={service.metadata?.uid}
                service={service}
                userName={userName}
              />
            ))}
            <StackItem>
              <Title headingLevel="h2" size="md">
                {t('actions.exposeSsh.without')}
              </Title>
            </StackItem>
            <ShellCommand label={t('actions.exposeSsh.virtctl')} command={without.virtctl} />
            <ShellCommand
              label={t('actions.exposeSsh.portForward')}
              command={without.portForward}
            />
            <ShellCommand label={t('actions.exposeSsh.forwarded')} command={without.ssh} />
            {knownUser === undefined && (
              <StackItem>{t('actions.exposeSsh.userHelp')}</StackItem>
            )}
          </Stack>
        )}
      </ModalBody>
      <ModalFooter>
        <Button variant="secondary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
