export * from './fake-api-server.ts'
