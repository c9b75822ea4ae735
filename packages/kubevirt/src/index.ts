export * from './actions/virtual-machine-actions.ts'
