export interface ShellMachine {
  hostname: string
  address: string
  memoryBytes: number
  bootCount: () => number
  uptimeSeconds: () => number
  powerOff: () => void
  /** Dies, for those who want to see what becomes of it. */
  crash: () => void
  reboot: () => void
}

type State = 'login' | 'shell'

/** One login on a simulated guest: what is typed goes in, what is shown comes out. */
export class SimulatedShell {
  readonly #machine: ShellMachine
  readonly #show: (text: string) => void
  #state: State = 'login'
  #line = ''

  constructor(machine: ShellMachine, show: (text: string) => void) {
    this.#machine = machine
    this.#show = show
  }

  /** What a terminal shows after the guest started. */
  start(): void {
    const { hostname, bootCount } = this.#machine
    this.#state = 'login'
    this.#line = ''
    this.#show(
      `\r\nSIMULATED guest (nothing runs here) - boot number ${bootCount()}\r\n` +
        `Log in as "root", no password; "help" lists the commands.\r\n\r\n${hostname} login: `,
    )
  }

  type(text: string): void {
    for (const character of text) this.#key(character)
  }

  #key(character: string): void {
    if (character === '\r' || character === '\n') {
      const line = this.#line
      this.#line = ''
      this.#show('\r\n')
      this.#enter(line)
    } else if (character === '\x7f' || character === '\b') {
      if (this.#line === '') return
      this.#line = this.#line.slice(0, -1)
      this.#show('\b \b')
    } else if (character === '\x03') {
      this.#line = ''
      this.#show('^C\r\n')
      this.#prompt()
    } else if (character >= ' ') {
      this.#line += character
      this.#show(character)
    }
  }

  #enter(line: string): void {
    if (this.#state === 'login') {
      if (line.trim() !== '') this.#state = 'shell'
    } else {
      const output = this.#run(line.trim())
      if (output === undefined) return
      if (output !== '') this.#show(`${output.replaceAll('\n', '\r\n')}\r\n`)
    }
    this.#prompt()
  }

  #prompt(): void {
    const { hostname } = this.#machine
    this.#show(this.#state === 'login' ? `${hostname} login: ` : `root@${hostname}:~# `)
  }

  /** What a command prints; undefined if there is nobody left to prompt. */
  #run(line: string): string | undefined {
    const machine = this.#machine
    const [command = '', ...args] = line.split(/\s+/)
    switch (command) {
      case '':
        return ''
      case 'help':
        return 'Commands: crash echo free help hostname ip logout poweroff reboot uname uptime whoami'
      case 'echo':
        return args.join(' ').replaceAll(/^(["'])(.*)\1$/g, '$2')
      case 'hostname':
        return machine.hostname
      case 'whoami':
        return 'root'
      case 'uname':
        return args.includes('-a') ? `Simulated ${machine.hostname} 1.0 x86_64` : 'Simulated'
      case 'uptime':
        return `up ${Math.floor(machine.uptimeSeconds())} seconds, boot number ${machine.bootCount()}`
      case 'free':
        return `Mem: ${Math.floor(machine.memoryBytes / 1024)} KiB`
      case 'ip':
        return `eth0: inet ${machine.address}/24`
      case 'poweroff':
        machine.powerOff()
        return undefined
      case 'reboot':
        machine.reboot()
        return undefined
      case 'crash':
        machine.crash()
        return undefined
      case 'exit':
      case 'logout':
        this.#state = 'login'
        return ''
      default:
        return `${command}: not found (this guest is simulated)`
    }
  }
}
