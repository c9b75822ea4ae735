import type { V1VirtualMachineInstanceGuestAgentInfo } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { useQuery } from '@tanstack/react-query'
import { Card, CardBody, CardTitle, List, ListItem } from '@patternfly/react-core'
import { hasCondition } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../live/api-error.ts'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { FileSystemsTable } from './FileSystemsTable.tsx'
import { GuestAgentInstructions } from './GuestAgentInstructions.tsx'
import { readInstanceSubresource } from './instance-subresource.ts'

type GuestAgentInfo = V1VirtualMachineInstanceGuestAgentInfo

const REFRESH_MS = 15_000

/** What the guest says about itself, or how to make it able to. */
export function GuestAgentCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const isConnected = hasCondition(instance ?? undefined, 'AgentConnected', {
    status: 'True',
  })
  const { data, error } = useQuery<GuestAgentInfo, ApiError>({
    queryKey: ['guest-agent', namespace, name],
    queryFn: async ({ signal }) => {
      const subresource = 'guestosinfo'
      const response = await readInstanceSubresource({ namespace, name, subresource }, signal)
      return (await response.json()) as GuestAgentInfo
    },
    enabled: isConnected,
    refetchInterval: REFRESH_MS,
  })
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
