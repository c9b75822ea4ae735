import { useEffect, useRef } from 'react'
import type { FromRdpFrame, RdpConnectOptions, ToRdpFrame } from './frame-messages.ts'

export type SendToRdpFrame = (message: ToRdpFrame) => void

interface RdpFrameProps {
  title: string
  /** Read once, when the frame is ready. */
  options: () => Omit<RdpConnectOptions, 'width' | 'height'>
  onMessage: (message: FromRdpFrame, send: SendToRdpFrame) => void
}

/** The frame in which RDP runs; it ends with this component. */
export function RdpFrame({ title, options, onMessage }: RdpFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
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
        send({ type: 'connect', options: { ...latest.current.options(), ...sizeOf() } })
      }
      latest.current.onMessage(message, send)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(() => send({ type: 'resize', ...sizeOf() }), 300)
    })
    if (frame.current) observer.observe(frame.current)
    window.addEventListener('message', listen)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      window.removeEventListener('message', listen)
    }
  }, [])

  return (
    <iframe
      ref={frame}
      src="/rdp.html"
      sandbox="allow-scripts allow-same-origin"
      title={title}
      className="virtdeck-console__frame"
      allow="clipboard-read; clipboard-write; fullscreen"
    />
  )
}
