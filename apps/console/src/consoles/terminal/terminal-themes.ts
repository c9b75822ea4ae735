import type { ITheme } from '@xterm/xterm'

/*
 * Colours for a readable terminal on PatternFly's surfaces. xterm's own contrast rule
 * (minimumContrastRatio) corrects what a program picks beyond these.
 */

const ansiForDark = {
  black: '#292929',
  red: '#f4784a',
  green: '#87bb62',
  yellow: '#f5c12e',
  blue: '#73bcf7',
  magenta: '#b2a3ff',
  cyan: '#63bdbd',
  white: '#e0e0e0',
  brightBlack: '#a3a3a3',
  brightRed: '#fb9f7d',
  brightGreen: '#afdc8f',
  brightYellow: '#ffe072',
  brightBlue: '#b9dafc',
  brightMagenta: '#d0c5ff',
  brightCyan: '#9ad8d8',
  brightWhite: '#ffffff',
}

const ansiForLight = {
  black: '#151515',
  red: '#b1380b',
  green: '#3d7317',
  yellow: '#7a5200',
  blue: '#004d99',
  magenta: '#5e40be',
  cyan: '#147878',
  white: '#707070',
  brightBlack: '#4d4d4d',
  brightRed: '#a60000',
  brightGreen: '#204d00',
  brightYellow: '#73480b',
  brightBlue: '#0066cc',
  brightMagenta: '#3d2785',
  brightCyan: '#004d4d',
  brightWhite: '#383838',
}

export const TERMINAL_THEMES: { dark: ITheme; light: ITheme } = {
  dark: {
    ...ansiForDark,
    background: '#151515',
    foreground: '#e0e0e0',
    cursor: '#ffffff',
    cursorAccent: '#151515',
    selectionBackground: '#3c5a7d',
  },
  light: {
    ...ansiForLight,
    background: '#ffffff',
    foreground: '#151515',
    cursor: '#151515',
    cursorAccent: '#ffffff',
    selectionBackground: '#b9dafc',
  },
}
