export * from './kubeconfig.ts'
export * from './undici-transport.ts'
