import type { Condition } from './conditions.ts'

/** Conditions that say something when they are true. */
const NOTABLE_WHEN_TRUE = new Set([
  'AgentConnected',
  'EvictionRequested',
  'Failure',
  'HotCPUChange',
  'HotMemoryChange',
  'HotVCPUChange',
  'ManualRecoveryRequired',
  'MigrationRequired',
  'Paused',
  'RestartRequired',
  'SoftwareEmulation',
  'VolumesChange',
  'AgentVersionNotSupported',
])

/** Conditions that say something when they are false. */
const NOTABLE_WHEN_FALSE = new Set([
  'AccessCredentialsSynchronized',
  'DataVolumesReady',
  'LiveMigratable',
  'PodScheduled',
  'Synchronized',
])

/** Of many conditions those that say more than that all is as it should be. */
export const notableConditions = <T extends Condition>(conditions: readonly T[] = []): T[] =>
  conditions.filter(
    ({ type, status }) =>
      (status === 'True' && NOTABLE_WHEN_TRUE.has(type)) ||
      (status === 'False' && NOTABLE_WHEN_FALSE.has(type)),
  )
