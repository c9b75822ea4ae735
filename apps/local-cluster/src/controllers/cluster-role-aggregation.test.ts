import { expect, test } from 'vitest'
import { aggregatedRules } from './cluster-role-aggregation.ts'

const rule = (resource: string) => ({ apiGroups: [''], resources: [resource], verbs: ['get'] })
const role = (name: string, labels: Record<string, string>, ...resources: string[]) => ({
  metadata: { name, labels },
  rules: resources.map(rule),
})
const VIEW = { 'example.com/to-view': 'true' }

test('a role unites the rules of those that it selects, each once', () => {
  const view = {
    metadata: { name: 'view', labels: VIEW },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: VIEW }] },
    rules: [rule('old')],
  }
  const all = [
    view,
    role('b', VIEW, 'pods', 'nodes'),
    role('a', VIEW, 'pods'),
    role('c', {}, 'x'),
  ]
  expect(aggregatedRules(view, all)).toEqual([rule('pods'), rule('nodes')])
})
