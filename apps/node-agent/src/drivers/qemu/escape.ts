/** QEMU separates options by commas; a comma in a value is written twice. */
export const escaped = (value: string): string => value.replaceAll(',', ',,')
