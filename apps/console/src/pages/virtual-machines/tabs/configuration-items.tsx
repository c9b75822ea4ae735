import { Content, Label, LabelGroup } from '@patternfly/react-core'
import {
  areSshKeysEditable,
  bootOrderItem,
  cloudInitOf,
  cpuItem,
  effectiveRunStrategy,
  isNodeAffinityEditable,
  memoryItem,
  nodeAffinityItem,
  sshKeysItem,
  tolerationsItem,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { OfferedAction } from '../../../actions/virtual-machine/use-virtual-machine-actions.tsx'
import { BootOrderDialog } from '../../../forms/virtual-machine-edit/boot-order.tsx'
import {
  EvictionStrategyDialog,
  HostnameDialog,
  InstancetypeDialog,
  PreferenceDialog,
  RunStrategyDialog,
} from '../../../forms/virtual-machine-edit/choices.tsx'
import {
  CloudInitDialog,
  SshKeysDialog,
} from '../../../forms/virtual-machine-edit/cloud-init.tsx'
import { CpuDialog } from '../../../forms/virtual-machine-edit/cpu.tsx'
import { MemoryDialog } from '../../../forms/virtual-machine-edit/memory.tsx'
import {
  NodeAffinityDialog,
  NodeSelectorDialog,
  TolerationsDialog,
} from '../../../forms/virtual-machine-edit/placement.tsx'
import { KeyValueLabels } from '../../../ui/KeyValueLabels.tsx'
import { cpuText, memoryText } from '../pending-text.ts'
import type { ConfigurationItem } from './ConfigurationCard.tsx'

interface Given {
  t: TFunction
  virtualMachine: VirtualMachine
  actions: readonly OfferedAction[]
}

const HIDDEN = new Set(['description', 'kubectl.kubernetes.io/last-applied-configuration'])

export function detailItems({ t, virtualMachine, actions }: Given): ConfigurationItem[] {
  const { name, annotations = {}, labels } = virtualMachine.metadata ?? {}
  const action = (wanted: OfferedAction['name']) =>
    actions.find((offered) => offered.name === wanted)
  const shown = Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !HIDDEN.has(key)),
  )
  const [labelsTerm, annotationsTerm] = [
    t('virtualMachine.details.labels'),
    t('virtualMachine.details.annotations'),
  ]
  return [
    { term: t('table.columns.name'), value: name },
    {
      term: t('virtualMachine.details.description'),
      value: annotations['description'] ?? t('common.none'),
      edit: action('editDescription'),
    },
    {
      term: labelsTerm,
      value: <KeyValueLabels label={labelsTerm} values={labels} />,
      edit: action('editLabels'),
    },
    {
      term: annotationsTerm,
      value: <KeyValueLabels label={annotationsTerm} values={shown} />,
      edit: action('editAnnotations'),
    },
  ]
}

export function sizeItems({ t, virtualMachine }: Given): ConfigurationItem[] {
  const { instancetype, preference } = virtualMachine.spec
  const items: ConfigurationItem[] = []
  if (instancetype) {
    items.push({
      term: t('configuration.subject.instancetype'),
      value: instancetype.name,
      edit: InstancetypeDialog,
    })
  }
  if (instancetype ?? preference) {
    items.push({
      term: t('configuration.subject.preference'),
      value: preference?.name ?? t('common.none'),
      edit: PreferenceDialog,
    })
  }
  if (instancetype) {
    const value = t('configuration.cpu.byInstancetype')
    return [
      ...items,
      { term: t('configuration.subject.cpu'), value },
      { term: t('configuration.subject.memory'), value },
    ]
  }
  const { dedicated, ...cpu } = cpuItem.read(virtualMachine)
  const topology = {
    sockets: Number(cpu.sockets),
    cores: Number(cpu.cores),
    threads: Number(cpu.threads),
  }
  return [
    ...items,
    {
      term: t('configuration.subject.cpu'),
      value: (
        <Lines>
          {cpuText(t, topology)}
          {dedicated && (
            <Label isCompact variant="outline">
              {t('configuration.cpu.dedicated')}
            </Label>
          )}
        </Lines>
      ),
      edit: CpuDialog,
    },
    {
      term: t('configuration.subject.memory'),
      value: <MemoryValue t={t} virtualMachine={virtualMachine} />,
      edit: MemoryDialog,
    },
  ]
}

function MemoryValue({ t, virtualMachine }: Pick<Given, 't' | 'virtualMachine'>) {
  const { memory, memoryUnit, memoryRequest, overcommitGuestOverhead } =
    memoryItem.read(virtualMachine)
  if (memory === '') return t('common.notAvailable')
  const text = memoryText(`${memory}${memoryUnit}`) ?? ''
  const request = memoryRequest && memoryText(`${memoryRequest}${memoryUnit}`)
  return (
    <Lines>
      {request ? t('configuration.memory.value', { memory: text, request }) : text}
      {(request || overcommitGuestOverhead) && (
        <Label isCompact status="warning">
          {t('configuration.memory.overcommitted')}
        </Label>
      )}
    </Lines>
  )
}

export function startItems({ t, virtualMachine }: Given): ConfigurationItem[] {
  const runStrategy = effectiveRunStrategy(virtualMachine)
  const devices = bootOrderItem.read(virtualMachine).devices.filter(({ isTried }) => isTried)
  return [
    {
      term: t('configuration.subject.runStrategy'),
      value: runStrategy,
      edit: RunStrategyDialog,
    },
    {
      term: t('configuration.subject.bootOrder'),
      value:
        devices.length === 0 ? (
          t('common.none')
        ) : (
          <Content component="ol">
            {devices.map(({ kind, name }) => (
              <Content component="li" key={`${kind}/${name}`}>
                {name}
              </Content>
            ))}
          </Content>
        ),
      edit: BootOrderDialog,
    },
  ]
}

const EXPLAINED = ['LiveMigrate', 'LiveMigrateIfPossible', 'None', 'External'] as const

export function placementItems({ t, virtualMachine }: Given): ConfigurationItem[] {
  const { evictionStrategy, nodeSelector, affinity } = virtualMachine.spec.template?.spec ?? {}
  const explained = EXPLAINED.find((strategy) => strategy === evictionStrategy)
  const isEditable = isNodeAffinityEditable(virtualMachine)
  const rules = nodeAffinityItem.read(virtualMachine).rules.map((rule) => {
    const strength = t(`configuration.affinity.${rule.strength}`)
    return `${strength}: ${rule.key} ${rule.operator} ${rule.values}`.trim()
  })
  const hasPodRules = Boolean(affinity?.podAffinity ?? affinity?.podAntiAffinity)
  const terms = {
    nodeSelector: t('configuration.subject.nodeSelector'),
    affinity: t('configuration.subject.affinity'),
    tolerations: t('configuration.subject.tolerations'),
  }
  const tolerations = tolerationsItem
    .read(virtualMachine)
    .tolerations.map(({ key, operator, value, effect }) =>
      [
        key === '' ? t('configuration.tolerations.everyTaint') : key,
        ...(operator === 'Equal' ? [`= ${value}`] : []),
        ...(effect === '' ? [] : [`(${effect})`]),
      ].join(' '),
    )
  return [
    {
      term: t('configuration.subject.evictionStrategy'),
      value: (
        <Lines>
          {evictionStrategy ?? t('configuration.evictionStrategy.default')}
          <Content component="small">
            {t(`configuration.evictionStrategy.${explained ?? 'defaultHint'}`)}
          </Content>
        </Lines>
      ),
      edit: EvictionStrategyDialog,
    },
    {
      term: terms.nodeSelector,
      value: nodeSelector ? (
        <KeyValueLabels label={terms.nodeSelector} values={nodeSelector} />
      ) : (
        t('configuration.nodeSelector.any')
      ),
      edit: NodeSelectorDialog,
    },
    {
      term: terms.affinity,
      value: (
        <Lines>
          {isEditable ? (
            <Texts label={terms.affinity} texts={rules} none={t('common.none')} />
          ) : (
            t('configuration.affinity.complex')
          )}
          {hasPodRules && (
            <Content component="small">{t('configuration.affinity.podRules')}</Content>
          )}
        </Lines>
      ),
      edit: NodeAffinityDialog,
      keptReason: isEditable ? undefined : t('configuration.affinity.complex'),
    },
    {
      term: terms.tolerations,
      value: <Texts label={terms.tolerations} texts={tolerations} none={t('common.none')} />,
      edit: TolerationsDialog,
    },
  ]
}

export function guestItems({ t, virtualMachine }: Given): ConfigurationItem[] {
  const { hostname, accessCredentials = [] } = virtualMachine.spec.template?.spec ?? {}
  const { sshKeys } = sshKeysItem.read(virtualMachine)
  const found = cloudInitOf(virtualMachine)
  const secrets = accessCredentials.flatMap(
    ({ sshPublicKey }) => sshPublicKey?.source.secret?.secretName ?? [],
  )
  const isEditable = areSshKeysEditable(virtualMachine)
  return [
    {
      term: t('configuration.subject.hostname'),
      value: hostname ?? virtualMachine.metadata?.name,
      edit: HostnameDialog,
    },
    {
      term: t('configuration.subject.sshKeys'),
      value: (
        <Lines>
          {sshKeys.length > 0 && t('configuration.sshKeys.count', { count: sshKeys.length })}
          {sshKeys.length === 0 && secrets.length === 0 && t('common.none')}
          {secrets.map((name) => (
            <span key={name}>{t('configuration.sshKeys.secret', { name })}</span>
          ))}
        </Lines>
      ),
      edit: SshKeysDialog,
      keptReason: isEditable ? undefined : t('configuration.sshKeys.notEditable'),
    },
    {
      term: t('configuration.subject.cloudInit'),
      value: !found
        ? t('common.none')
        : found.userDataSecret === undefined
          ? t('configuration.cloudInit.own')
          : t('configuration.sshKeys.secret', { name: found.userDataSecret }),
      edit: CloudInitDialog,
    },
  ]
}

/** Each child on a line of its own. */
function Lines({ children }: { children: ReactNode[] }) {
  return children.map(
    (child, index) =>
      // Lines have no identity beyond their place.
      // oxlint-disable-next-line react/no-array-index-key
      child && <div key={index}>{child}</div>,
  )
}

function Texts({ label, texts, none }: { label: string; texts: string[]; none: string }) {
  if (texts.length === 0) return none
  return (
    <LabelGroup aria-label={label} numLabels={5}>
      {texts.map((text) => (
        <Label key={text} variant="outline" isCompact textMaxWidth="40ch">
          {text}
        </Label>
      ))}
    </LabelGroup>
  )
}
