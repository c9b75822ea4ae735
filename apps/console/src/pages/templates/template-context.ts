import type { Template, VirtualMachine } from '@virtdeck/kubevirt'
import { useOutletContext } from 'react-router'

/** What the page of a template has read, for its tabs. */
export interface TemplateContext {
  template: Template
  /** The VM that it makes, for reading; undefined if it makes none. */
  virtualMachine: VirtualMachine | undefined
}

export const useTemplatePage = () => useOutletContext<TemplateContext>()
