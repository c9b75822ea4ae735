import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

export function accessCredentialRules(field: string, spec: InstanceSpec): StatusCause[] {
  return (spec.accessCredentials ?? []).flatMap(({ sshPublicKey, userPassword }, index) => {
    const at = `${field}.accessCredentials[${index}]`
    const causes: StatusCause[] = []
    if (sshPublicKey) causes.push(...sshRules(at, sshPublicKey, spec))
    if (userPassword) {
      causes.push(
        ...exactlyOne(at, 'userPassword', {
          sources: [userPassword.source.secret],
          methods: [userPassword.propagationMethod.qemuGuestAgent],
        }),
      )
    }
    if ([sshPublicKey, userPassword].filter(Boolean).length !== 1) {
      causes.push(cause(at, `${at} must have exactly one access credential type set`))
    }
    return causes
  })
}

type SshPublicKey = NonNullable<
  NonNullable<InstanceSpec['accessCredentials']>[number]['sshPublicKey']
>

function sshRules(at: string, credential: SshPublicKey, spec: InstanceSpec): StatusCause[] {
  const { noCloud, configDrive, qemuGuestAgent } = credential.propagationMethod
  const volumes = spec.volumes ?? []
  const method = `${at}.sshPublicKey.propagationMethod`
  return [
    ...causeIf(
      !!noCloud && !volumes.some(({ cloudInitNoCloud }) => cloudInitNoCloud),
      method,
      `${at} requires a noCloud volume to exist when the noCloud propagationMethod is in use.`,
    ),
    ...causeIf(
      !!configDrive && !volumes.some(({ cloudInitConfigDrive }) => cloudInitConfigDrive),
      method,
      `${at} requires a configDrive volume to exist when the configDrive propagationMethod is in use.`,
    ),
    ...causeIf(
      !!qemuGuestAgent && qemuGuestAgent.users.length === 0,
      `${method}.qemuGuestAgent.users`,
      `${at} requires at least one user to be present in the users list`,
    ),
    ...exactlyOne(at, 'sshPublicKey', {
      sources: [credential.source.secret],
      methods: [noCloud, configDrive, qemuGuestAgent],
    }),
  ]
}

function exactlyOne(
  at: string,
  type: string,
  { sources, methods }: { sources: unknown[]; methods: unknown[] },
): StatusCause[] {
  return [
    ...causeIf(
      sources.filter(Boolean).length !== 1,
      `${at}.${type}.source`,
      `${at} must have exactly one source set`,
    ),
    ...causeIf(
      methods.filter(Boolean).length !== 1,
      `${at}.${type}.propagationMethod`,
      `${at} must have exactly one propagationMethod set`,
    ),
  ]
}
