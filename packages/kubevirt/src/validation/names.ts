import { finding, type Finding } from './problem.ts'

/** The longest name of a Kubernetes object. */
export const MAX_NAME = 253
/** The longest DNS label: names of volumes and NICs, host names. */
export const MAX_LABEL = 63

interface NameRules {
  max: number
  allowDot?: boolean
}

/** Every rule that a name breaks, each with its own reason. */
function nameFindings(name: string, { max, allowDot = false }: NameRules): Finding[] {
  if (name === '') return [{ code: 'required' }]
  const characters = /[^A-Za-z0-9.\s-]/gu
  const strange = [...new Set(name.match(characters) ?? [])].join(' ')
  return [
    ...finding(name.length > max, 'tooLong', { max, length: name.length }),
    ...finding(/[A-Z]/.test(name), 'upperCase'),
    ...finding(/\s/.test(name), 'blank'),
    ...finding(!allowDot && name.includes('.'), 'dot'),
    ...finding(strange !== '', 'specialCharacter', { characters: strange }),
    ...finding(/^[-.]|[-.]$/.test(name), 'edge'),
    ...finding(allowDot && /\.[-.]|-\./.test(name), 'emptyLabel'),
  ]
}

/** F-10: lower-case letters, digits and hyphens, alphanumeric at both ends, at most 253. */
export const virtualMachineNameFindings = (name: string): Finding[] =>
  nameFindings(name, { max: MAX_NAME })

/** F-13: as the name of a VM, and dots. */
export const diskNameFindings = (name: string): Finding[] =>
  nameFindings(name, { max: MAX_NAME, allowDot: true })

/** A NIC's name is a label in the guest's and the cluster's objects. */
export const interfaceNameFindings = (name: string): Finding[] =>
  nameFindings(name, { max: MAX_LABEL })

/** F-11: what a guest may be called; nothing = the VM's own name. */
export const hostnameFindings = (name: string): Finding[] =>
  name === '' ? [] : nameFindings(name, { max: MAX_LABEL })
