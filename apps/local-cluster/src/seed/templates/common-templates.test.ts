import {
  brokenRules,
  processTemplate,
  virtualMachineOf,
  type Template,
} from '@virtdeck/kubevirt'
import { expect, test } from 'vitest'
import { refusal } from '../../resources/testing/refusal.ts'
import { commonTemplates } from './common-templates.ts'

const templates = commonTemplates().map(({ object }) => object as Template)

test('systems × workloads × sizes, each under a name of its own', () => {
  const names = templates.map(({ metadata }) => metadata?.name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toHaveLength(7 * 3 * 4 + 5 * 3 * 2)
  expect(names).toContain('fedora-server-small')
  expect(names).toContain('windows2k25-highperformance-large')
})

test.each(templates.map((template) => [template.metadata?.name ?? '', template] as const))(
  '%s makes a VM that keeps its own rules and is admitted',
  (_name, template) => {
    const [machine] = processTemplate(template, { random: () => 0 })
    const own = virtualMachineOf({ ...template, objects: machine ? [machine] : [] })
    expect(own && brokenRules(own).filter(({ isWarning }) => !isWarning)).toEqual([])
    expect(machine?.metadata?.name).toMatch(/^[a-z0-9-]+$/)
    expect(machine && refusal('VirtualMachine', machine)).toBeUndefined()
  },
)
