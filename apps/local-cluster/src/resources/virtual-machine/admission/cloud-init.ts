import type { V1Volume as Volume } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf } from './cause.ts'

const MAX_BYTES = 2048
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

interface DataSource {
  text?: string | undefined
  base64?: string | undefined
  secret?: string | undefined
}

export function cloudInitRules(volumeField: string, volume: Volume): StatusCause[] {
  const type = volume.cloudInitNoCloud ? 'cloudInitNoCloud' : 'cloudInitConfigDrive'
  const source = volume[type]
  if (!source) return []
  const at = `${volumeField}.${type}`
  const user: DataSource = {
    text: source.userData,
    base64: source.userDataBase64,
    secret: source.secretRef?.name,
  }
  const network: DataSource = {
    text: source.networkData,
    base64: source.networkDataBase64,
    secret: source.networkDataSecretRef?.name,
  }
  const none = countSources(user) === 0 && countSources(network) === 0
  return [
    ...badBase64(`${at}.userDataBase64`, `${type}.userDataBase64`, user),
    ...causeIf(countSources(user) > 1, at, `${at} must have only one userdatasource set.`),
    ...causeIf(
      byteLength(user) > MAX_BYTES,
      at,
      `${at} userdata exceeds ${MAX_BYTES} byte limit. Should use UserDataSecretRef for larger data.`,
    ),
    ...badBase64(`${at}.networkDataBase64`, `${type}.networkDataBase64`, network),
    ...causeIf(
      countSources(network) > 1,
      at,
      `${at} must have only one networkdata source set.`,
    ),
    ...causeIf(
      byteLength(network) > MAX_BYTES,
      at,
      `${at} networkdata exceeds ${MAX_BYTES} byte limit. Should use NetworkDataSecretRef for larger data.`,
    ),
    ...causeIf(
      none,
      at,
      `${at} must have at least one userdatasource or one networkdatasource set.`,
    ),
  ]
}

function countSources(source: DataSource): number {
  return Object.values(source).filter(Boolean).length
}

function byteLength({ text, base64 }: DataSource): number {
  if (text) return Buffer.byteLength(text)
  return base64 ? Buffer.from(base64, 'base64').length : 0
}

function badBase64(field: string, name: string, { base64 }: DataSource): StatusCause[] {
  if (!base64 || BASE64.test(base64.replaceAll(/[\r\n]/g, ''))) return []
  return [cause(field, `${field}.${name} is not a valid base64 value.`)]
}
