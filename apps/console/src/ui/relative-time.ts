const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** "3 minutes ago" in the reader's language, in the largest unit that fits. */
export function relativeTime(options: { from: Date; now: Date; language: string }): string {
  const { from, now, language } = options
  const seconds = Math.max(0, Math.round((now.getTime() - from.getTime()) / 1000))
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? (['second', 1] as const)
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  return format.format(-Math.floor(seconds / size), unit)
}
