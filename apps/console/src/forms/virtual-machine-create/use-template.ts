import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  withTemplate,
  type ChosenTemplate,
  type Problem,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useEffect, useMemo, useRef } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useSearchParams } from 'react-router'
import { loadTemplate, NoVirtualMachineError } from './load-template.ts'

/** In the page's URL: a link to the wizard with a template chosen. */
export const TEMPLATE_PARAMETER = 'template'

/** What was made up for its parameters stays the same for as long as the wizard is open. */
const templateQuery = (reference: string, namespace: string) => ({
  queryKey: ['wizard-template', reference],
  queryFn: () => loadTemplate(reference, namespace),
  staleTime: Infinity,
  gcTime: Infinity,
})

/**
 * F-10: the chosen template. Its reference is one of the form's values; its VM is read anew
 * after a reload. A link with `?template=namespace/name` chooses it.
 */
export function useTemplate(
  form: UseFormReturn<VirtualMachineCreateValues>,
  values: VirtualMachineCreateValues,
) {
  const { template: reference, namespace } = values.general
  const [search, setSearch] = useSearchParams()
  const queryClient = useQueryClient()
  const { data, error } = useQuery({
    ...templateQuery(reference, namespace),
    enabled: reference !== '',
    retry: false,
  })
  const linked = search.get(TEMPLATE_PARAMETER) ?? ''

  const remember = (chosen: string) =>
    setSearch(
      (before) => {
        if (chosen === '') before.delete(TEMPLATE_PARAMETER)
        else before.set(TEMPLATE_PARAMETER, chosen)
        return before
      },
      { replace: true },
    )
  const fill = (chosen: ChosenTemplate) => {
    const filled = withTemplate(form.getValues(), chosen)
    for (const step of ['general', 'networking', 'storage'] as const) {
      form.setValue(step, filled[step])
    }
  }
  const choose = async (chosen: string) => {
    form.setValue('general.template', chosen)
    if (linked !== chosen) remember(chosen)
    if (chosen === '') return
    try {
      const options = templateQuery(chosen, form.getValues('general.namespace'))
      const loaded = await queryClient.fetchQuery(options)
      // Another one may have been chosen while it was on its way.
      if (form.getValues('general.template') === chosen) fill(loaded)
    } catch {
      // The field says why; the query keeps the error.
    }
  }

  const handled = useRef<string>('')
  useEffect(() => {
    if (handled.current === linked) return
    handled.current = linked
    if (linked !== '' && linked !== form.getValues('general.template')) void choose(linked)
  })

  // A script is not kept over a reload; the template still has its own.
  useEffect(() => {
    if (!data) return
    const general = form.getValues('general')
    const { enabled, mode, script } = general.cloudInit
    if (general.template !== reference || !enabled || mode !== 'script' || script !== '') return
    const empty = { ...general.cloudInit, enabled: false }
    const { general: filled } = withTemplate(
      { ...form.getValues(), general: { ...general, cloudInit: empty } },
      data,
    )
    if (filled.cloudInit.enabled) form.setValue('general.cloudInit', filled.cloudInit)
  }, [data, form, reference])

  const chosen = reference === '' ? undefined : data
  const problem = useMemo(
    () => (chosen || reference === '' ? undefined : problemOf(reference, error)),
    [chosen, reference, error],
  )
  return { chosen, choose, problem, forget: () => remember('') }
}

/** Without its VM nothing can be made: what no field shows would be missing. */
function problemOf(reference: string, error: Error | null): Problem {
  const path = 'general.template'
  if (!error) return { path, code: 'template.loading' }
  if (error instanceof NoVirtualMachineError) {
    return { path, code: 'template.noVirtualMachine', parameters: { reference } }
  }
  return { path, code: 'template.gone', parameters: { reference, reason: error.message } }
}
