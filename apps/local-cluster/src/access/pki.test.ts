import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadPki } from './pki.ts'

test('makes certificates once, readable by their owner only', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-pki-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const first = await loadPki(directory, ['node01'])
  const ca = new X509Certificate(first.ca.cert)
  const node = new X509Certificate(readFileSync(path.join(directory, 'nodes/node01.crt')))
  const server = new X509Certificate(first.apiServer.cert)
  const client = new X509Certificate(first.kubeletClient.cert)
  for (const certificate of [node, server, client]) {
    expect(certificate.verify(ca.publicKey)).toBe(true)
    expect(certificate.checkIssued(ca)).toBe(true)
  }
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(server.checkHost('localhost')).toBe('localhost')
  expect(client.subject).toContain('CN=kube-apiserver-kubelet-client')
  expect(statSync(path.join(directory, 'ca.key')).mode & 0o777).toBe(0o600)

  const second = await loadPki(directory, ['node01', 'node02'])
  expect(second.ca).toEqual(first.ca)
  expect(second.apiServer).toEqual(first.apiServer)
  const added = new X509Certificate(readFileSync(path.join(directory, 'nodes/node02.crt')))
  expect(added.verify(ca.publicKey)).toBe(true)
})
