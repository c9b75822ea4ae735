import { describe, expect, it } from 'vitest'
import { dataVolumeStatus, progressOf, type Transfer } from './data-volume-status.ts'

const status = (transfer: Transfer) =>
  dataVolumeStatus({
    claimName: 'disk',
    verb: 'Import',
    transfer,
    restartCount: 2,
    now: '2026-01-01T00:00:00Z',
  })

const condition = (transfer: Transfer, type: string) =>
  status(transfer).conditions?.find((each) => each.type === type)

describe('dataVolumeStatus', () => {
  it.each<[Transfer, string, string]>([
    [{ state: 'waitingForClaim' }, 'Pending', 'N/A'],
    [{ state: 'scheduled' }, 'ImportScheduled', 'N/A'],
    [{ state: 'running', fraction: 0.42173 }, 'ImportInProgress', '42.17%'],
    [{ state: 'failing', message: 'no', fraction: 0 }, 'ImportInProgress', '0.00%'],
    [{ state: 'succeeded' }, 'Succeeded', '100.0%'],
  ])('%o is %s at %s', (transfer, phase, progress) => {
    expect(status(transfer)).toMatchObject({ phase, progress, claimName: 'disk' })
  })

  it('says what is wrong in the condition Running', () => {
    const failing: Transfer = { state: 'failing', message: 'got 404', fraction: 0 }
    expect(condition(failing, 'Running')).toMatchObject({
      status: 'False',
      reason: 'Error',
      message: 'got 404',
    })
    expect(status(failing).restartCount).toBe(2)
  })

  it('keeps the times of conditions that did not change', () => {
    const first = status({ state: 'waitingForClaim' })
    const second = dataVolumeStatus({
      claimName: 'disk',
      verb: 'Import',
      transfer: { state: 'scheduled' },
      restartCount: 0,
      now: '2026-01-01T00:01:00Z',
      previous: first,
    })
    const times = second.conditions?.map(({ type, lastTransitionTime }) => [
      type,
      lastTransitionTime,
    ])
    expect(times).toEqual([
      ['Bound', '2026-01-01T00:01:00Z'],
      ['Running', '2026-01-01T00:00:00Z'],
      ['Ready', '2026-01-01T00:00:00Z'],
    ])
  })

  it('writes progress with two decimals', () => expect(progressOf(0.5)).toBe('50.00%'))
})
