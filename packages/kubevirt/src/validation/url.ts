import { finding, type Finding } from './problem.ts'

/** F-22: the address of a disk image that CDI can import. */
export function imageUrlFindings(value: string): Finding[] {
  if (value === '') return [{ code: 'required' }]
  if (/\s/.test(value)) return [{ code: 'url.blank' }]
  const url = URL.parse(value)
  if (!url || !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(value)) return [{ code: 'url.malformed' }]
  return [
    ...finding(!['http:', 'https:'].includes(url.protocol), 'url.scheme', {
      scheme: url.protocol.slice(0, -1),
    }),
    // They would stand in the VM for everybody to read.
    ...finding(url.username !== '' || url.password !== '', 'url.credentials'),
  ]
}
