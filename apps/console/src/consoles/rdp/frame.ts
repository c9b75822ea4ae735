import '@devolutions/iron-remote-desktop'
import type { IronError, UserInteraction } from '@devolutions/iron-remote-desktop'
import { Backend, displayControl, init } from '@devolutions/iron-remote-desktop-rdp'
import './frame.css'
import { isLeaveChord } from '../leave-chord.ts'
import type {
  FromRdpFrame,
  RdpConnectOptions,
  RdpEnding,
  ToRdpFrame,
} from './frame-messages.ts'

/**
 * The page of the frame in which IronRDP runs. A panic of its WebAssembly leaves it unusable
 * without a word; in a frame that costs a reload of the frame only.
 */
const tell = (message: FromRdpFrame) => parent.postMessage(message, location.origin)

const ACTIVE_INTERVAL_MS = 5_000
/** ScreenScale.Fit, which has no value outside of the library. */
const FIT = 1
let lastActive = 0
let interaction: UserInteraction | undefined

function onActivity(): void {
  if (Date.now() - lastActive < ACTIVE_INTERVAL_MS) return
  lastActive = Date.now()
  tell({ type: 'active' })
}

for (const name of ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const) {
  addEventListener(name, onActivity, { capture: true, passive: true })
}

/** In the capture phase: the chord is for the console, not for the guest. */
addEventListener(
  'keydown',
  (event) => {
    if (!isLeaveChord(event)) return
    event.preventDefault()
    event.stopPropagation()
    tell({ type: 'leave' })
  },
  { capture: true },
)

addEventListener('error', ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) tell({ type: 'crashed' })
})
addEventListener('unhandledrejection', ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) tell({ type: 'crashed' })
})

async function show(label: string): Promise<UserInteraction> {
  await init('WARN')
  const element = document.createElement('iron-remote-desktop')
  element.setAttribute('scale', 'fit')
  element.setAttribute('flexcenter', 'true')
  element.setAttribute('verbose', 'false')
  element.setAttribute('aria-label', label)
  const ready = new Promise<UserInteraction>((resolve) => {
    element.addEventListener('ready', (event) => {
      const { detail } = event as CustomEvent<{ irgUserInteraction: UserInteraction }>
      resolve(detail.irgUserInteraction)
    })
  })
  // It has to know its protocol before it is part of the page.
  Object.assign(element, { module: Backend })
  document.body.append(element)
  return ready
}

async function connect(options: RdpConnectOptions): Promise<void> {
  let wasConnected = false
  try {
    interaction = await show(options.label)
    interaction.setEnableClipboard(true)
    const config = interaction
      .configBuilder()
      .withUsername(options.userName)
      .withPassword(options.password)
      .withServerDomain(options.domain)
      // Both have to be said; the console server goes by its own route and cookie.
      .withDestination(options.virtualMachineName)
      .withAuthToken('cookie')
      .withProxyAddress(options.socketUrl)
      .withDesktopSize({ width: options.width, height: options.height })
      .withExtension(displayControl(true))
      .build()
    const session = await interaction.connect(config)
    wasConnected = true
    interaction.setVisibility(true)
    tell({ type: 'connected' })
    const end = await session.run()
    const ending = { wasConnected, hasFarewell: true, kind: 0, message: end.reason() }
    tell({ type: 'ended', ending })
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return tell({ type: 'crashed' })
    tell({ type: 'ended', ending: { ...endingOf(error), wasConnected, hasFarewell: false } })
  }
}

function endingOf(error: unknown): Pick<RdpEnding, 'kind' | 'status' | 'message'> {
  if (!isIronError(error)) return { kind: 0, message: String(error) }
  const status = error.rdcleanpathDetails()?.httpStatusCode
  return {
    kind: error.kind(),
    message: error.backtrace().split('\n')[0] ?? '',
    ...(status !== undefined && { status }),
  }
}

const isIronError = (error: unknown): error is IronError =>
  typeof error === 'object' && error !== null && 'rdcleanpathDetails' in error

addEventListener('message', ({ data, origin, source }) => {
  if (origin !== location.origin || source !== parent) return
  const message = data as ToRdpFrame
  switch (message.type) {
    case 'connect':
      void connect(message.options)
      break
    case 'keys':
      if (message.keys === 'meta') interaction?.metaKey()
      else interaction?.ctrlAltDel()
      break
    case 'resize':
      interaction?.resize(message.width, message.height)
      // It stretches the picture to the new size, which only some servers take on.
      interaction?.setScale(FIT)
      break
    case 'disconnect':
      interaction?.shutdown()
      break
  }
})

tell({ type: 'ready' })
