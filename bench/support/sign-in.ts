/** Signs in at a BFF and resolves with the cookies of the session, as a header takes them. */
export async function signIn(
  url: string,
  secret: { token: string } | { code: string },
): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(secret),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}
