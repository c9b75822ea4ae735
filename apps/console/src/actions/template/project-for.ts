import { isBaseTemplate, type Template } from '@virtdeck/kubevirt'

/**
 * Where what comes of a template goes: to the chosen project, else beside the template. The
 * project of the cluster's own templates is nobody's place to work.
 */
export function projectFor(template: Template, chosen: string | undefined): string | undefined {
  const own = template.metadata?.namespace
  if (chosen !== undefined && chosen !== own) return chosen
  return isBaseTemplate(template) ? undefined : own
}
