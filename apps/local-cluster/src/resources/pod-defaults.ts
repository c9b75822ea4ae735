import type {
  IoK8sApiCoreV1Container as Container,
  IoK8sApiCoreV1Pod as Pod,
  IoK8sApiCoreV1PodSpec as PodSpec,
  IoK8sApiCoreV1Probe as Probe,
  IoK8sApiCoreV1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

/** Fills what a kube-apiserver fills in a pod's spec. Source: kubernetes `pkg/apis/core/v1/defaults.go`. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.restartPolicy ??= 'Always'
  spec.terminationGracePeriodSeconds ??= 30
  spec.dnsPolicy ??= 'ClusterFirst'
  spec.serviceAccountName ??= spec.serviceAccount ?? 'default'
  spec.serviceAccount = spec.serviceAccountName
  spec.securityContext ??= {}
  spec.schedulerName ??= 'default-scheduler'
  spec.enableServiceLinks ??= true
  spec.preemptionPolicy ??= 'PreemptLowerPriority'
  spec.priority ??= 0
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    defaultContainer(container)
  }
  for (const volume of spec.volumes ?? []) defaultVolume(volume)
  spec.tolerations = withNodeTolerations(spec.tolerations)
}

function defaultContainer(container: Container): void {
  container.terminationMessagePath ??= '/dev/termination-log'
  container.terminationMessagePolicy ??= 'File'
  container.imagePullPolicy ??= isLatest(container.image) ? 'Always' : 'IfNotPresent'
  container.resources ??= {}
  const { limits } = container.resources
  if (limits) container.resources.requests = { ...limits, ...container.resources.requests }
  for (const port of container.ports ?? []) port.protocol ??= 'TCP'
  for (const probe of [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
  ]) {
    if (probe) defaultProbe(probe)
  }
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ??= 1
  probe.periodSeconds ??= 10
  probe.successThreshold ??= 1
  probe.failureThreshold ??= 3
  if (probe.httpGet) {
    probe.httpGet.path ??= '/'
    probe.httpGet.scheme ??= 'HTTP'
  }
}

function defaultVolume(volume: Volume): void {
  const { secret, configMap, hostPath } = volume
  const sources = Object.keys(volume).filter((key) => key !== 'name')
  if (sources.length === 0) volume.emptyDir = {}
  if (secret) secret.defaultMode ??= 0o644
  if (configMap) configMap.defaultMode ??= 0o644
  if (hostPath) hostPath.type ??= ''
}

/** Untagged images and `:latest` are pulled every time. */
function isLatest(image = ''): boolean {
  const name = image.slice(image.lastIndexOf('/') + 1)
  return !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'))
}

/** Admission keeps pods five minutes on a node that became unreachable. */
function withNodeTolerations(tolerations: PodSpec['tolerations'] = []) {
  const kept = [...tolerations]
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    const tolerated = tolerations.some(
      (toleration) =>
        (!toleration.key || toleration.key === key) &&
        (!toleration.effect || toleration.effect === 'NoExecute'),
    )
    if (!tolerated) {
      kept.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })
    }
  }
  return kept
}

type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

/** Source: kubernetes `pkg/apis/core/v1/helper/qos`. */
export function qosClass({ spec }: Pod): QosClass {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  let guaranteed = containers.length > 0
  let any = false
  for (const { resources } of containers) {
    for (const name of ['cpu', 'memory']) {
      const limit = resources?.limits?.[name]
      const request = resources?.requests?.[name]
      if (limit !== undefined || request !== undefined) any = true
      if (limit === undefined || (request !== undefined && request !== limit))
        guaranteed = false
    }
  }
  if (guaranteed) return 'Guaranteed'
  return any ? 'Burstable' : 'BestEffort'
}
