/** Answers of /version, /healthz and the like: path → text or JSON; undefined for other paths. */
export function healthAnswer(url: URL): string | object | undefined {
  const path = url.pathname.replace(/\/$/, '')
  if (path === '/version') return VERSION
  if (path === '/healthz' || path === '/livez' || path === '/readyz') {
    const name = path.slice(1)
    return url.searchParams.has('verbose')
      ? `[+]ping ok\n[+]store ok\n${name} check passed\n`
      : 'ok'
  }
  if (/^\/(healthz|livez|readyz)\/(ping|store|etcd)$/.test(path)) return 'ok'
  return undefined
}

/** The Kubernetes release whose behaviour is served; clients compare minor versions. */
const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0+virtdeck',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.23.4',
  compiler: 'gc',
  platform: 'linux/amd64',
}
