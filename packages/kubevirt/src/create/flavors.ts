/** A preset of CPUs and memory, as KubeVirt's common templates have them. */
export const FLAVORS = {
  tiny: { cpus: 1, memory: '1Gi' },
  small: { cpus: 1, memory: '2Gi' },
  medium: { cpus: 1, memory: '4Gi' },
  large: { cpus: 2, memory: '8Gi' },
} as const

export type Preset = keyof typeof FLAVORS

/** CPUs and memory of a VM to create, for toManifests and for summaries. */
export function sizeOfFlavor(general: {
  flavor: Preset | 'custom'
  cpus: string
  memory: string
  memoryUnit: string
}): { cpus: number; memory: string } {
  if (general.flavor !== 'custom') return FLAVORS[general.flavor]
  return {
    cpus: Number(general.cpus),
    memory: memoryQuantity(Number(general.memory), general.memoryUnit),
  }
}

/** F-35: what the scheduler counts instead of the guest's memory; undefined = all of it. */
export function memoryRequestOf(general: {
  flavor: Preset | 'custom'
  memoryRequest: string
  memoryUnit: string
}): string | undefined {
  if (general.flavor !== 'custom' || general.memoryRequest === '') return undefined
  return memoryQuantity(Number(general.memoryRequest), general.memoryUnit)
}

/** Whole units where possible: 1.5 Gi is 1536Mi, as KubeVirt writes it too. */
function memoryQuantity(amount: number, unit: string): string {
  if (Number.isInteger(amount)) return `${amount}${unit}`
  return unit === 'Gi' ? memoryQuantity(amount * 1024, 'Mi') : `${Math.round(amount * 1024)}Ki`
}
