/** The command line that creates the same objects; the shell changes nothing in the text. */
export function kubectlCreate(yaml: string): string {
  let marker = 'EOF'
  while (yaml.split('\n').includes(marker)) marker += '_'
  return `kubectl create -f - <<'${marker}'\n${yaml.trimEnd()}\n${marker}\n`
}
