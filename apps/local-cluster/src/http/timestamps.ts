/** Now (or then) as Kubernetes writes times: RFC 3339 with whole seconds. */
export function timestamp(milliseconds = Date.now()): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
