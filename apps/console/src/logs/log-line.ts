/** A line of a container's log. */
export interface LogLine {
  /** RFC 3339, as the cluster wrote it; empty if it wrote none. */
  time: string
  text: string
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/
/** No time is longer: `2026-11-23T09:00:00.123456789+00:00`. */
const LONGEST_TIME = 35

/** Takes the time off a line that was asked for with `timestamps=true`. */
export function parseLine(line: string): LogLine {
  const space = line.indexOf(' ')
  // Containers may print empty lines, which have a time and nothing else.
  const end = space === -1 ? line.length : space
  // A cheap look first: this runs for each of ten thousand lines a second.
  if (end < 20 || end > LONGEST_TIME || line[4] !== '-' || line[10] !== 'T') {
    return { time: '', text: line }
  }
  return { time: line.slice(0, end), text: line.slice(end + 1) }
}

/** A text that sorts as the time does; container runtimes write fractions of any length. */
export function sortableTime(time: string): string | undefined {
  const [, seconds, fraction = '', zone = 'Z'] = TIME.exec(time) ?? []
  if (seconds === undefined) return undefined
  const milliseconds = Date.parse(seconds + zone)
  return `${String(milliseconds).padStart(16, '0')}.${fraction.padEnd(9, '0')}`
}
