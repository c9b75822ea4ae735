import {
  Button,
  Content,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
} from '@patternfly/react-core'
import { commandOf, type DiskFate } from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../../../live/api-error.ts'
import { Command } from '../../../ui/Command.tsx'
import type { VirtualMachineTarget } from '../action.ts'
import { belongingsReader } from '../delete/read-belongings.ts'
import { DiskFateChoice } from './DiskFateChoice.tsx'
import { BulkOutcomes } from './BulkOutcomes.tsx'
import { runInBulk, type BulkOutcome } from './run-in-bulk.ts'
import type { BulkAction } from './use-bulk-actions.ts'

const CONCURRENCY = 5

/** Asks, does it to one after the other, and says of each what became of it. */
export function BulkDialog(props: BulkAction & { onClose: () => void }) {
  const { action, targets, skipped, onClose } = props
  const { t } = useTranslation()
  const id = useId()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, BulkOutcome>>(
    () =>
      new Map<string, BulkOutcome>([
        ...targets.map(({ uid }) => [uid, { state: 'waiting' }] as const),
        ...skipped.map(
          ({ target, reason }) => [target.uid, { state: 'skipped', message: reason }] as const,
        ),
      ]),
  )
  const [stage, setStage] = useState<'asking' | 'running' | 'ended'>('asking')
  const [disks, setDisks] = useState<DiskFate>('byDefault')
  const label = t(`actions.${action.name}.label`)
  const isDanger = action.isDanger ?? false

  const run = async () => {
    setStage('running')
    const bulk = { disks, readBelongings: belongingsReader() }
    await runInBulk({
      targets,
      concurrency: CONCURRENCY,
      run: (target) => action.run(target, bulk),
      explain: (error) => {
        const { status, message } = toApiError(error)
        return status === 0 ? t('error.unreachable') : message
      },
      onOutcome: ({ uid }: VirtualMachineTarget, outcome) =>
        setOutcomes((previous) => new Map(previous).set(uid, outcome)),
    })
    setStage('ended')
  }
  const count = (state: BulkOutcome['state']) =>
    [...outcomes.values()].filter((outcome) => outcome.state === state).length
  const commands = targets.flatMap((target) => commandOf(action.name, target) ?? [])
  return (
    <Modal
      isOpen
      variant="medium"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <ModalHeader
        title={t('actions.bulk.title', { action: label, count: targets.length })}
        labelId={`${id}-title`}
        {...(isDanger && stage === 'asking' && { titleIconVariant: 'warning' as const })}
      />
      <ModalBody>
        <Stack hasGutter>
          <Content id={`${id}-text`}>
            <p>
              <output>
                {stage === 'asking'
                  ? t('actions.bulk.question', {
                      count: targets.length,
                      skipped: skipped.length,
                    })
                  : t('actions.bulk.progress', {
                      done: count('done'),
                      failed: count('failed'),
                      skipped: count('skipped'),
                      left: count('waiting') + count('running'),
                    })}
              </output>
            </p>
          </Content>
          {stage === 'asking' && action.name === 'delete' && (
            <DiskFateChoice value={disks} onChange={setDisks} />
          )}
          <BulkOutcomes
            label={label}
            targets={[...targets, ...skipped.map(({ target }) => target)]}
            outcomes={outcomes}
          />
          {stage === 'asking' && commands.length > 0 && disks === 'byDefault' && (
            <Command command={commands.join('\n')} />
          )}
        </Stack>
      </ModalBody>
      <ModalFooter>
        {stage === 'asking' ? (
          <>
            <Button variant={isDanger ? 'danger' : 'primary'} onClick={() => void run()}>
              {label}
            </Button>
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        ) : (
          <Button isLoading={stage === 'running'} onClick={onClose}>
            {t('common.close')}
          </Button>
        )}
      </ModalFooter>
    </Modal>
  )
}
