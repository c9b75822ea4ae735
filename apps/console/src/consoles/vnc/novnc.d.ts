/** What Virtdeck uses of noVNC, which comes without types; see its docs/API.md. */
declare module '@novnc/novnc' {
  interface RfbEvents {
    connect: CustomEvent<Record<string, never>>
    disconnect: CustomEvent<{ clean: boolean }>
    credentialsrequired: CustomEvent<{ types: string[] }>
    securityfailure: CustomEvent<{ status: number; reason?: string }>
    /** The guest's clipboard changed; only where an agent in the guest tells. */
    clipboard: CustomEvent<{ text: string }>
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: WebSocket, options?: { shared?: boolean })
    scaleViewport: boolean
    resizeSession: boolean
    viewOnly: boolean
    /** 0 to 9 each. */
    qualityLevel: number
    compressionLevel: number
    background: string
    addEventListener<Name extends keyof RfbEvents>(
      type: Name,
      listener: (event: RfbEvents[Name]) => void,
    ): void
    /** Presses and releases; `code` is the physical key of KeyboardEvent.code. */
    sendKey(keysym: number, code: string, down?: boolean): void
    clipboardPasteFrom(text: string): void
    toBlob(callback: (blob: Blob | null) => void, type?: string): void
    focus(options?: FocusOptions): void
    disconnect(): void
  }
}
