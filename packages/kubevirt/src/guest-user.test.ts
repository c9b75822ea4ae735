import { expect, it } from 'vitest'
import { guestUserOf } from './guest-user.ts'

it.each([
  ['#cloud-config\nuser: fedora\npassword: x\n', 'fedora'],
  ['#cloud-config\nuser:\n  name: jane\n', 'jane'],
  ['#cloud-config\nusers:\n  - default\n  - name: joe\n', 'joe'],
  ['#cloud-config\nusers: [default]\n', undefined],
  ['#cloud-config\npassword: x\n', undefined],
  ['#cloud-config\n: : [', undefined],
  ['#!/bin/sh\nuser: no\n', undefined],
  ['', undefined],
])('F-45 the user of %j is %s', (userData, user) => {
  const volumes = [{ name: 'cloudinit', cloudInitNoCloud: { userData } }]
  const template = { spec: { domain: { devices: {} }, volumes } }
  expect(guestUserOf({ spec: { runStrategy: 'Halted', template } })).toBe(user)
})
