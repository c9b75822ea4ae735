import { pathOf, RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'

/** Makes a service account with cluster roles in its namespace; resolves with its token. */
export async function makeServiceAccount(
  cluster: KubernetesClient,
  namespace: string,
  clusterRoles: string[],
): Promise<string> {
  const name = 'somebody'
  await cluster.create(RESOURCES.serviceAccounts, { metadata: { name, namespace } })
  for (const role of clusterRoles) {
    const binding = {
      metadata: { generateName: 'somebody-', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }
    await cluster.create(RESOURCES.roleBindings, binding)
  }
  const response = await cluster.request({
    method: 'POST',
    path: pathOf(RESOURCES.serviceAccounts, { namespace, name, subresource: 'token' }),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    }),
  })
  const { status } = JSON.parse(await response.text()) as { status: { token: string } }
  return status.token
}
