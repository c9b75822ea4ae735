/** What Virtdeck uses of noVNC, which comes without types; see its docs/API.md. */
declare module '@novnc/novnc' {
  interface RfbEvents {
    connect: CustomEvent<Record<string, never>>
    disconnect: CustomEvent<{ clean: boolean }>
    credentialsrequired: CustomEvent<{ types: string[] }>
    securityfailure: CustomEvent<{ status: number; reason?: string }>
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: WebSocket, options?: { shared?: boolean })
    scaleViewport: boolean
    background: string
    addEventListener<Name extends keyof RfbEvents>(
      type: Name,
      listener: (event: RfbEvents[Name]) => void,
    ): void
    /** Presses and releases; `code` is the physical key of KeyboardEvent.code. */
    sendKey(keysym: number, code: string, down?: boolean): void
    focus(options?: FocusOptions): void
    disconnect(): void
  }
}
