import type { IoK8sApiRbacV1ClusterRole as ClusterRole } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { matchesLabels, RESOURCES, requirementsOf } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'

/** Writes into a cluster role that aggregates the rules of the roles that it selects. */
export function clusterRoleAggregation(context: ControllerContext): Controller {
  const { client, informers } = context
  const roles = informers.of<ClusterRole>(RESOURCES.clusterRoles)
  const aggregating = (): string[] =>
    [...roles.list()].flatMap(({ metadata, aggregationRule }) =>
      aggregationRule && metadata?.name ? [metadata.name] : [],
    )

  return {
    name: 'cluster-role-aggregation',
    sources: [changesOf(roles, aggregating)],
    reconcile: async (name) => {
      const role = roles.get(name)
      if (!role?.aggregationRule || role.metadata?.deletionTimestamp) return
      const rules = aggregatedRules(role, [...roles.list()])
      if (JSON.stringify(rules) === JSON.stringify(role.rules ?? [])) return
      await unlessGone(client.patch(RESOURCES.clusterRoles, { name }, { rules }))
    },
  }
}

/** The rules of the selected roles in the order of their names, each rule once. */
export function aggregatedRules(
  { metadata, aggregationRule }: ClusterRole,
  all: ClusterRole[],
): NonNullable<ClusterRole['rules']> {
  const selectors = (aggregationRule?.clusterRoleSelectors ?? []).map(requirementsOf)
  const selected = all
    .filter(
      (other) =>
        other.metadata?.name !== metadata?.name &&
        selectors.some((selector) => matchesLabels(selector, other.metadata?.labels)),
    )
    .toSorted((a, b) => ((a.metadata?.name ?? '') < (b.metadata?.name ?? '') ? -1 : 1))
  const rules = selected.flatMap((other) => other.rules ?? [])
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()]
}
