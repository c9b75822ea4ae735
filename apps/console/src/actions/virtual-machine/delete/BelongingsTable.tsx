import { Checkbox, Content } from '@patternfly/react-core'
import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { belongingKey, mayChoose, type Belonging, type BelongingKind } from '@virtdeck/kubevirt'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccess } from '../../../live/use-access.ts'
import { BELONGING_RESOURCES, type DeletionOutcome } from './delete-with.ts'

interface BelongingsTableProps {
  namespace: string
  belongings: readonly Belonging[]
  /** Keys of what is to go. */
  going: ReadonlySet<string>
  onChange: (going: ReadonlySet<string>) => void
  isDisabled: boolean
  outcomes: readonly DeletionOutcome[] | undefined
}

/** What belongs to a VM: ticked, it goes; each row says why it may or may not. */
export function BelongingsTable(props: BelongingsTableProps) {
  const { namespace, belongings, going, onChange, isDisabled, outcomes } = props
  const { t } = useTranslation()
  const id = useId()
  const whyNot = useWhyNot(namespace, belongings)

  function toggle(key: string, goes: boolean): void {
    const next = new Set(going)
    if (goes) next.add(key)
    else next.delete(key)
    onChange(next)
  }

  return (
    <Table aria-label={t('actions.delete.belongings')} variant="compact">
      <Thead>
        <Tr>
          <Th width={45}>{t('actions.delete.goes')}</Th>
          <Th width={15}>{t('actions.delete.size')}</Th>
          <Th>{t('actions.delete.what')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {belongings.map((belonging) => {
          const key = belongingKey(belonging)
          const reason = whyNot(belonging)
          const outcome = outcomes?.find((each) => each.key === key)
          return (
            <Tr key={key}>
              <Td dataLabel={t('actions.delete.goes')}>
                <Checkbox
                  id={`${id}-${key}`}
                  label={belonging.name}
                  description={t(`actions.delete.kind.${belonging.kind}`)}
                  isChecked={going.has(key)}
                  isDisabled={isDisabled || reason !== undefined}
                  onChange={(_event, goes) => toggle(key, goes)}
                />
              </Td>
              <Td dataLabel={t('actions.delete.size')}>{sizeText(belonging)}</Td>
              <Td dataLabel={t('actions.delete.what')}>
                {outcome ? (
                  <>
                    {t(`actions.delete.outcome.${outcome.result}`)}
                    {outcome.error && (
                      <Content component="small">{outcome.error.message}</Content>
                    )}
                  </>
                ) : (
                  (reason ?? t(`actions.delete.fate.${fateOf(belonging, going)}`))
                )}
              </Td>
            </Tr>
          )
        })}
      </Tbody>
    </Table>
  )
}

function sizeText({ size }: Belonging): string {
  const bytes = size === undefined ? undefined : parseQuantity(size)
  return bytes === undefined ? '–' : formatBytes(bytes)
}

function fateOf(belonging: Belonging, going: ReadonlySet<string>) {
  if (going.has(belongingKey(belonging))) return belonging.isOwned ? 'owned' : 'chosen'
  return belonging.isOwned ? 'released' : 'kept'
}

/** Why a row cannot be chosen, in words: others need it, or there is no right to do it. */
function useWhyNot(namespace: string, belongings: readonly Belonging[]) {
  const { t } = useTranslation()
  const kinds = [...new Set(belongings.map(({ kind }) => kind))]
  const checkOf = (kind: BelongingKind, verb: 'delete' | 'patch') => {
    const { group, resource } = BELONGING_RESOURCES[kind]
    return { verb, group, resource, namespace }
  }
  const deletes = useAccess(kinds.map((kind) => checkOf(kind, 'delete')))
  const patches = useAccess(kinds.map((kind) => checkOf(kind, 'patch')))
  return (belonging: Belonging): string | undefined => {
    const { kind, isOwned, usedBy } = belonging
    if (!mayChoose(belonging)) {
      if (!usedBy) return t('actions.delete.usersUnknown')
      return t('actions.delete.usedBy', { names: usedBy.join(', '), count: usedBy.length })
    }
    // What goes with the VM needs a right only to be kept.
    const answers = isOwned ? patches : deletes
    const { allowed } = answers[kinds.indexOf(kind)] ?? {}
    if (allowed !== false) return undefined
    return t(isOwned ? 'actions.delete.mayNotKeep' : 'actions.delete.mayNotDelete')
  }
}
