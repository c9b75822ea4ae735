import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDeclarations } from './declarations.ts'
import { buildComponents, generateSchemas } from './generate.ts'

const components = await buildComponents()

describe('the generated schemas', () => {
  it('refer only to each other', () => {
    const missing = new Set<string>()
    JSON.stringify(components, (_key, value: unknown) => {
      if (typeof value === 'string' && value.startsWith('#/components/schemas/')) {
        const name = value.slice('#/components/schemas/'.length)
        if (!components[name]) missing.add(name)
      }
      return value
    })
    expect([...missing]).toEqual([])
  })

  it.each([
    ['io.k8s.api.core.v1.DaemonEndpoint', 'Port', { type: 'integer' }],
    ['io.kubevirt.v1.MultusNetwork', 'default', { type: 'boolean' }],
    [
      'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps',
      'x-kubernetes-list-type',
      { type: 'string' },
    ],
    ['io.kubevirt.v1.Memory', 'guest', { format: 'quantity' }],
    ['io.k8s.api.core.v1.ServicePort', 'targetPort', { 'x-kubernetes-int-or-string': true }],
    [
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
      'creationTimestamp',
      { type: 'string', format: 'date-time' },
    ],
    ['io.kubevirt.v1.VirtualMachineInstanceGuestOSUser', 'loginTime', { type: 'number' }],
    ['io.k8s.api.core.v1.PodSpec', 'restartPolicy', { enum: ['Always', 'Never', 'OnFailure'] }],
  ])('%s.%s has the name and type of the wire', (component, property, expected) => {
    expect(components[component]?.properties?.[property]).toMatchObject(expected)
  })

  it('know how lists of built-in kinds merge', () => {
    expect(components['io.k8s.api.core.v1.PodSpec']?.properties?.containers).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    })
    expect(components['io.kubevirt.v1.Devices']?.properties?.disks).not.toHaveProperty(
      'x-kubernetes-list-type',
    )
  })

  it('are written once', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'schemas-'))
    try {
      const file = path.join(directory, 'deep', 'schemas.json')
      const { stamp } = await generateSchemas(file)
      const written = await stat(file)
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ stamp })
      await generateSchemas(file)
      expect((await stat(file)).ino).toBe(written.ino)
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})

describe('readDeclarations', () => {
  it('throws on a line that it cannot read', () => {
    const text = 'interface Odd {\n    a(): void;\n}\n'
    expect(() => readDeclarations(text, () => true)).toThrow(
      'cannot read the declaration line "    a(): void;"',
    )
  })
})
