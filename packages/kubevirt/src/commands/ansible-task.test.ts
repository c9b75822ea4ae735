import { expect, test } from 'vitest'
import { ansibleTask } from './ansible-task.ts'

test('F-96 an object becomes a task', () => {
  const yaml = 'kind: VirtualMachine\nmetadata:\n  name: web\n'
  expect(ansibleTask({ title: 'Virtual machine web', yaml })).toBe(`\
- name: "Virtual machine web"
  kubernetes.core.k8s:
    state: present
    definition:
      kind: VirtualMachine
      metadata:
        name: web
`)
})

test('F-96 what looks like a template to Ansible is left alone', () => {
  expect(ansibleTask({ title: 'a', yaml: 'a: "{{ x }}"' })).toContain('definition: !unsafe\n')
})
