import { configureMonacoYaml, type JSONSchema, type SchemasSettings } from 'monaco-yaml'
import * as monaco from 'monaco-editor/editor.js'

export type { JSONSchema }

/**
 * monaco-yaml asks for its worker as Monaco did before 0.55: by name, with the data passed on.
 * Today's Monaco wants the worker itself, so this starts it and says what it must know first.
 */
const withWorkers = {
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker: <T extends object>({ createData }: { createData?: unknown }) =>
      monaco.editor.createWebWorker<T>({ worker: yamlWorker(createData) }),
  },
}

function yamlWorker(createData: unknown): Worker {
  const worker = new Worker(new URL('./yaml.worker.ts', import.meta.url), { type: 'module' })
  // The first message only wakes it up; the second one is its data. A worker has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage('start')
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(createData)
  return worker
}

const OPTIONS = {
  completion: true,
  hover: true,
  validate: true,
  // Kubernetes writes YAML 1.1 texts that are 1.2 too; `on` and `no` as keys are strings.
  yamlVersion: '1.2',
  format: { enable: false },
} as const

const schemas = new Map<string, SchemasSettings>()

const language = configureMonacoYaml(withWorkers, OPTIONS)

/** Completion, hover help and error marks for one text; nothing = only what is no YAML. */
export function describeModel(uri: monaco.Uri, schema: JSONSchema | undefined): void {
  const key = uri.toString()
  if (schema === undefined ? !schemas.delete(key) : schemas.get(key)?.schema === schema) return
  if (schema !== undefined) {
    schemas.set(key, { uri: `${key}/schema.json`, fileMatch: [key], schema })
  }
  void language.update({ ...OPTIONS, schemas: [...schemas.values()] })
}
