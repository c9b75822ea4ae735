import { privateRoutes, type AuditAnswer } from '@virtdeck/bff-contract'
import { signIn, type TestBff } from './build.ts'

/** What the audit trail tells of the consoles of a VM. */
export async function openedConsoles(
  { server }: TestBff,
  target: { namespace: string; name: string },
): Promise<AuditAnswer['consoles']> {
  const { namespace, name } = target
  const query = new URLSearchParams({ namespace, name }).toString()
  const headers = { cookie: await signIn(server) }
  const answer = await server.inject({ url: `${privateRoutes.audit}?${query}`, headers })
  return answer.json<AuditAnswer>().consoles
}
