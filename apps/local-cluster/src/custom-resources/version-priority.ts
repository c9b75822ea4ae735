const FORM = /^v(\d+)(?:(alpha|beta)(\d+))?$/
const STAGES = ['alpha', 'beta', undefined]

/**
 * Sorts versions as discovery lists them: stable ones before beta before alpha, newer ones
 * first, and whatever is not of that form behind them by name.
 */
export function byVersionPriority(first: string, second: string): number {
  const [a, b] = [FORM.exec(first), FORM.exec(second)]
  if (a === null || b === null) {
    if (a === null && b === null) return first < second ? -1 : 1
    return a === null ? 1 : -1
  }
  const stage = (match: RegExpExecArray): number => STAGES.indexOf(match[2])
  return (
    stage(b) - stage(a) || Number(b[1]) - Number(a[1]) || Number(b[3] ?? 0) - Number(a[3] ?? 0)
  )
}
