export * from './actions/virtual-machine-actions.ts'
export * from './actions/virtual-machine-state.ts'
