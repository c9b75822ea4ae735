import { describe } from 'vitest'
import { testDriverContract } from '../testing/driver-contract.ts'
import { SimulatedDriver } from './driver.ts'

describe('a simulated guest', () => {
  testDriverContract(() =>
    Promise.resolve({
      driver: new SimulatedDriver(),
      prepare: () =>
        Promise.resolve({ place: { uid: 'u-1', directory: '/nowhere' }, disks: [] }),
      crash: async (_place, console) => {
        await console.login()
        console.type('crash\n')
      },
    }),
  )
})
