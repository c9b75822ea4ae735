/** Where Ansible would look for a template in a text. */
const JINJA = /\{[{%#]/

interface AnsibleTaskOptions {
  /** What the task says it does. */
  title: string
  /** One object as YAML, without document markers. */
  yaml: string
}

/**
 * F-96: a task that makes the object what it is; running it again changes nothing. Texts with
 * Jinja's brackets (a cloud-init script, say) are passed on as they are.
 */
export function ansibleTask({ title, yaml }: AnsibleTaskOptions): string {
  const unsafe = JINJA.test(yaml) ? ' !unsafe' : ''
  const definition = yaml
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `      ${line}`))
    .join('\n')
  return `- name: ${JSON.stringify(title)}
  kubernetes.core.k8s:
    state: present
    definition:${unsafe}
${definition}
`
}
