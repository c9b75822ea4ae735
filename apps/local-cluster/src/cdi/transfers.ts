import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ControllerContext } from '../controllers/context.ts'
import type { DataVolume } from '../controllers/informers.ts'
import { fillBlank, fillFromClone } from './fill.ts'
import { httpAccess } from './http-credentials.ts'
import { importOverHttp } from './importer.ts'
import type { Work } from './transfer-queue.ts'
import { diskFileOf } from './volume-files.ts'

export interface TransferRequest {
  context: ControllerContext
  dataVolume: DataVolume
  /** The disk's file. */
  target: string
  /** Bytes. */
  size: number
}

/** The work that fills a DataVolume's disk from its source. */
export function transferOf(request: TransferRequest): Work {
  const { source } = request.dataVolume.spec
  if (source?.blank) return () => fillBlank(request.target, request.size)
  if (source?.http) return importHttp(request)
  if (source?.pvc) return clone(request)
  const kind = Object.keys(source ?? {})[0] ?? 'none'
  return () => Promise.reject(new Error(`source "${kind}" is not supported by this cluster`))
}

function importHttp({ context, dataVolume, target, size }: TransferRequest): Work {
  const namespace = dataVolume.metadata?.namespace ?? ''
  return async ({ onProgress, signal }) => {
    const http = dataVolume.spec.source?.http
    if (!http) return
    const { headers, dispatcher } = await httpAccess(context.client, namespace, http)
    await mkdir(dirname(target), { recursive: true })
    try {
      const { url } = http
      await importOverHttp({ url, target, size, headers, dispatcher, onProgress, signal })
    } finally {
      await dispatcher.close()
    }
  }
}

function clone({ context, dataVolume, target, size }: TransferRequest): Work {
  return async () => {
    const { namespace = '', name = '' } = dataVolume.spec.source?.pvc ?? {}
    // CDI asks whether the user may read the other namespace; here nobody knows the user.
    if (namespace !== dataVolume.metadata?.namespace) {
      throw new Error(`Cloning from namespace ${namespace} is not supported by this cluster`)
    }
    const { informers } = context
    const claim = informers.persistentVolumeClaims().get(`${namespace}/${name}`)
    const source = claim && diskFileOf(claim, informers.persistentVolumes())
    if (source === undefined) throw new Error(`Source PVC ${namespace}/${name} not found`)
    await fillFromClone(source, target, size)
  }
}
