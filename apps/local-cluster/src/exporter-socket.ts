import { join } from 'node:path'

/** Where the controllers serve exported disks, and the API server's proxy asks for them. */
export const exporterSocketIn = (dataDirectory: string): string =>
  join(dataDirectory, 'exporter.sock')
