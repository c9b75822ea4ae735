import { Card, CardBody, CardTitle, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { FileSystemsTable } from './FileSystemsTable.tsx'
import { GuestAgentInstructions } from './GuestAgentInstructions.tsx'
import { useGuestAgent, type GuestAgentInfo } from './use-guest-agent.ts'

/** What the guest says about itself, or how to make it able to. */
export function GuestAgentCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { isConnected, isPaused, data, error } = useGuestAgent({ virtualMachine, instance })
  return (
    <Card>
      <CardTitle component="h2">{t('overview.guestAgent.title')}</CardTitle>
      <CardBody>
        {instance?.status?.phase !== 'Running' ? (
          t('overview.guestAgent.notRunning')
        ) : !isConnected ? (
          <GuestAgentInstructions />
        ) : data ? (
          <GuestFacts {...data} />
        ) : isPaused ? (
          t('overview.guestAgent.paused')
        ) : error ? (
          <ErrorState error={error} />
        ) : (
          <Loading />
        )}
      </CardBody>
    </Card>
  )
}

function GuestFacts(info: GuestAgentInfo) {
  const { t } = useTranslation()
  const { os, hostname, timezone, userList = [], fsInfo, guestAgentVersion } = info
  return (
    <>
      <DetailsList
        details={[
          { term: t('overview.guestAgent.os'), value: os?.prettyName ?? os?.name },
          { term: t('overview.guestAgent.kernel'), value: os?.kernelRelease },
          { term: t('overview.guestAgent.hostName'), value: hostname },
          { term: t('overview.guestAgent.timeZone'), value: timezone },
          { term: t('overview.guestAgent.version'), value: guestAgentVersion },
          {
            term: t('overview.guestAgent.users'),
            value: userList.length === 0 ? t('common.none') : <Users users={userList} />,
          },
        ]}
      />
      <FileSystemsTable fileSystems={fsInfo?.disks ?? []} />
    </>
  )
}

function Users({ users }: { users: NonNullable<GuestAgentInfo['userList']> }) {
  const { t } = useTranslation()
  return (
    <List isPlain>
      {users.map(({ userName, domain, loginTime }) => (
        <ListItem key={`${domain}/${userName}/${loginTime}`}>
          {domain ? `${domain}\\${userName}` : userName}
          {loginTime !== undefined && (
            <>
              {t('overview.guestAgent.loggedInSince')}
              <Timestamp time={new Date(loginTime * 1_000).toISOString()} />
            </>
          )}
        </ListItem>
      ))}
    </List>
  )
}
