import { useEffect, useRef } from 'react'
import type { FromRdpFrame, RdpConnectOptions, ToRdpFrame } from './frame-messages.ts'

export type SendToRdpFrame = (message: ToRdpFrame) => void

interface RdpFrameProps {
  title: string
  /** Read once, when the frame is ready. */
  options: () => Omit<RdpConnectOptions, 'width' | 'height'>
  onMessage: (message: FromRdpFrame, send: SendToRdpFrame) => void
  /** The frame did not load. */
  onLost: () => void
}

/** A frame that has said nothing by then shows some error's page. */
const PATIENCE_MS = 5_000

/** The frame in which RDP runs; it ends with this component. */
export function RdpFrame({ title, options, onMessage, onLost }: RdpFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const isReady = useRef(false)
  const patience = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ options, onMessage })
  useEffect(() => {
    latest.current = { options, onMessage }
  })

  useEffect(() => {
    const send: SendToRdpFrame = (message) =>
      frame.current?.contentWindow?.postMessage(message, location.origin)
    const sizeOf = () => ({
      // Servers have even sizes only, and none below this.
      width: Math.max(640, (frame.current?.clientWidth ?? 0) & ~3),
      height: Math.max(480, (frame.current?.clientHeight ?? 0) & ~3),
    })
    const listen = ({ data, origin, source }: MessageEvent) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return
      const message = data as FromRdpFrame
      if (message.type === 'ready') {
        isReady.current = true
        send({ type: 'connect', options: { ...latest.current.options(), ...sizeOf() } })
      }
      latest.current.onMessage(message, send)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      // Behind another console it has no size, and the desktop keeps its own.
      if (!frame.current?.clientWidth) return
      timer = setTimeout(() => send({ type: 'resize', ...sizeOf() }), 300)
    })
    if (frame.current) observer.observe(frame.current)
    window.addEventListener('message', listen)
    return () => {
      clearTimeout(timer)
      clearTimeout(patience.current)
      observer.disconnect()
      window.removeEventListener('message', listen)
    }
  }, [])

  return (
    // A sandbox with scripts of the same origin, which it needs, would hold back nothing.
    // oxlint-disable-next-line react/iframe-missing-sandbox
    <iframe
      ref={frame}
      src="/rdp.html"
      title={title}
      onLoad={() => {
        // Its script has run by now, but what it says may still be on its way.
        patience.current = setTimeout(() => isReady.current || onLost(), PATIENCE_MS)
      }}
      className="virtdeck-console__frame"
      allow="clipboard-read; clipboard-write; fullscreen"
    />
  )
}
