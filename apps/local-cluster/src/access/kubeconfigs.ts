import path from 'node:path'
import { stringify } from 'yaml'
import { writeSecretFile } from './secret-file.ts'
import type { StaticTokens } from './tokens.ts'

export interface KubeconfigsOptions {
  dataDirectory: string
  server: string
  caCertificate: string
  tokens: StaticTokens
  nodeNames: string[]
}

/** Writes the kubeconfig files of the users and of the components. */
export function writeKubeconfigs(options: KubeconfigsOptions): void {
  const { dataDirectory, server, caCertificate, tokens, nodeNames } = options
  const write = (file: string, user: string, namespace = 'default'): void => {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'virtdeck',
      clusters: [
        {
          name: 'virtdeck',
          cluster: {
            server,
            'certificate-authority-data': Buffer.from(caCertificate).toString('base64'),
          },
        },
      ],
      users: [{ name: user, user: { token: tokens.tokenOf(user) } }],
      contexts: [{ name: 'virtdeck', context: { cluster: 'virtdeck', user, namespace } }],
    }
    writeSecretFile(path.join(dataDirectory, file), stringify(config, { lineWidth: 0 }))
  }
  write('kubeconfig', 'admin')
  write('kubeconfig-developer', 'developer', 'development')
  for (const component of ['controllers', ...nodeNames]) {
    write(`components/${component}.kubeconfig`, component)
  }
}
